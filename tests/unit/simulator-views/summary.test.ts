import { describe, expect, test } from 'vitest';
import { complete } from '../../../src/core/simulator/pass.ts';
import { summarize, type CallSummary } from '../../../src/core/simulator/summary.ts';
import { tallyPass } from '../../../src/core/simulator/tally.ts';
import { fakeLimit, fakeRun, type FakeCall, type FakeRunOptions } from './fake-run.ts';

const summaryOf = (calls: readonly FakeCall[], options?: FakeRunOptions): CallSummary => {
  const run = fakeRun(calls, options);
  return summarize(run, complete(tallyPass(run), run.columns.count), ['first_tool', 'second_tool']);
};

const rate = '/tools/second_tool/limits/rate';
const mixed: FakeCall[] = [
  { atMs: 10, grant: 'a', tool: 'second_tool' },
  { atMs: 11, grant: 'a', tool: 'second_tool', outcome: 'deny', rule: rate },
  { atMs: 12, grant: 'b', tool: 'second_tool', outcome: 'deny', rule: rate },
  { atMs: 13, grant: 'b', tool: 'odd_tool', outcome: 'deny' },
  { atMs: 14, grant: 'b', session: 't', tool: 'first_tool', outcome: 'hidden' },
  { atMs: 15, grant: 'b', tool: 'second_tool', outcome: 'approval', rule: '/tools/second_tool/action' },
  { atMs: 16, grant: 'b', tool: 'second_tool', outcome: 'deny', rule: '/tools/second_tool/action' },
];

describe('summarize', () => {
  const summary = summaryOf(mixed, { limits: [fakeLimit('second_tool')], policyTools: ['second_tool'] });

  test('counts outcomes; hidden calls are not denied ones', () => {
    expect(summary).toMatchObject({ calls: 7, allowed: 1, denied: 4, approvals: 1, hidden: 1, plannedCalls: 7 });
    expect(summary).toMatchObject({ firstMs: 10, lastMs: 16, partial: false });
  });

  test('lists tools as the policy does, then as the server does, then as they came', () => {
    expect(summary.tools.map(({ tool }) => tool)).toEqual(['second_tool', 'first_tool', 'odd_tool']);
  });

  test('gives each tool its grants and its rules, most calls first', () => {
    expect(summary.tools[0]).toEqual({
      tool: 'second_tool',
      calls: 5,
      allowed: 1,
      denied: 3,
      approvals: 1,
      hidden: 0,
      grants: ['a', 'b'],
      rules: [
        { rule: rate, pointer: '/tools/second_tool/limits/0', calls: 2 },
        { rule: '/tools/second_tool/action', pointer: '/tools/second_tool/action', calls: 1 },
        { rule: '/tools/second_tool/action', pointer: '/tools/second_tool/action', calls: 1 },
      ],
    });
  });

  test('tells the outcomes of one rule apart', () => {
    const actions = summary.rules.filter(({ rule }) => rule === '/tools/second_tool/action');
    expect(actions.map(({ outcome, calls }) => [outcome, calls])).toEqual([
      ['approval', 1],
      ['deny', 1],
    ]);
    expect(summary.rules[0]).toMatchObject({ rule: rate, outcome: 'deny', calls: 2 });
  });

  test('counts per grant over sessions', () => {
    expect(summary.grants.map(({ grant, calls, hidden }) => [grant, calls, hidden])).toEqual([
      ['a', 2, 0],
      ['b', 5, 1],
    ]);
  });

  test('sums up nothing without calls', () => {
    expect(summaryOf([])).toMatchObject({ calls: 0, firstMs: 0, lastMs: 0, tools: [], grants: [], rules: [] });
  });

  test('keeps hostile names as they are', () => {
    const { tools, grants } = summaryOf([{ atMs: 1, grant: '__proto__', tool: 'constructor' }]);
    expect([tools[0]?.tool, grants[0]?.grant]).toEqual(['constructor', '__proto__']);
  });
});

test('a tally counts every combination once, however many there are', () => {
  const calls = Array.from({ length: 3000 }, (_, i): FakeCall => ({
    atMs: i,
    grant: `g${i % 60}`,
    tool: `t${i % 50}`,
    outcome: i % 7 === 0 ? 'deny' : 'allow',
  }));
  const run = fakeRun(calls);
  const tally = complete(tallyPass(run), calls.length);
  const expected = new Map<string, number>();
  for (const { grant, tool, outcome } of calls) {
    const key = `${grant} ${tool} ${outcome}`;
    expected.set(key, (expected.get(key) ?? 0) + 1);
  }
  const counted = tally.map(({ caller, tool, outcome, calls: n }): [string, number] => {
    const who = `${run.table.callers[caller]!.grant} ${run.table.tools[tool]!}`;
    return [`${who} ${outcome === 1 ? 'deny' : 'allow'}`, n];
  });
  expect(new Map(counted)).toEqual(expected);
  expect(counted.length).toBe(expected.size);
});
