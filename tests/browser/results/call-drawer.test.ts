import { afterEach, describe, expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { LATE_ANSWERS, LATE_ANSWERS_INTERCEPT } from '../../../src/core/catalogue/gallery/windows.ts';
import type { Playground } from '../../../src/state/playground.svelte.ts';
import type { Work } from '../../../src/state/workspace.svelte.ts';
import { workOf } from '../../../src/ui/header/find-example.ts';
import CallDrawer from '../../../src/ui/results/CallDrawer.svelte';
import { openPlayground, SEED } from '../shell/open-playground.ts';

let playground: Playground;
/** The first call that the limit of the seed policy denies. */
const DENIED = 36;

async function show(work: Partial<Work> = {}, call = DENIED): Promise<void> {
  await page.viewport(900, 1000);
  playground = openPlayground(work);
  await playground.workspace.recheck();
  await playground.run.start();
  await render(CallDrawer, { playground });
  await playground.selection.open(call);
}
const drawer = () => page.getByRole('complementary', { name: /^Call / });
const heading = () => drawer().getByRole('heading', { level: 2 });

afterEach(() => {
  playground.close();
});

describe('what a limit holds while the answer is out', () => {
  test.each([
    [LATE_ANSWERS, 'Not given back: the window it was taken from was over'],
    [LATE_ANSWERS_INTERCEPT, 'Its window was over, so 1 was subtracted from the present one, 2 used then'],
  ])('is told, with what became of it', async (example, words) => {
    await show(workOf(example), 0);
    await expect.element(drawer().getByText('1 for 20 s, until 12:01:10.000')).toBeVisible();
    await expect.element(drawer().getByText(words)).toBeVisible();
    await expect
      .element(drawer().getByRole('link', { name: 'See it in an example' }))
      .toHaveAttribute('href', `?example=${example.name}`);
    await playground.selection.open(3);
    await expect.element(drawer().getByText('Kept: the server answered')).toBeVisible();
  });
});

describe('a denied call', () => {
  test('tells the order of decision, the counter and when to try again', async () => {
    await show();
    await expect.element(heading()).toHaveTextContent('Call 37 of 133');
    await expect.element(drawer().getByText('30 used + 1 is more than 30')).toBeVisible();
    await expect.element(drawer().getByText('30 of 30 used')).toBeVisible();
    await expect.element(drawer().getByText('30 before, 30 after per grant')).toBeVisible();
    await expect.element(drawer().getByText('23:59:00.000 to 00:00:00.000')).toBeVisible();
    await expect.element(drawer().getByText('2 Jan 00:00:00.000 in 800 ms')).toBeVisible();
  });

  test('quotes what the agent receives, as text and as JSON-RPC', async () => {
    await show();
    const exact = playground.selection.explanation?.agentText ?? '';
    expect(exact).toMatch(/^\[POLICY DENIED\] /);
    await expect.element(drawer().getByText(exact, { exact: true })).toBeVisible();
    await drawer().getByRole('button', { name: 'JSON-RPC' }).click();
    await expect.element(drawer().getByText('"jsonrpc"')).toBeVisible();
  });

  test('leads to its rule', async () => {
    await show();
    await drawer().getByRole('button', { name: '/tools/issue_audit_ticket/limits/issue_audit_ticket_rate' }).click();
    expect(playground.selection.place?.pointer).toBe('/tools/issue_audit_ticket/limits/0');
  });

  test('shows argument values, which its audit log entry does not', async () => {
    await show();
    const entry = page.getByLabelText('Audit log entry').element().textContent;
    await expect.element(page.getByLabelText('Arguments', { exact: true })).toHaveTextContent('"agent-');
    expect(entry).toContain('agentId');
    expect(entry).not.toContain('agent-');
  });
});

test('a condition tells what it saw and what follows', async () => {
  const rules = { deny_if: [{ conditions: [{ path: 'args.ttl', op: 'gt', value: 900 }] }] };
  await show(
    { policyText: JSON.stringify({ version: '1', default: 'deny', tools: { issue_audit_ticket: rules } }) },
    0,
  );
  const step = drawer().getByRole('listitem').filter({ hasText: 'args.ttl gt 900' }).first();
  await expect.element(step).toHaveTextContent(/args\.ttl gt 900 saw: missing\.\s*False, so the call passes\./);
});

test('an allowed ticket call leads to its ticket', async () => {
  await show({}, 0);
  await drawer().getByRole('button', { name: 'Open its ticket' }).click();
  expect(playground.selection.tab).toBe('tickets');
  expect(playground.selection.ticketCall).toBe(0);
});

describe('neighbours', () => {
  test('are the calls before and after, and end with the run', async () => {
    await show({}, 131);
    await drawer().getByRole('button', { name: 'Next call' }).click();
    await expect.element(heading()).toHaveTextContent('Call 133 of 133');
    await expect.element(drawer().getByRole('button', { name: 'Next call' })).toBeDisabled();
  });

  test('are those of the filter, from a call it leaves out too', async () => {
    await show({}, 2);
    playground.selection.filter = { ...playground.selection.filter, outcomes: ['deny'] };
    await expect.element(drawer().getByText(/Not among 53 calls that match the filter/)).toBeVisible();
    await expect.element(drawer().getByRole('button', { name: 'Previous call' })).toBeDisabled();
    await drawer().getByRole('button', { name: 'Next call' }).click();
    await expect.element(heading()).toHaveTextContent('Call 37 of 133');
    await expect.element(drawer().getByText(/1 of 53 calls that match the filter/)).toBeVisible();
  });
});

describe('a new run', () => {
  test('explains the call anew', async () => {
    await show();
    playground.workspace.policyText = SEED.policyText.replace('30', '40');
    await playground.run.start();
    await expect.element(drawer().getByText('Allowed', { exact: true })).toBeVisible();
  });

  test('without that call closes the drawer', async () => {
    await show();
    playground.workspace.scenario = { ...SEED.scenario, agents: [] };
    await playground.run.start();
    await expect.poll(() => drawer().query()).toBeNull();
  });

  test('that is still to come is said', async () => {
    await show();
    playground.preferences.set({ auto: false });
    playground.workspace.policyText = SEED.policyText.replace('30', '40');
    playground.edited();
    await expect.element(drawer().getByText('Decided before your last edits.')).toBeVisible();
  });
});

test('opened by a person it leaves the focus where it was and reads the verdict out', async () => {
  await show();
  await expect.element(drawer()).toBeVisible();
  playground.selection.close();
  await expect.poll(() => drawer().query()).toBeNull();
  const opener = document.createElement('button');
  document.body.append(opener);
  opener.focus();
  await playground.selection.open(3);
  await expect.element(heading()).toBeVisible();
  expect(document.activeElement).toBe(opener);
  await expect.element(drawer().getByRole('status').first()).toHaveTextContent('Call 4.');
  await drawer().getByRole('button', { name: 'Close' }).click();
  await expect.poll(() => drawer().query()).toBeNull();
  opener.remove();
});
