import { afterEach, describe, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { SEED_SCENARIO } from '../../../src/core/catalogue/seed.ts';
import type { Assertion } from '../../../src/core/scenario/model.ts';
import type { Playground } from '../../../src/state/playground.svelte.ts';
import CallDrawer from '../../../src/ui/results/CallDrawer.svelte';
import ResultsTabs from '../../../src/ui/results/ResultsTabs.svelte';
import { openPlayground } from '../shell/open-playground.ts';

const PLANNERS = { tool: 'issue_audit_ticket', grant: 'planner', outcome: 'allow' } as const;
const BURST: Assertion = { that: 'count', where: PLANNERS, within: '60s', atMost: 30 };
const ALL: Assertion = { that: 'count', where: { tool: 'issue_audit_ticket', outcome: 'allow' }, exactly: 80 };
const DENIED: Assertion = { that: 'decision', call: 36, is: 'deny' };

const RULE = '/tools/issue_audit_ticket/limits/issue_audit_ticket_rate';

let playground: Playground;

async function show(expect_: readonly Assertion[] = []): Promise<void> {
  await page.viewport(1000, 800);
  playground = openPlayground(expect_.length === 0 ? {} : { scenario: { ...SEED_SCENARIO, expect: expect_ } });
  playground.preferences.set({ auto: false });
  await playground.workspace.recheck();
  await playground.run.start();
  playground.selection.tab = 'tests';
  const { container } = await render(ResultsTabs, { playground });
  container.style.height = '700px';
}

const written = () => playground.workspace.scenario.expect;
const row = (at: number) => page.getByRole('listitem', { name: `Test ${String(at)}` });
const button = (name: string | RegExp) => page.getByRole('button', { name });
const score = page.getByRole('status').first();

afterEach(() => {
  playground.close();
});

describe('verdicts', () => {
  test('come with word, what was seen, and the call that breaks it', async () => {
    await show([BURST, ALL, DENIED]);
    await expect.element(score).toHaveTextContent('Passed 2 of 3');
    await expect.element(row(1)).toHaveTextContent('Fails, seen: at most 60 in any 1 min');
    await expect.element(row(2)).toHaveTextContent('Passes, seen: 80 in the run');
    await expect.element(row(3)).toHaveTextContent('Call 37 is denied');
    await expect.element(page.getByRole('tab', { name: 'Tests' })).toHaveTextContent('2/3');
    await row(1)
      .getByRole('button', { name: /^Show call/ })
      .click();
    await expect.poll(() => playground.selection.explanation?.call).toBe(playground.run.summary?.assertions?.[0]?.call);
  });

  test('go out of date with every edit, and a changed test has none until it runs', async () => {
    await show([BURST, ALL]);
    await button(/exactly 80/i).click();
    await page.getByLabelText('Exactly', { exact: true }).fill('81');
    await userEvent.keyboard('{Enter}');
    expect(written()?.[1]).toEqual({ ...ALL, exactly: 81 });
    expect(playground.run.outdated).toBe(true);
    await expect.element(row(2)).toHaveTextContent('Not run yet');
    await expect.element(row(1)).toHaveTextContent('Out of date: Fails');
    expect(
      row(1)
        .getByRole('button', { name: /^Show call/ })
        .elements(),
    ).toHaveLength(0);
    await playground.run.start();
    await expect.element(row(2)).toHaveTextContent('Fails, seen: 80 in the run');
  });

  test('name tests that exclude each other', async () => {
    await show([
      ALL,
      BURST,
      { ...ALL, exactly: 81 },
      { that: 'count', where: { tool: 'create_escrow' }, atLeast: 2, atMost: 1 },
    ]);
    await expect.element(row(1)).toHaveTextContent('This cannot hold together with test 3.');
    await expect.element(row(3)).toHaveTextContent('This cannot hold together with test 1.');
    await expect.element(row(4)).toHaveTextContent('This can never hold: its bounds exclude each other.');
    await expect.element(row(2)).not.toHaveTextContent('cannot hold');
  });
});

describe('editing', () => {
  test('starts from nothing with suggestions that the run keeps', async () => {
    await show();
    await expect.element(page.getByText('No tests yet. Add one.')).toBeVisible();
    await button('Add test: At most 80 allowed calls of issue_audit_ticket in any 1 min').click();
    expect(written()).toEqual([
      { that: 'count', where: { tool: 'issue_audit_ticket', outcome: 'allow' }, within: '60s', atMost: 80 },
    ]);
    await playground.run.start();
    await expect.element(score).toHaveTextContent('Passed 1 of 1');
    await expect.element(button(/^Add test: At most 80 allowed calls of issue/)).not.toBeInTheDocument();
  });

  test('a new test opens with the focus in its first field', async () => {
    await show();
    await button('Add test').first().click();
    await expect.element(page.getByLabelText('Test', { exact: true })).toHaveFocus();
    expect(written()).toEqual([{ that: 'count', where: { tool: 'issue_audit_ticket', outcome: 'allow' }, atMost: 80 }]);
  });

  test('every field of a count is written, and left out again when it is emptied', async () => {
    await show([{ that: 'count', atMost: 5 }]);
    await button(/at most 5 calls/i).click();
    await page.getByLabelText('Tool', { exact: true }).selectOptions('create_escrow');
    await page.getByLabelText('Grant', { exact: true }).selectOptions('settler');
    await page.getByLabelText('Outcome', { exact: true }).selectOptions('denied');
    await page.getByLabelText('Rule', { exact: true }).selectOptions(RULE);
    await page.getByLabelText('In any', { exact: true }).fill('1h');
    await page.getByLabelText('At least', { exact: true }).fill('1');
    await userEvent.keyboard('{Enter}');
    const where = { tool: 'create_escrow', grant: 'settler', outcome: 'deny', rule: RULE };
    expect(written()).toEqual([{ that: 'count', where, within: '1h', atLeast: 1, atMost: 5 }]);
    await page.getByLabelText('At most', { exact: true }).fill('');
    await userEvent.keyboard('{Enter}');
    expect(written()).toEqual([{ that: 'count', where, within: '1h', atLeast: 1 }]);
  });

  test('what cannot be written stays in its field with a message', async () => {
    await show([{ that: 'count', atMost: 5 }]);
    await button(/at most 5 calls/i).click();
    await page.getByLabelText('In any', { exact: true }).fill('soon');
    await userEvent.keyboard('{Enter}');
    await expect.element(page.getByText('Write a number with ms, s, m, h or d, such as 60s.')).toBeVisible();
    await page.getByLabelText('At most', { exact: true }).fill('');
    await userEvent.keyboard('{Enter}');
    await expect.element(page.getByText('A count needs a bound. Fill in another one first.')).toBeVisible();
    await page.getByLabelText('At least', { exact: true }).fill('-1');
    await userEvent.keyboard('{Enter}');
    await expect.element(page.getByText('Write a whole number, 0 or more.')).toBeVisible();
    expect(written()).toEqual([{ that: 'count', atMost: 5 }]);
  });

  test('the kind can be changed there and back without loss', async () => {
    await show([BURST]);
    await button(/at most 30/i).click();
    const kind = page.getByLabelText('Test', { exact: true });
    await kind.selectOptions('one call');
    expect(written()).toEqual([{ that: 'decision', call: 0, is: 'allow' }]);
    await page.getByLabelText('Call', { exact: true }).fill('37');
    await userEvent.keyboard('{Enter}');
    await page.getByLabelText('Is', { exact: true }).selectOptions('denied');
    expect(written()).toEqual([{ that: 'decision', call: 36, is: 'deny' }]);
    await kind.selectOptions('number of calls');
    expect(written()).toEqual([BURST]);
  });

  test('tests are duplicated and removed, and a removed one comes back to its place', async () => {
    await show([BURST, ALL]);
    await button('Duplicate test 1').click();
    expect(written()).toEqual([BURST, BURST, ALL]);
    await button('Remove test 1').click();
    await button('Remove test 1').click();
    expect(written()).toEqual([ALL]);
    await expect.element(button('Undo')).toHaveFocus();
    await button('Undo').click();
    expect(written()).toEqual([BURST, ALL]);
    await button('Remove test 1').click();
    await button('Remove test 1').click();
    expect(playground.workspace.scenario).not.toHaveProperty('expect');
  });
});

test('a call that is open becomes a test', async () => {
  await show();
  await render(CallDrawer, { playground });
  await playground.selection.open(36);
  playground.selection.tab = 'summary';
  await button('Make a test of this call').click();
  expect(playground.selection.tab).toBe('tests');
  expect(written()).toEqual([{ that: 'decision', call: 36, is: 'deny', rule: RULE }]);
  await playground.run.start();
  await expect.element(score).toHaveTextContent('Passed 1 of 1');
});
