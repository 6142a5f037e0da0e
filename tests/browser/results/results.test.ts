import { afterEach, describe, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import type { Playground } from '../../../src/state/playground.svelte.ts';
import type { Work } from '../../../src/state/workspace.svelte.ts';
import ResultsTabs from '../../../src/ui/results/ResultsTabs.svelte';
import { openPlayground, SEED } from '../shell/open-playground.ts';

let playground: Playground;
const LIMIT = '/tools/issue_audit_ticket/limits/issue_audit_ticket_rate';

async function show(work: Partial<Work> = {}): Promise<void> {
  await page.viewport(1000, 800);
  playground = openPlayground(work);
  await playground.workspace.recheck();
  await playground.run.start();
  const { container } = await render(ResultsTabs, { playground });
  container.style.height = '700px';
}
const tab = (name: string) => page.getByRole('tab', { name, exact: true });
const row = (name: RegExp) => page.getByRole('row', { name });

afterEach(() => {
  playground.close();
});

describe('the tabs', () => {
  test('are named as programs expect, and one panel shows', async () => {
    await show();
    for (const name of ['Summary', 'Findings', 'Audit log', "Agent's view", 'Tickets']) {
      await tab(name).click();
      await expect.element(page.getByRole('tabpanel', { name: new RegExp(`^${name}`) })).toBeVisible();
    }
    await expect.element(page.getByRole('region', { name: 'Results' })).toBeVisible();
  });

  test('follow the arrow keys', async () => {
    await show();
    await tab('Summary').click();
    await userEvent.keyboard('{ArrowRight}{ArrowRight}');
    await expect.element(tab('Audit log')).toHaveAttribute('aria-selected', 'true');
  });
});

describe('the summary', () => {
  test('counts calls per tool, grant and counter', async () => {
    await show();
    await expect.element(row(/^issue_audit_ticket Write 120 80 40 /)).toBeVisible();
    await expect.element(row(/^All calls 133 80 53 /)).toBeVisible();
    await expect.element(row(/^planner .*113.* 60 53$/)).toBeVisible();
    await expect.element(row(/^issue_audit_ticket_rate planner .* 30 of 30 20$/).first()).toBeVisible();
  });

  test('leads to the rule that denied, and to the calls it denied', async () => {
    await show();
    await page.getByRole('button', { name: 'limits/issue_audit_ticket_rate', exact: true }).click();
    expect(playground.selection.place?.pointer).toBe('/tools/issue_audit_ticket/limits/0');
    await page.getByRole('button', { name: /^Show 40 calls of issue_audit_ticket denied by/ }).click();
    await expect.element(tab('Audit log')).toHaveAttribute('aria-selected', 'true');
    await expect.element(page.getByRole('status')).toHaveTextContent('40 of 133 calls');
  });

  test('lists a rule once for each of its outcomes', async () => {
    const policyText = JSON.stringify({
      version: '1',
      default: 'deny',
      tools: { create_escrow: { action: 'require_approval' } },
    });
    const args = { agentId: 'agent-7', target: 'agent-8', amount: 10, task: 'Translate a page' };
    const step = { call: 'create_escrow', times: 5, every: '10s', args };
    const scenario = {
      ...SEED.scenario,
      agents: [{ name: 'buyer', steps: [step] }],
      approvals: { mode: 'deny', after: '20s' },
    } as const;
    await show({ policyText, scenario });
    await expect.element(page.getByRole('button', { name: /^Show 2 calls of create_escrow/ })).toBeVisible();
    await expect.element(page.getByRole('button', { name: /^Show 3 calls of create_escrow/ })).toBeVisible();
  });

  test('starts with the first warning of the run', async () => {
    await show();
    await expect.element(page.getByText('60 of 100 calls in 3.96 s pass a limit of 30 a minute.')).toBeVisible();
    await page.getByRole('button', { name: 'Try sliding windows' }).click();
    expect(playground.workspace.windows).toBe('sliding');
  });

  test('shows the calls of denied tools that stay listed', async () => {
    await show();
    await tab('Findings').click();
    await page.getByRole('button', { name: 'Show calls' }).click();
    await expect.element(tab('Audit log')).toHaveAttribute('aria-selected', 'true');
    await expect.element(page.getByRole('status')).toHaveTextContent('13 of 133 calls');
  });

  test('of a run that was stopped is labelled partial', async () => {
    await show();
    if (playground.run.summary === null) throw new Error('the run has a summary');
    playground.run.summary = { ...playground.run.summary, partial: true };
    await expect.element(page.getByText('Stopped after 133 calls.')).toBeVisible();
  });
});

describe('findings', () => {
  const DODGED = JSON.stringify({
    version: '1',
    default: 'allow',
    tools: {
      issue_audit_ticket: { deny_if: [{ conditions: [{ path: 'args.validitySeconds', op: 'gt', value: 900 }] }] },
    },
  });

  test('from the policy lead to their place, and a fix mends the text', async () => {
    await show({ policyText: DODGED });
    await tab('Findings').click();
    const item = page.getByRole('listitem').filter({ hasText: 'Require the argument' });
    await expect.element(item).toBeVisible();
    await item.getByRole('button', { name: 'Go to place' }).click();
    expect(playground.selection.place?.pointer).toContain('/tools/issue_audit_ticket/deny_if/0');
    await item.getByRole('button', { name: 'Require the argument' }).click();
    expect(playground.workspace.policyText).toContain('"require"');
    await expect.poll(() => item.query()).toBeNull();
    expect(playground.workspace.errors).toEqual([]);
  });

  test('from the run can be shown on the timeline', async () => {
    await show();
    await tab('Findings').click();
    await page.getByRole('button', { name: 'Show on timeline' }).click();
    expect(playground.selection.stretch?.fromMs).toBe(Date.UTC(2026, 0, 1, 23, 59, 58));
  });

  test('say so when there are none', async () => {
    await show({ policyText: '{"version":"1","default":"allow"}' });
    await tab('Findings').click();
    await expect.element(page.getByText('No findings from this run.')).toBeVisible();
  });
});

describe('tickets', () => {
  test('open on the call that was asked for', async () => {
    await show();
    playground.selection.showTicket(4);
    await expect.element(page.getByText(/call 5\b/).first()).toBeVisible();
    await expect.element(page.getByText(/Ticket 5 of 80/)).toBeVisible();
  });
});

describe('states', () => {
  test('before a run', async () => {
    await page.viewport(1000, 800);
    playground = openPlayground();
    await render(ResultsTabs, { playground });
    await expect.element(page.getByText('Nothing has run yet. Press Run.')).toBeVisible();
  });

  test('a run without calls', async () => {
    await show({ scenario: { ...SEED.scenario, agents: [] } });
    await expect.element(page.getByText('No calls yet. Add a step.')).toBeVisible();
  });

  test('narrow: a card a tool, with the same numbers and rules', async () => {
    await show();
    await page.viewport(390, 800);
    const list = page.getByRole('list', { name: 'Calls by tool' });
    await expect.element(list.getByText('issue_audit_ticket', { exact: true })).toBeVisible();
    await list.getByRole('button', { name: 'limits/issue_audit_ticket_rate', exact: true }).click();
    expect(playground.selection.place?.pointer).toBe('/tools/issue_audit_ticket/limits/0');
    expect(playground.run.summary?.rules[0]?.rule).toBe(LIMIT);
  });
});
