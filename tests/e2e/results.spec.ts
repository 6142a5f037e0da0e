import { expect, test } from './test.ts';

test('a denied call is explained, and its rule can be shown', async ({ playground }) => {
  await playground.openDecided();
  await playground.openTab('Audit log');
  await playground.filterLog('Outcome', 'Denied');
  await playground.logRow(46).click();
  const { explanation } = playground;
  await expect(explanation).toContainText('issue_audit_ticket');
  await expect(explanation).toContainText('30 before');
  await expect(explanation).toContainText('00:00:00.000');
  await expect(explanation).toContainText('[POLICY DENIED]');
  await expect(explanation).toContainText('/tools/issue_audit_ticket/limits/issue_audit_ticket_rate');
  await explanation
    .getByTitle(/^Show the rule/)
    .first()
    .click();
  await expect(playground.editor).toBeFocused();
  expect(await playground.copied()).toContain('issue_audit_ticket_rate');
});

test('the audit log is filtered by text, outcome, tool, grant and rule', async ({ playground }) => {
  await playground.openDecided();
  const log = await playground.openTab('Audit log');
  const text = log.getByRole('searchbox');
  const shown = log.getByRole('status');
  await text.fill('settler');
  await expect(shown).toHaveText('20 of 133 calls');
  await text.fill('nobody');
  await expect(log).toContainText('No call matches this filter.');
  await log.getByRole('button', { name: 'Clear the filter' }).click();
  await playground.filterLog('Outcome', 'Denied');
  await expect(shown).toHaveText('53 of 133 calls');
  await playground.filterLog('Tool', 'issue_audit_ticket');
  await expect(shown).toHaveText('40 of 133 calls');
  await playground.filterLog('Tool', 'All tools');
  await playground.filterLog('Rule', '(default deny)');
  await expect(shown).toHaveText('13 of 133 calls');
  await playground.filterLog('Grant', 'settler');
  await expect(log).toContainText('No call matches this filter.');
});
