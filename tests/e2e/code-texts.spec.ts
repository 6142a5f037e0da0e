import type { Page } from '@playwright/test';
import { expect, test } from './test.ts';

/** An example of the docs that no link takes: what is said of it, and its text. */
interface Shown {
  readonly code: string;
  readonly says: string;
  readonly text: string;
}

/** Examples of the reference of codes that stand there as texts. */
async function shownTexts(page: Page): Promise<readonly Shown[]> {
  await page.goto('./docs/findings.html');
  return page.locator('main h3[id] ~ div.boxed > pre[aria-label="JSON"]').evaluateAll((blocks) =>
    blocks.map((block) => {
      let says = '';
      let heading: Element | null = block.parentElement;
      for (; heading !== null && heading.tagName !== 'H3'; heading = heading.previousElementSibling) {
        says = /^“(.*)”/.exec(heading.textContent)?.[1] ?? says;
      }
      return { code: heading?.textContent ?? '', says, text: block.textContent };
    }),
  );
}

test('every example of a scenario that stands as text in the docs is refused with the words beside it', async ({
  page,
  playground,
}) => {
  test.setTimeout(120_000);
  const shown = await shownTexts(page);
  expect(shown.length).toBeGreaterThan(10);
  expect(shown.filter(({ code, says }) => code === '' || says === '')).toEqual([]);
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await playground.openDecided();
  await playground.scenario.getByRole('tab', { name: 'JSON' }).click();
  const editor = playground.scenario.getByRole('textbox', { name: 'Scenario text' });
  const problems = playground.scenario.getByRole('status').getByRole('button');
  for (const { code, says, text } of shown) {
    await test.step(code, async () => {
      await page.evaluate((value) => navigator.clipboard.writeText(value), text);
      await editor.focus();
      await page.keyboard.press('ControlOrMeta+a');
      await page.keyboard.press('ControlOrMeta+v');
      await problems.click();
      await expect(page.getByRole('dialog', { name: 'Problems in the scenario' })).toContainText(says);
      await page.keyboard.press('Escape');
      await expect(playground.runButton).toBeDisabled();
    });
  }
});
