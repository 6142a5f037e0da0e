import { afterEach, describe, expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import type { Playground } from '../../../src/state/playground.svelte.ts';
import type { Work } from '../../../src/state/workspace.svelte.ts';
import FindingsPanel from '../../../src/ui/results/FindingsPanel.svelte';
import { openPlayground, SEED } from '../shell/open-playground.ts';

const RULES = {
  deny_if: [{ conditions: [{ path: 'args.validitySeconds', op: 'gt', value: 900 }] }],
  limits: [
    { counter: 'few', window: 'minute', max: 30, scope: 'grant' },
    { counter: 'many', window: 'minute', max: 60, scope: 'grant' },
  ],
};
const POLICY = JSON.stringify(
  {
    version: '1',
    default: 'deny',
    hide: ['activate_kill_switch'],
    tools: {
      issue_audit_ticket: RULES,
      register_agent: { action: 'require_approval' },
      guard_input: {
        deny_if: [{ conditions: [{ path: 'args.input', op: 'contains', value: 'pass' }] }],
        limits: [{ counter: 'guards', window: 'hour', max: 5, scope: 'grant' }],
      },
    },
  },
  null,
  2,
);

let playground: Playground;
let element: HTMLElement;

async function show(section: string, work: Partial<Work> = {}): Promise<void> {
  await page.viewport(1000, 900);
  playground = openPlayground({ policyText: POLICY, ...work });
  await playground.workspace.recheck();
  await playground.run.start();
  const { container } = await render(FindingsPanel, { playground });
  element = container;
  // why: it is open at first, and rows of two tables may begin alike.
  if (section === 'Worst case') return;
  await fold('Worst case').click();
  await fold(section).click();
}

const fold = (name: string) => page.getByRole('button', { name, exact: true });
const button = (name: string | RegExp) => page.getByRole('button', { name });
/** The texts of a row's cells. */
const cellsOf = (row: Element | undefined) => [...(row?.children ?? [])].map((cell) => cell.textContent.trim());
const rowOf = (name: string) =>
  [...element.querySelectorAll('tbody tr')].find((row) => cellsOf(row)[0] === name) ?? undefined;

afterEach(() => {
  playground.close();
});

test('the worst case is told at first, the rest when its section is opened; what was open is remembered', async () => {
  await show('Worst case');
  await expect.element(button('Run 60 calls of issue_audit_ticket in any minute')).toBeVisible();
  await expect.poll(() => element.querySelectorAll('.answer')).toHaveLength(1);
  await fold('Worst case').click();
  await fold('Dead weight').click();
  await expect.element(page.getByText('1 rule or limit can go.')).toBeVisible();
  await expect.element(fold('Dead weight')).toHaveAttribute('aria-expanded', 'true');
  await expect.element(fold('Coverage')).toHaveAttribute('aria-expanded', 'false');
  expect(localStorage.getItem('policy-playground/analysis')).toBe('["dead-weight"]');
  await fold('Dead weight').click();
  expect(localStorage.getItem('policy-playground/analysis')).toBe('[]');
});

describe('the worst case', () => {
  test('is a number for every tool and span, with states in words', async () => {
    await show('Worst case');
    await expect.element(button('Run 60 calls of issue_audit_ticket in any minute')).toBeVisible();
    expect(cellsOf(rowOf('issue_audit_ticket'))).toEqual([
      'issue_audit_ticket',
      '30',
      '60',
      '1,800',
      '1,830',
      '43,200',
      '43,230',
    ]);
    expect(cellsOf(rowOf('guard_input')).slice(1, 3)).toEqual(['5', '10']);
    expect(cellsOf(rowOf('register_agent'))[1]).toBe('Every call waits for a person first');
    await expect.element(page.getByText('callers do not see them')).toHaveTextContent('activate_kill_switch');
    await expect.element(page.getByText('no call passes.')).toHaveTextContent('get_agent_card');
  });

  test('opens and runs the scenario that reaches a number; one’s own work can be brought back', async () => {
    await show('Worst case');
    await button('Run 60 calls of issue_audit_ticket in any minute').click();
    await expect.poll(() => playground.run.summary?.allowed).toBe(60);
    expect(playground.workspace.policyText).toBe(POLICY);
    await button('Run 5 calls of guard_input in a calendar minute').click();
    await expect.poll(() => playground.run.summary?.calls).toBe(5);
    playground.bringBack();
    expect(playground.workspace.work).toEqual({ ...SEED, policyText: POLICY });
  });

  test('grows with grants, and says which numbers of them there can be', async () => {
    await show('Worst case');
    await button('N grants').click();
    await button('Run 120 calls of issue_audit_ticket in any minute').click();
    await expect.poll(() => playground.run.summary?.allowed).toBe(120);
    const grants = page.getByRole('spinbutton', { name: 'Grants' });
    await grants.fill('65');
    await expect.element(page.getByText('A whole number from 1 to 64.')).toBeVisible();
  });

  test('follows the policy: stale at once, then worked out anew; not while it has errors', async () => {
    await show('Worst case');
    await expect.element(button('Run 60 calls of issue_audit_ticket in any minute')).toBeVisible();
    playground.workspace.policyText = POLICY.replace('"max": 30', '"max": 7');
    await expect.element(page.getByText('Out of date, being worked out anew')).toBeVisible();
    await expect.element(button('Run 14 calls of issue_audit_ticket in any minute')).toBeVisible();
    playground.workspace.policyText = '{';
    await expect.element(page.getByText('The policy has errors.', { exact: false })).toBeVisible();
    playground.workspace.policyText = POLICY;
    await expect.element(button('Run 60 calls of issue_audit_ticket in any minute')).toBeVisible();
  });
});

test('windows are compared on the run, and one can be tried', async () => {
  await show('Windows compared');
  const table = page.getByRole('table', { name: 'This run by how windows count' });
  const trial = (mode: string) => table.getByRole('button', { name: `Try ${mode} windows` });
  await expect.element(trial('sliding')).toBeVisible();
  const summary = playground.run.summary;
  expect(cellsOf(rowOf('Calendar')).slice(2, 4)).toEqual([String(summary?.allowed), String(summary?.denied)]);
  const [, , allowed] = cellsOf(rowOf('Sliding'));
  await trial('sliding').click();
  expect(playground.workspace.windows).toBe('sliding');
  await expect.poll(() => String(playground.run.summary?.allowed)).toBe(allowed);
  await expect.element(trial('calendar')).toBeVisible();
});

describe('ways around rules', () => {
  test('stand beside the denied call, and adding the rule closes them', async () => {
    const step = { call: 'issue_audit_ticket', args: { agentId: 'agent-1', validitySeconds: 3600 } };
    const scenario = { ...SEED.scenario, agents: [{ name: 'planner', steps: [step] }] };
    await show('Ways around rules', { scenario });
    await expect.element(page.getByText('8 ways around')).toBeVisible();
    const pair = page.getByRole('region', { name: 'Denied call and Way through, issue_audit_ticket' });
    await expect.element(pair).toHaveTextContent(/validitySeconds\s*left out\s*3600\s*missing/);
    await button('Add this rule to issue_audit_ticket').click();
    await expect.poll(() => playground.workspace.policyText).toContain('"lte"');
    await expect.element(page.getByText('8 ways around')).not.toBeInTheDocument();
  });

  test('come with harmless calls that a rule denies', async () => {
    await show('Ways around rules');
    await expect
      .element(page.getByRole('list', { name: 'Harmless calls that rules deny' }))
      .toHaveTextContent(/it looks for "pass" and denies "xpassx" too/);
  });
});

test('dead weight can be looked at and removed', async () => {
  await show('Dead weight');
  await button('Go to rule /tools/issue_audit_ticket/limits/many').click();
  expect(playground.selection.place?.pointer).toBe('/tools/issue_audit_ticket/limits/1');
  await button('Remove /tools/issue_audit_ticket/limits/many').click();
  await expect.poll(() => playground.workspace.policyText).not.toContain('many');
  await expect.element(page.getByText('0 rules and limits are dead weight.')).toBeVisible();
});

test('coverage names what the run left out, and writes a scenario for it', async () => {
  const step = { call: 'issue_audit_ticket', args: { agentId: 'agent-1' } };
  await show('Coverage', { scenario: { ...SEED.scenario, agents: [{ name: 'planner', steps: [step] }] } });
  await expect.element(page.getByText('1 of 20 exercised.')).toBeVisible();
  expect(cellsOf(rowOf('issue_audit_ticket')).at(-1)).toBe('1 call');
  expect(cellsOf(rowOf('guard_input')).at(-1)).toBe('never');
  await button('Write a scenario that covers the rest').click();
  await expect.poll(() => playground.workspace.scenario.name).toBe('What the run left out');
  await expect.element(page.getByText('No call was found for', { exact: false })).toHaveTextContent(/limits\/many/);
});

describe('the limit advisor', () => {
  test('finds the least max for the legitimate grants, draws the curve and sets the max', async () => {
    const call = (agentId: string) => ({ call: 'issue_audit_ticket', args: { agentId } });
    const agents = [
      { name: 'worker', steps: [{ ...call('agent-1'), times: 12 }] },
      { name: 'rogue', steps: [{ ...call('agent-2'), times: 90 }] },
    ];
    await show('Limit advisor', { scenario: { ...SEED.scenario, agents } });
    await button('Find the max').click();
    await expect.element(page.getByText('Least max 12')).toBeVisible();
    await expect
      .element(page.getByText('all 12 legitimate calls and 12 of 90 of the attack', { exact: false }))
      .toBeVisible();
    await expect.element(page.getByRole('img', { name: /^Calls that get through by max/ })).toBeVisible();
    expect(cellsOf(rowOf('12'))).toEqual(['12', '12', '12', 'least that lets all work through']);
    await button('Set max to 12').click();
    await expect.poll(() => playground.workspace.policyText).toBe(POLICY.replace('"max": 30', '"max": 12'));
    await expect.element(page.getByText('Press Find the max.', { exact: false })).toBeVisible();
  });

  test('takes the gallery’s scenarios', async () => {
    await show('Limit advisor');
    await button('Scenarios of the Attacks tab').click();
    await page.getByRole('combobox', { name: 'Attack' }).selectOptions('Boundary burst');
    await button('Find the max').click();
    await expect.element(page.getByText('Present max 30')).toBeVisible();
  });
});
