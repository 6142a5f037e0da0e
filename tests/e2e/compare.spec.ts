import { graveFindings } from './axe-findings.ts';
import { burst, payload, pretty, seedPolicy } from './documents.ts';
import { expect, test } from './test.ts';

test('the policy kept before an edit is compared with the edited one, and the summary can be pasted', async ({
  playground,
  page,
}) => {
  await playground.openDecided();
  const panel = await playground.openTab('Compare');
  await panel.getByRole('button', { name: 'Keep the present text as A' }).click();
  await expect(panel).toContainText('No difference: 133 calls, all decided alike.');
  await playground.setPolicy(pretty(seedPolicy(20)));
  await expect(panel).toContainText('20 of 133 calls are decided differently.');
  await expect(panel.getByRole('table', { name: 'Differences by tool' })).toContainText('issue_audit_ticket');
  await panel
    .getByRole('button', { name: /^Explain Call/ })
    .first()
    .click();
  await expect(panel.getByRole('region', { name: 'Side A' })).toContainText('Allowed');
  await expect(panel.getByRole('region', { name: 'Side B' })).toContainText('issue_audit_ticket_rate');
  await panel.getByRole('button', { name: 'Show what changed in the text' }).click();
  const changes = panel.getByRole('region', { name: 'Changes from A to B' });
  await expect(changes.getByRole('textbox', { name: 'Text of B' })).toBeVisible();
  await expect(changes.locator('.char-insert')).toHaveCount(1);
  await expect(panel.getByText('1 line added, 1 line removed')).toBeVisible();
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await panel.getByRole('button', { name: 'Copy as Markdown' }).click();
  await expect(panel.getByRole('button', { name: 'Copied' })).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toContain('| Allowed → denied | 20 |');
  await playground.expectRun({ state: 'done', calls: 133, allowed: 60 });
});

test('a link carries the policy to compare with, and one without it opens as before', async ({ playground, page }) => {
  const text = (max: number): string => pretty(seedPolicy(max));
  const link = { v: 1, engine: '0.1.0', policy: { dialect: 'policylayer', text: text(7) }, scenario: burst(100) };
  const compare = { dialect: 'policylayer', text: text(10) };
  await playground.openDecided(`#v1.${payload({ ...link, compare, view: { tab: 'compare' } })}`);
  const panel = playground.results.getByRole('tabpanel', { name: /^Compare/ });
  await expect(panel).toContainText('6 of 100 calls are decided differently.');
  await expect(panel.getByRole('textbox', { name: /^Policy A/ })).toHaveValue(text(10));
  const shared = await playground.shareLink();
  await page.goto('about:blank');
  await page.goto(shared);
  await expect(panel).toContainText('6 of 100 calls are decided differently.');
  await page.goto('about:blank');
  await playground.openDecided(`#v1.${payload(link)}`);
  await playground.openTab('Compare');
  await expect(panel.getByRole('textbox', { name: /^Policy A/ })).toHaveValue('');
});

test.describe('scripts that cannot be fetched', () => {
  test.use({ expectedErrors: [/Failed to load resource|net::ERR_FAILED/] });

  for (const script of ['diff-editor', 'diff-worker']) {
    test(`without ${script} the texts are compared line by line`, async ({ playground, page }) => {
      await page.route(`**/assets/${script}-*.js`, (route) => route.abort());
      await playground.openDecided();
      const panel = await playground.openTab('Compare');
      await panel.getByRole('button', { name: 'Other dialect' }).click();
      await panel.getByRole('button', { name: 'Show what changed in the text' }).click();
      await expect(panel.getByText(/^The full editor could not be loaded/)).toBeVisible();
      await expect(panel.getByRole('region', { name: 'Changes from A to B' })).toContainText('+ version: "1"');
    });
  }
});

test.describe('touch alone', () => {
  test.use({ viewport: { width: 320, height: 640 }, hasTouch: true, isMobile: true });

  test('the texts are compared line by line, and nothing scrolls sideways', async ({ playground, page }) => {
    await playground.openDecided();
    const panel = await playground.openTab('Compare');
    await panel.getByRole('button', { name: 'Other dialect' }).click();
    await panel.getByRole('button', { name: 'Show what changed in the text' }).click();
    await expect(panel.getByRole('region', { name: 'Changes from A to B' })).toContainText('+ version: "1"');
    await expect(page.locator('.monaco-diff-editor')).toHaveCount(0);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
  });
});

test('the comparison has no serious or critical axe finding', async ({ playground, page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await playground.openDecided();
  const panel = await playground.openTab('Compare');
  await panel.getByRole('button', { name: 'Other windows' }).click();
  await expect(panel).toContainText('30 of 133 calls are decided differently.');
  await panel
    .getByRole('button', { name: /^Explain Call/ })
    .first()
    .click();
  await expect(panel.getByRole('region', { name: 'Side B' })).toBeVisible();
  await panel.getByRole('button', { name: 'Other dialect' }).click();
  await panel.getByRole('button', { name: 'Show what changed in the text' }).click();
  await expect(panel.getByRole('textbox', { name: 'Text of B' })).toBeVisible();
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await expect(playground.html).toHaveAttribute('data-theme', colorScheme);
    expect.soft(await graveFindings(page, '[role="tabpanel"]'), colorScheme).toEqual([]);
  }
});
