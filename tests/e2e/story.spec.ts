import { pretty, seedPolicy } from './documents.ts';
import { expect, test } from './test.ts';

test('a first visit shows the seed policy, already decided', async ({ playground, page }) => {
  await playground.openDecided();
  await playground.expectRun({ calls: 133, allowed: 80, denied: 53, approvals: 0 });
  await expect(playground.html).toHaveAttribute('data-engine', /^\d+\.\d+\.\d+$/);
  await expect(playground.html).toHaveAttribute('data-link', 'none');
  expect(JSON.parse(await playground.policyText())).toEqual(seedPolicy());
  await expect(playground.scenario).toContainText('Runaway ticket loop');
  const summary = await playground.openTab('Summary');
  const tickets = summary.getByRole('row', { name: /issue_audit_ticket\b/ }).first();
  await expect(tickets).toContainText('80');
  await expect(tickets).toContainText('40');
  await expect(summary).toContainText('limits/issue_audit_ticket_rate');
  await expect(summary).toContainText('(default deny)');
  await expect(page.getByRole('img', { name: /^133 calls from/ })).toBeVisible();
  await page.getByRole('button', { name: 'Table', exact: true }).click();
  await expect(page.getByRole('table', { name: /Calls by time and tool/ })).toContainText('issue_audit_ticket');
});

test('an edit makes results stale at once and replaces them', async ({ playground }) => {
  await playground.openDecided();
  const before = await playground.digest();
  await playground.run.evaluate((element) => {
    const states: string[] = [];
    new MutationObserver(() => {
      states.push(element.getAttribute('data-state') ?? '');
      document.body.setAttribute('data-seen-states', states.join(' '));
    }).observe(element, { attributes: true, attributeFilter: ['data-state'] });
  });
  await playground.setPolicy(pretty(seedPolicy(10)));
  await playground.expectRun({ state: 'done', calls: 133, allowed: 40, denied: 93 });
  await expect(playground.page.locator('body')).toHaveAttribute('data-seen-states', /^stale\b.*\bdone$/);
  expect(await playground.digest()).not.toBe(before);
});

test('broken JSON is marked in place and keeps the last run as stale', async ({ playground }) => {
  await playground.openDecided();
  const before = await playground.digest();
  const broken = pretty(seedPolicy()).replace('"minute"', '"minut');
  await playground.setPolicy(broken);
  await playground.expectRun({ state: 'stale', calls: 133, allowed: 80, denied: 53 });
  expect(await playground.digest()).toBe(before);
  await expect(playground.problems).toContainText(/\d+ errors?/);
  await expect(playground.runButton).toBeDisabled();
  expect(await playground.policyText()).toBe(broken);
  await playground.setPolicy(pretty(seedPolicy()));
  await playground.expectRun({ state: 'done', allowed: 80, denied: 53 });
});
