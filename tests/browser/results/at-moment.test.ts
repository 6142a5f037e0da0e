import { afterEach, expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import type { Component } from 'svelte';
import type { Playground } from '../../../src/state/playground.svelte.ts';
import type { Work } from '../../../src/state/workspace.svelte.ts';
import AgentPanel from '../../../src/ui/results/AgentPanel.svelte';
import AuditLogPanel from '../../../src/ui/results/AuditLogPanel.svelte';
import ResultsTabs from '../../../src/ui/results/ResultsTabs.svelte';
import RunTickets from '../../../src/ui/results/RunTickets.svelte';
import WorldPanel from '../../../src/ui/scenario/world/WorldPanel.svelte';
import { MomentFeed } from '../../../src/ui/timeline/moment-feed.svelte.ts';
import TimelineSection from '../../../src/ui/timeline/TimelineSection.svelte';
import { openPlayground, SEED } from '../shell/open-playground.ts';

const START = Date.UTC(2026, 0, 1, 23, 59, 58);
let playground: Playground;

async function show(
  Panel: Component<{ playground: Playground; locked: boolean }>,
  work: Partial<Work> = {},
): Promise<void> {
  await page.viewport(1000, 800);
  playground = openPlayground(work);
  await playground.workspace.recheck();
  await playground.run.start();
  const { container } = await render(Panel, { playground, locked: false });
  Object.assign(container.style, { display: 'flex', flexDirection: 'column', height: '700px' });
}
const row = (name: RegExp) => page.getByRole('row', { name });
const moved = (atMs: number, call: number) => {
  playground.clock.atMs = atMs;
  playground.clock.call = call;
  // why: the timeline, which the page always has, is what asks.
  void new MomentFeed(playground).follow();
};

afterEach(() => {
  playground.close();
});

test('the summary counts what was made by then, and says so', async () => {
  await show(ResultsTabs);
  await expect.element(page.getByText('Whole run, 133 calls.')).toBeVisible();
  await expect.element(row(/^issue_audit_ticket Write 120 80 40 /)).toBeVisible();
  moved(START + 1200, 37);
  await expect.element(page.getByText('At 23:59:59.200: 38 of 133 calls made, 37 tickets issued.')).toBeVisible();
  await expect.element(row(/^All calls 38 37 1 /)).toBeVisible();
  await expect.element(row(/^guard_input [A-Z]\w* 0 0 0 /)).toBeVisible();
  await expect.element(row(/^settler .*7.* 7 0$/)).toBeVisible();
  await page.getByRole('button', { name: 'Show the whole run' }).click();
  await expect.element(row(/^issue_audit_ticket Write 120 80 40 /)).toBeVisible();
});

test('counters hold what they held then, and fall at the boundary', async () => {
  await show(ResultsTabs);
  moved(START + 400, 13);
  await expect.element(page.getByRole('table', { name: 'Counters at 23:59:58.400' })).toBeVisible();
  await expect.element(row(/^issue_audit_ticket_rate planner .*23:59:00 11 of 30 0$/)).toBeVisible();
  moved(START + 1200, 37);
  await expect.element(row(/^issue_audit_ticket_rate planner .*23:59:00 30 of 30 1$/)).toBeVisible();
  moved(START + 2000, 61);
  await expect.element(row(/^issue_audit_ticket_rate planner .*00:00:00 1 of 30 0$/)).toBeVisible();
});

test('numbers of the summary lead to the calls they count', async () => {
  await show(ResultsTabs);
  moved(START + 1400, 42);
  await expect.element(page.getByText(/^At 23:59:59.400/)).toBeVisible();
  await page.getByRole('button', { name: /^Show \d+ calls of issue_audit_ticket denied by/ }).click();
  const { fromMs, toMs } = playground.selection.filter;
  expect([fromMs, toMs]).toEqual([START, START + 1401]);
});

test('the head of the timeline counts what was made by then', async () => {
  await show(TimelineSection);
  await expect.element(page.getByRole('group', { name: 'Calls by outcome', exact: true })).toHaveTextContent('80');
  moved(START + 1200, 37);
  const counts = page.getByRole('group', { name: 'Calls by outcome at 23:59:59.200' });
  await expect.element(counts).toHaveTextContent(/Allowed 37.*Denied 1/);
});

test('the world shows its moment as soon as the clock has one', async () => {
  await show(WorldPanel);
  await expect.element(page.getByRole('button', { name: 'At the start' })).toHaveAttribute('aria-pressed', 'true');
  moved(START + 1200, 37);
  await expect.element(page.getByRole('status')).toHaveTextContent(/23:59:59\.200 UTC, after 38 calls/);
  moved(START + 1200, 36);
  await expect.element(page.getByRole('status')).toHaveTextContent(/23:59:59\.200 UTC, after 37 calls/);
});

test('of calls in one millisecond the tracks hold what they held after the one stepped to', async () => {
  await show(TimelineSection);
  moved(START + 1200, 37);
  await expect.element(page.getByText('7 at 23:59:59.200', { exact: true })).toBeVisible();
  moved(START + 1200, 36);
  await expect.element(page.getByText('6 at 23:59:59.200', { exact: true })).toBeVisible();
  await expect.element(page.getByText('36 at 23:59:59.200', { exact: true })).toBeVisible();
});

test('where there is no room for a table, tools without calls so far are one line', async () => {
  await show(ResultsTabs);
  await page.viewport(390, 800);
  await expect.element(page.getByRole('list', { name: 'Calls by tool' })).toHaveTextContent('guard_input');
  moved(START + 1200, 37);
  await expect.element(page.getByText('13 tools without calls so far')).toBeVisible();
  await expect.element(page.getByRole('list', { name: 'Calls by tool' })).not.toHaveTextContent('guard_input');
});

test('tickets are those issued by then, the last of them chosen', async () => {
  await show(RunTickets);
  moved(START + 400, 13);
  await expect.element(page.getByText(/At 23:59:58.400: 14 of 133 calls made, 14 tickets issued/)).toBeVisible();
  await expect.element(page.getByText('Ticket 14 of 80')).toBeVisible();
  await expect.element(page.getByRole('option', { name: /call 15\b/ })).toHaveTextContent('not issued yet');
});

test('the audit log marks the last call made, and tells those to come apart', async () => {
  await show(AuditLogPanel);
  moved(START + 400, 13);
  await expect.element(page.getByText(/At 23:59:58.400: 14 of 133 calls made/)).toBeVisible();
  const style = (call: number) => getComputedStyle(row(new RegExp(`^${call} 23:59:58`)).element()).fontStyle;
  await expect.poll(() => [style(14), style(15)]).toEqual(['normal', 'italic']);
});

test("the agent's view comes to its last call, and says what is not made yet", async () => {
  await show(AgentPanel);
  await expect.element(page.getByRole('article').first()).toBeVisible();
  moved(START + 400, 13);
  await expect.element(page.getByText('At 23:59:58.400: 11 of 113 calls of this agent made.')).toBeVisible();
  const last = page.getByRole('article', { name: 'Call 13', exact: true });
  await expect.element(last).toBeVisible();
  await expect.element(last).toHaveAttribute('aria-current', 'step');
  await expect.element(page.getByRole('article', { name: 'Call 15', exact: true })).toHaveTextContent('not made yet');
});

test('approvals pending are told', async () => {
  // why: calls that are the same wait on one request.
  const asks = (amount: number) => ({
    call: 'create_escrow',
    args: { agentId: 'agent-7', target: 'agent-8', amount, task: 'Translate a page' },
  });
  await show(ResultsTabs, {
    policyText: JSON.stringify({
      version: '1',
      default: 'deny',
      tools: { create_escrow: { action: 'require_approval' } },
    }),
    scenario: {
      ...SEED.scenario,
      agents: [{ name: 'buyer', steps: [asks(10), { wait: '10s' }, asks(20), { wait: '10s' }, asks(30)] }],
      approvals: { mode: 'approve', after: '15s' },
    },
  });
  moved(START + 10_000, 1);
  await expect.element(page.getByText('2 of 3 calls made, 2 approvals pending')).toBeVisible();
  moved(START + 16_000, 1);
  await expect.element(page.getByText('2 of 3 calls made, 1 approval pending')).toBeVisible();
});
