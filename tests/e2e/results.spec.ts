import { expect, test } from './test.ts';

test('a denied call is explained, and its rule can be shown', async ({ playground }) => {
  await playground.openDecided();
  const log = await playground.openTab('Audit log');
  await log.getByRole('row').filter({ hasText: 'Denied' }).filter({ hasText: 'planner' }).first().click();
  const { explanation, page } = playground;
  await expect(explanation).toContainText('issue_audit_ticket');
  await expect(explanation).toContainText('30 before');
  await expect(explanation).toContainText('00:00:00.000');
  await expect(explanation).toContainText('[POLICY DENIED] ');
  await expect(explanation).toContainText('/tools/issue_audit_ticket/limits/issue_audit_ticket_rate');
  await explanation.getByRole('button', { name: /^(Show the rule|Go to rule)/ }).click();
  await page.keyboard.press('ControlOrMeta+c');
  expect(await page.evaluate(() => navigator.clipboard.readText())).toContain('issue_audit_ticket_rate');
});

test('the audit log is filtered by outcome, tool, grant and rule', async ({ playground }) => {
  await playground.openDecided();
  const log = await playground.openTab('Audit log');
  const filter = log.getByRole('searchbox');
  const shown = log.getByRole('status');
  await filter.fill('settler');
  await expect(shown).toContainText('20');
  await filter.fill('(default deny)');
  await expect(shown).toContainText('13');
  await filter.fill('');
  await log.getByRole('combobox', { name: /outcome/i }).selectOption({ label: 'Denied' });
  await expect(shown).toContainText('53');
});

test('the timeline has a table and states its result in a sentence', async ({ playground }) => {
  await playground.openDecided();
  await expect(playground.page.getByRole('img', { name: /133 calls/ })).toBeVisible();
  await playground.page.getByRole('button', { name: 'Table', exact: true }).click();
  await expect(playground.page.getByRole('table', { name: /timeline/i })).toContainText('issue_audit_ticket');
});
