import { burst, fragment, seedPolicy } from './documents.ts';
import { expect, test } from './test.ts';

test('rows are added, changed, copied, moved and removed', async ({ playground }) => {
  await playground.openDecided(fragment(seedPolicy(), burst(10)));
  const { scenario, page } = playground;
  const rows = scenario.getByRole('listitem').filter({ hasText: 'issue_audit_ticket' });
  await expect(rows).toHaveCount(1);
  await rows.first().getByRole('button', { name: /^Edit/ }).click();
  const times = page.getByRole('spinbutton', { name: /times|how many/i });
  await times.fill('40');
  await times.press('Tab');
  await playground.runTo({ calls: 40, allowed: 40, denied: 0 });
  await rows.first().getByRole('button', { name: /^Copy/ }).click();
  await expect(rows).toHaveCount(2);
  await playground.runTo({ calls: 80, allowed: 60, denied: 20 });
  await rows
    .last()
    .getByRole('button', { name: /^Move up/ })
    .click();
  await rows
    .last()
    .getByRole('button', { name: /^Remove/ })
    .click();
  await expect(rows).toHaveCount(1);
  await playground.runTo({ calls: 40 });
});

test('a new row offers all tools with category and risk, and checks its arguments', async ({ playground }) => {
  await playground.openDecided();
  const { scenario, page } = playground;
  await scenario
    .getByRole('button', { name: /^(Add )?step/i })
    .first()
    .click();
  await page.getByRole('combobox', { name: /tool/i }).click();
  await expect(page.getByRole('option')).toHaveCount(14);
  await expect(page.getByRole('option', { name: /verify_agent_identity/ })).toContainText(/Execute.*High/i);
  await page.getByRole('option', { name: /create_escrow/ }).click();
  await page.getByRole('textbox', { name: /arguments/i }).fill('{"agentId":"agent-1","amount":"five"}');
  await expect(
    scenario
      .or(page.getByRole('dialog'))
      .getByText(/amount/)
      .first(),
  ).toBeVisible();
});
