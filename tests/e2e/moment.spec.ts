import { expect, test } from './test.ts';

test('counters, world, tickets and calls made go with the clock, step by step', async ({ playground }) => {
  await playground.openDecided();
  const { page, results } = playground;
  const summary = await playground.openTab('Summary');
  await expect(summary.getByText('Whole run, 133 calls.')).toBeVisible();

  const forward = page.getByRole('button', { name: 'Step a call forward' });
  await forward.click();
  await forward.click();
  const clock = page.getByRole('group', { name: 'Virtual clock' });
  await expect(clock.getByRole('status')).toHaveText('2 of 133 calls');
  await expect(summary.getByText('At 23:59:58.000: 2 of 133 calls made, 2 tickets issued.')).toBeVisible();
  await expect(summary.getByRole('row', { name: /^issue_audit_ticket_rate planner .* 1 of 30 0$/ })).toBeVisible();
  await forward.click();
  await expect(summary.getByText('At 23:59:58.040: 3 of 133 calls made, 3 tickets issued.')).toBeVisible();
  await expect(summary.getByRole('row', { name: /^issue_audit_ticket_rate planner .* 2 of 30 0$/ })).toBeVisible();
  await expect(page.getByRole('group', { name: 'Calls by outcome at 23:59:58.040' })).toContainText('Allowed 3');

  const tickets = await playground.openTab('Tickets');
  await expect(tickets.getByText('Ticket 3 of 80')).toBeVisible();
  await forward.click();
  await expect(tickets.getByText('Ticket 4 of 80')).toBeVisible();
  const log = await playground.openTab('Audit log');
  await expect(log.getByText('At 23:59:58.080: 4 of 133 calls made, 4 tickets issued.')).toBeVisible();

  await playground.openTab('Summary');
  await results.getByRole('button', { name: 'Show the whole run' }).click();
  await expect(results.getByText('Whole run, 133 calls.')).toBeVisible();
  await expect(results.getByRole('row', { name: /^issue_audit_ticket Write 120 80 40 / })).toBeVisible();
});

test('approvals that wait, and the world, go with the clock', async ({ playground }) => {
  await playground.openDecided('?example=approvals');
  const { page, scenario, results } = playground;
  await scenario
    .getByRole('button', { name: 'World' })
    .or(scenario.getByRole('tab', { name: 'World' }))
    .click();
  const clock = page.getByRole('group', { name: 'Virtual clock' });
  await clock.getByRole('button', { name: 'Step a call forward' }).click();
  await expect(scenario.getByText(/At the moment of the clock/)).toBeVisible();
  await expect(scenario.getByText(/after 1 call\./)).toBeVisible();
  await expect(results.getByText(/1 of \d+ calls made/)).toBeVisible();
  const pending = results.getByText(/approvals? pending/);
  // why: a request waits for a few calls only, so each step is looked at when its words are there.
  for (let made = 2; (await pending.count()) === 0; made++) {
    await clock.getByRole('button', { name: 'Step a call forward' }).click();
    await expect(results.getByText(new RegExp(`: ${made} of \\d+ calls made`))).toBeVisible();
  }
  await expect(clock.getByRole('status')).toContainText('pending');
});
