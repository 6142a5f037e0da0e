import type { Page } from '@playwright/test';
import { graveFindings } from './axe-findings.ts';
import { burst, fragment, seedPolicy } from './documents.ts';
import { everyState } from './every-state.ts';
import { expect, test } from './test.ts';

/** How far the page can be scrolled sideways, in pixels. */
const overflow = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

const VIEWS = [
  { colorScheme: 'light', width: 1440, height: 900 },
  { colorScheme: 'dark', width: 900, height: 900 },
  { colorScheme: 'light', width: 320, height: 640 },
] as const;

for (const { colorScheme, width, height } of VIEWS) {
  test.describe(`${width} px, ${colorScheme}`, () => {
    test.use({ colorScheme, viewport: { width, height }, reducedMotion: 'reduce' });

    test(`no serious axe finding and no way sideways, ${width} px, ${colorScheme}`, async ({ playground, page }) => {
      test.setTimeout(240_000);
      await everyState(playground, async (state, within) => {
        await expect.soft(playground.html).toHaveAttribute('data-theme', colorScheme);
        expect.soft(await graveFindings(page, within), state).toEqual([]);
        expect.soft(await overflow(page), `${state}: sideways`).toBe(0);
      });
    });
  });
}

const link = fragment(seedPolicy(2), burst(12));
const EMBEDS = [
  ['a denied call open', link, 'done'],
  [
    'a policy with errors',
    fragment('{ "version": "1", "tools": { "t": { "limits": [{ "max": -1 }] } } }', burst(3)),
    null,
  ],
  ['a link that is damaged', link.slice(0, 60), null],
] as const;

for (const theme of ['light', 'dark'] as const) {
  for (const width of [720, 320]) {
    test(`no serious axe finding in an embed, ${width} px, ${theme}`, async ({ playground, page }) => {
      await page.setViewportSize({ width, height: 640 });
      for (const [what, content, state] of EMBEDS) {
        await page.goto('about:blank');
        await playground.open(`?embed&theme=${theme}${content}`);
        if (state !== null) {
          await playground.expectRun({ state, denied: 8 });
          await page.getByRole('button', { name: /^3 / }).click();
          await expect(page.getByRole('region', { name: 'Call 3' })).toBeVisible();
        } else await expect(page.getByText(/The policy has|is damaged/)).toBeVisible();
        await expect(playground.html).toHaveAttribute('data-theme', theme);
        expect.soft(await graveFindings(page), what).toEqual([]);
        expect.soft(await overflow(page), `${what}: sideways`).toBe(0);
      }
    });
  }
}

test('the story is told by keyboard alone', async ({ playground, page }) => {
  await playground.openDecided();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'Skip to results' })).toBeFocused();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  await expect(playground.results.locator(':focus')).toBeVisible();
  await playground.editor.focus();
  await page.keyboard.press('Escape');
  await expect(playground.policy.getByRole('tab', { name: 'JSON' })).toBeFocused();
  await page.keyboard.press('ControlOrMeta+Enter');
  await playground.expectRun({ state: 'done', allowed: 80 });
  await playground.tab('Summary').focus();
  await page.keyboard.press('ArrowRight');
  await expect(playground.tab('Findings')).toBeFocused();
  await page.keyboard.press('ArrowRight');
  await expect(playground.tab('Audit log')).toHaveAttribute('aria-selected', 'true');
  await playground.log.focus();
  for (const key of ['End', 'Home', 'ArrowDown', 'ArrowDown']) await page.keyboard.press(key);
  await expect(playground.logRow(3)).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(playground.explanation).toContainText('Call 3 of 133');
  await page.keyboard.press('Escape');
  await expect(playground.explanation).toBeHidden();
  await expect(playground.log).toBeFocused();
  await playground.shareButton.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog', { name: 'Share' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(playground.shareButton).toBeFocused();
});

test.describe('a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, reducedMotion: 'reduce' });

  test('shows everything without scrolling sideways', async ({ playground, page }) => {
    await playground.openDecided();
    expect(await overflow(page)).toBe(0);
    await expect(playground.runButton).toBeInViewport();
    const box = await playground.runButton.boundingBox();
    expect(box?.height ?? 0).toBeGreaterThanOrEqual(44);
    expect.soft(await graveFindings(page), 'first visit').toEqual([]);
    await playground.openTab('Tickets');
    expect(await overflow(page)).toBe(0);
    await playground.explain(3);
    expect(await overflow(page)).toBe(0);
    expect.soft(await graveFindings(page), 'explanation').toEqual([]);
    await playground.explanation.getByRole('button', { name: 'Close' }).click();
    await page.setViewportSize({ width: 320, height: 640 });
    for (const tab of ['Summary', 'Findings', 'Audit log', "Agent's view", 'Tickets'] as const) {
      await playground.openTab(tab);
      expect(await overflow(page), tab).toBe(0);
    }
  });
});

test.describe('200 % zoom with forced colours', () => {
  // why: at twice the size, a window of 1440 by 900 has the room of half of each.
  test.use({
    viewport: { width: 720, height: 450 },
    deviceScaleFactor: 2,
    forcedColors: 'active',
    reducedMotion: 'reduce',
  });

  test('everything is there, nothing moves and nothing scrolls sideways', async ({ playground, page }) => {
    await playground.openDecided();
    expect(await overflow(page)).toBe(0);
    expect(await page.evaluate(() => matchMedia('(forced-colors: active)').matches)).toBe(true);
    for (const tab of ['Summary', 'Findings', 'Audit log', "Agent's view", 'Tickets', 'Attacks', 'Compare'] as const) {
      await page.getByRole('tablist', { name: 'Part of the page' }).getByRole('tab', { name: 'Results' }).click();
      await playground.openTab(tab);
      expect(await overflow(page), tab).toBe(0);
    }
    const moving = await page.evaluate(
      () => document.getAnimations().filter(({ effect }) => Number(effect?.getComputedTiming().duration) > 80).length,
    );
    expect(moving).toBe(0);
  });
});
