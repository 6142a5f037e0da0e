import type { Locator } from '@playwright/test';
import { graveFindings } from './axe-findings.ts';
import { fragment, pretty } from './documents.ts';
import { expect, test } from './test.ts';

const POLICY = {
  version: '1',
  default: 'deny',
  tools: {
    issue_audit_ticket: {
      deny_if: [{ conditions: [{ path: 'args.validitySeconds', op: 'gt', value: 900 }] }],
      limits: [
        { counter: 'few', window: 'minute', max: 30, scope: 'grant' },
        { counter: 'many', window: 'minute', max: 60, scope: 'grant' },
      ],
    },
  },
};
const long = { agentId: 'agent-1', validitySeconds: 3600 };
const SCENARIO = {
  version: '1',
  name: 'Two agents',
  start: '2026-01-01T23:59:58.000Z',
  agents: [
    {
      name: 'planner',
      steps: [
        { call: 'issue_audit_ticket', times: 100, over: '4s', args: { ...long, validitySeconds: 60 } },
        { call: 'issue_audit_ticket', args: long },
      ],
    },
    { name: 'settler', steps: [{ call: 'issue_audit_ticket', times: 12, args: { ...long, validitySeconds: 60 } }] },
  ],
};
const OPENED = fragment(POLICY, SCENARIO);

/** Opens a section of the Findings tab, unless it is open. */
async function open(panel: Locator, name: string): Promise<void> {
  const fold = panel.getByRole('button', { name, exact: true });
  if ((await fold.getAttribute('aria-expanded')) === 'false') await fold.click();
}

test('a number of the worst case runs the traffic that reaches it, and one’s own work comes back', async ({
  playground,
  page,
}) => {
  await playground.openDecided(OPENED);
  const panel = await playground.openTab('Findings');
  await open(panel, 'Worst case');
  await panel.getByRole('button', { name: 'Run 60 calls of issue_audit_ticket in any minute' }).click();
  await playground.expectRun({ state: 'done', calls: 60, allowed: 60 });
  await page.getByRole('button', { name: 'Bring back' }).click();
  await playground.expectRun({ state: 'done', calls: 113 });
});

test('windows are compared, and trying them changes the run to those numbers', async ({ playground }) => {
  await playground.openDecided(OPENED);
  const panel = await playground.openTab('Findings');
  await open(panel, 'Windows compared');
  const row = panel.getByRole('row', { name: /^Sliding/ });
  const allowed = Number(await row.getByRole('cell').nth(1).textContent());
  await row.getByRole('button', { name: 'Try sliding windows' }).click();
  await playground.expectRun({ state: 'done', calls: 113, allowed });
});

test('a way around a rule is shown beside the denied call and closed in the text; Undo takes it back', async ({
  playground,
  page,
}) => {
  const policy = { ...POLICY, tools: { issue_audit_ticket: { deny_if: POLICY.tools.issue_audit_ticket.deny_if } } };
  const agents = [{ name: 'planner', steps: [{ call: 'issue_audit_ticket', args: long }] }];
  await playground.openDecided(fragment(policy, { ...SCENARIO, agents }));
  const panel = await playground.openTab('Findings');
  await open(panel, 'Ways around rules');
  const pair = panel.getByRole('region', { name: /^Denied call and Way through/ });
  await expect(pair.getByRole('row', { name: /^validitySeconds/ })).toHaveText(/left out\s*3600\s*missing/);
  await panel.getByRole('button', { name: 'Add this rule to issue_audit_ticket' }).click();
  await expect(panel.getByText('8 ways around')).toBeHidden();
  expect(await playground.policyText()).toContain('"op": "lte"');
  await page.keyboard.press('ControlOrMeta+z');
  expect(await playground.policyText()).toBe(pretty(policy));
});

test('dead weight is removed, and coverage counts what a run exercised', async ({ playground }) => {
  await playground.openDecided(OPENED);
  const panel = await playground.openTab('Findings');
  await open(panel, 'Dead weight');
  await panel.getByRole('button', { name: 'Remove /tools/issue_audit_ticket/limits/many' }).click();
  await expect(panel.getByText('0 rules and limits are dead weight.')).toBeVisible();
  expect(await playground.policyText()).not.toContain('many');
  await open(panel, 'Coverage');
  await expect(panel.getByText('3 of 16 exercised.')).toBeVisible();
  await panel.getByRole('button', { name: 'Write a scenario that covers the rest' }).click();
  await playground.expectRun({ state: 'done', calls: 13, denied: 13 });
});

test('the limit advisor finds the least max for the legitimate grant and sets it', async ({ playground }) => {
  await playground.openDecided(OPENED);
  const panel = await playground.openTab('Findings');
  await open(panel, 'Limit advisor');
  const role = (grant: string, name: string) =>
    panel.getByRole('group', { name: `Calls of ${grant}` }).getByRole('button', { name });
  await role('settler', 'Legitimate').click();
  await role('planner', 'Attack').click();
  await panel.getByRole('button', { name: 'Find the max' }).click();
  await expect(panel.getByText('Least max 12')).toBeVisible();
  await expect(panel.getByRole('img', { name: /^Calls that get through by max/ })).toBeVisible();
  await panel.getByRole('button', { name: 'Set max to 12' }).click();
  await playground.expectRun({ state: 'done', calls: 113, allowed: 36 });
});

test('no serious or critical axe finding in any section, and open sections stay open', async ({ playground, page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await playground.openDecided(OPENED);
  const panel = await playground.openTab('Findings');
  for (const name of ['Worst case', 'Windows compared', 'Ways around rules', 'Dead weight', 'Coverage']) {
    await open(panel, name);
  }
  await open(panel, 'Limit advisor');
  await panel.getByRole('button', { name: 'Find the max' }).click();
  await expect(panel.getByText('Present max 30')).toBeVisible();
  await expect(panel.getByText('1 rule or limit can go.')).toBeVisible();
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await expect(playground.html).toHaveAttribute('data-theme', colorScheme);
    expect.soft(await graveFindings(page), colorScheme).toEqual([]);
  }
  await page.reload();
  await playground.openTab('Findings');
  await expect(panel.getByRole('button', { name: 'Coverage', exact: true })).toHaveAttribute('aria-expanded', 'true');
});
