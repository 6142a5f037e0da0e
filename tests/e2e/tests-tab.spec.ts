import { axeFindings } from './axe-findings.ts';
import { burst, fragment, pretty, seedPolicy } from './documents.ts';
import { expect, test } from './test.ts';

const ALLOWED = { that: 'count', where: { tool: 'issue_audit_ticket', outcome: 'allow' } };
const EXPECTED = [
  { ...ALLOWED, within: '60s', atMost: 30 },
  { that: 'decision', call: 30, is: 'deny' },
];

test('tests come with a link, say what they came to, and lead to the call that breaks one', async ({ playground }) => {
  await playground.openDecided(fragment(seedPolicy(), { ...burst(100), expect: EXPECTED }));
  await expect(playground.tab('Tests')).toContainText('1/2');
  const panel = await playground.openTab('Tests');
  await expect(panel.getByRole('status')).toHaveText('Passed 1 of 2');
  const failing = panel.getByRole('listitem', { name: 'Test 1' });
  await expect(failing).toContainText('Fails, seen: at most 60 in any 1 min');
  await failing.getByRole('button', { name: 'Show call 51' }).click();
  await expect(playground.explanation).toHaveAccessibleName(/^Call 51\b/);
});

test('a suggested test is kept by its run, fails under a looser policy, and travels in the link', async ({
  playground,
  page,
}) => {
  await playground.openDecided();
  const panel = await playground.openTab('Tests');
  await expect(panel.getByText('No tests yet. Add one.')).toBeVisible();
  await panel.getByRole('button', { name: /^Add test: At most 80 allowed calls of issue_audit_ticket/ }).click();
  await expect(panel.getByRole('status')).toHaveText('Passed 1 of 1');
  await expect(playground.tab('Tests')).toContainText('1/1');

  await playground.setPolicy(pretty(seedPolicy(60)));
  await expect(panel.getByRole('status')).toHaveText('Passed 0 of 1');
  const link = await playground.shareLink();
  await page.goto('about:blank');
  await playground.openDecided(link.slice(link.indexOf('#')));
  await playground.openTab('Tests');
  await expect(panel.getByRole('status')).toHaveText('Passed 0 of 1');
});

test('a call becomes a test; tests are edited, duplicated and removed by keyboard', async ({ playground, page }) => {
  await playground.openDecided();
  const details = await playground.explain(2);
  await details.getByRole('button', { name: 'Make a test of this call' }).click();
  const panel = playground.results.getByRole('tabpanel', { name: /^Tests/ });
  await expect(panel.getByRole('status')).toHaveText('Passed 1 of 1');
  await expect(panel.getByLabel('Test', { exact: true })).toBeFocused();

  await panel.getByLabel('Is', { exact: true }).selectOption('denied');
  await expect(panel.getByRole('listitem', { name: 'Test 1' })).toContainText('Fails, seen: call 2 was allowed');
  await panel.getByRole('button', { name: 'Duplicate test 1' }).press('Enter');
  await panel.getByLabel('Is', { exact: true }).selectOption('allowed');
  await expect(panel.getByText('This cannot hold together with test 2.')).toBeVisible();
  await panel.getByRole('button', { name: 'Remove test 1' }).press('Enter');
  await expect(panel.getByRole('status')).toHaveText('Passed 1 of 1');
  await panel.getByRole('button', { name: 'Undo' }).press('Enter');
  await expect(panel.getByRole('status')).toHaveText('Passed 1 of 2');
  await expect(page.getByText('Results are out of date.')).toBeHidden();
});

test('no axe finding in the tests tab', async ({ playground, page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await playground.openDecided(
    fragment(seedPolicy(), { ...burst(100), expect: [...EXPECTED, { ...ALLOWED, atLeast: 2, atMost: 1 }] }),
  );
  const panel = await playground.openTab('Tests');
  await panel.getByRole('button', { name: /At most 30 allowed calls/ }).click();
  await panel.getByLabel('In any', { exact: true }).fill('soon');
  await panel.getByLabel('In any', { exact: true }).press('Enter');
  await expect(panel.getByText('Write a number with ms, s, m, h or d, such as 60s.')).toBeVisible();
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await expect(playground.html).toHaveAttribute('data-theme', colorScheme);
    expect.soft(await axeFindings(page, 'section[aria-label="Results"]'), colorScheme).toEqual([]);
  }
});
