import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { pretty, seedPolicy } from './documents.ts';
import { expect, test } from './test.ts';

/** Serious and critical findings of axe on the page as it is now. */
async function findings(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`));
}

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme, reducedMotion: 'reduce' });

    test(`no serious or critical axe finding in ${colorScheme}`, async ({ playground, page }) => {
      await playground.openDecided();
      expect(await findings(page), 'first visit').toEqual([]);
      for (const tab of ['Findings', 'Audit log', 'Tickets'] as const) {
        await playground.openTab(tab);
        expect(await findings(page), tab).toEqual([]);
      }
      await playground.explain(31);
      expect(await findings(page), 'explanation').toEqual([]);
      await playground.setPolicy('{');
      await playground.expectRun({ state: 'stale' });
      expect(await findings(page), 'policy with errors').toEqual([]);
      await playground.setPolicy(pretty(seedPolicy()));
      await playground.expectRun({ state: 'done' });
      await playground.shareLink();
      expect(await findings(page), 'share dialog').toEqual([]);
    });
  });
}

test('everything is reached by keyboard', async ({ playground, page }) => {
  await playground.openDecided();
  await page.keyboard.press('Tab');
  await expect(page.locator(':focus')).toContainText(/skip|results/i);
  await playground.editor.focus();
  await page.keyboard.press('Escape');
  await expect(playground.policy.getByRole('tab', { name: 'JSON' })).toBeFocused();
  await page.keyboard.press('ControlOrMeta+Enter');
  await playground.expectRun({ state: 'done', allowed: 80 });
  await playground.tab('Summary').focus();
  await page.keyboard.press('ArrowRight');
  await expect(playground.tab('Findings')).toBeFocused();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await expect(playground.tab('Audit log')).toHaveAttribute('aria-selected', 'true');
  await playground.logRow(31).focus();
  await page.keyboard.press('Enter');
  await expect(playground.explanation).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(playground.explanation).toBeHidden();
  await playground.shareButton.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(playground.shareButton).toBeFocused();
});

test.describe('a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true });

  test('shows everything without scrolling sideways', async ({ playground, page }) => {
    await playground.openDecided();
    const overflow = () =>
      page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect(await overflow()).toBe(0);
    await expect(playground.runButton).toBeInViewport();
    const box = await playground.runButton.boundingBox();
    expect(box?.height ?? 0).toBeGreaterThanOrEqual(44);
    await playground.explain(31);
    expect(await overflow()).toBe(0);
    expect(await findings(page)).toEqual([]);
  });
});
