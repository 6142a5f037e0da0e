import { burst, fragment, seedPolicy } from './documents.ts';
import { expect, test } from './test.ts';

test('steps are changed, copied, moved and removed', async ({ playground }) => {
  await playground.openDecided(fragment(seedPolicy(), burst(10)));
  const { scenario } = playground;
  const steps = scenario.getByRole('button', { name: /^Edit step/ });
  const form = scenario.getByRole('group', { name: /^Step/ });
  await steps.first().click();
  await form.getByRole('spinbutton', { name: 'Calls' }).fill('40');
  await form.getByRole('textbox', { name: 'Pace value' }).fill('40s');
  await form.getByRole('textbox', { name: 'Pace value' }).press('Tab');
  await playground.runTo({ calls: 40, allowed: 32, denied: 8 });
  await form.getByRole('button', { name: 'Copy' }).click();
  await expect(steps).toHaveCount(2);
  await playground.runTo({ calls: 80, allowed: 50, denied: 30 });
  await form.getByRole('combobox', { name: 'Tool' }).selectOption('create_escrow');
  await expect(steps.last()).toContainText('create_escrow');
  await form.getByRole('button', { name: 'Move up' }).click();
  await expect(steps.first()).toContainText('create_escrow');
  await form.getByRole('button', { name: 'Remove' }).click();
  await expect(steps).toHaveCount(1);
  await expect(steps).toContainText('issue_audit_ticket');
  await playground.runTo({ calls: 40 });
});

test('failing calls give their count back; agents are added with a grant of their own or a shared one', async ({
  playground,
  page,
}) => {
  await playground.openDecided(fragment(seedPolicy(), burst(100)));
  await playground.expectRun({ allowed: 60, denied: 40 });
  const { scenario } = playground;
  const form = scenario.getByRole('group', { name: /^Step/ });
  await scenario.getByRole('button', { name: /^Edit step/ }).click();
  const failures = form.getByRole('spinbutton', { name: 'Upstream failures, %' });
  await failures.fill('100');
  await failures.press('Tab');
  await playground.runTo({ allowed: 100, denied: 0 });
  await form.getByRole('combobox', { name: 'Pace' }).selectOption('one every');
  await form.getByRole('combobox', { name: 'Starts' }).selectOption('later, by');
  await expect(form.getByRole('textbox', { name: 'Wait' })).toHaveValue('1s');
  await expect(scenario.getByRole('button', { name: /^Edit step/ })).toContainText('one every 100 ms');
  await form.getByRole('button', { name: 'Done' }).click();
  await expect(form).toBeHidden();
  await expect(scenario.getByRole('button', { name: /^Edit step/ })).toBeFocused();

  await page.goto('about:blank');
  await playground.openDecided(fragment(seedPolicy(), burst(100)));
  await scenario.getByRole('button', { name: 'Add agent' }).click();
  const step = scenario.getByRole('group', { name: /^Step/ });
  await step.getByRole('spinbutton', { name: 'Calls' }).fill('10');
  await step.getByRole('button', { name: 'Done' }).click();
  await playground.runTo({ calls: 110, allowed: 70, denied: 40 });
  await scenario
    .getByRole('button', { name: /^Edit agent/ })
    .last()
    .click();
  const grant = scenario.getByRole('group', { name: /^Agent/ }).getByRole('textbox', { name: 'Grant' });
  await grant.fill('planner');
  await grant.press('Tab');
  await playground.runTo({ calls: 110, allowed: 60, denied: 50 });
});

test('a new step offers all tools with category and risk, and checks its arguments', async ({ playground }) => {
  await playground.openDecided();
  const { scenario } = playground;
  await scenario.getByRole('button', { name: 'Add step to settler' }).click();
  const form = scenario.getByRole('group', { name: /^Step .* of settler$/ });
  const tool = form.getByRole('combobox', { name: 'Tool' });
  await expect(tool.getByRole('option', { name: /, (low|medium|high|critical) risk$/i })).toHaveCount(14);
  await expect(tool.getByRole('option', { name: /^verify_agent_identity/ })).toHaveText(/Execute, high risk$/i);
  await tool.selectOption('create_escrow');
  const amount = form.getByRole('textbox', { name: /^amount/ });
  await amount.fill('five');
  await amount.press('Tab');
  await expect(amount).toHaveAttribute('aria-invalid', 'true');
  await amount.fill('5');
  await amount.press('Tab');
  await expect(amount).toHaveAttribute('aria-invalid', 'false');
});
