import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { comparePass, FLIP_KINDS, type Comparison } from '../../../src/core/analysis/compare-runs.ts';
import { createSimulation } from '../../../src/core/simulator/simulate.ts';
import type { CallPlan } from '../../../src/core/simulator/columns.ts';
import type { Run } from '../../../src/core/simulator/run.ts';
import { makePlan, readPolicy, type Call } from '../simulator/arrange.ts';

const limited = (max: number): ReturnType<typeof readPolicy> =>
  readPolicy({
    version: '1',
    default: 'deny',
    tools: { a: { limits: [{ counter: 'c', window: 'minute', max }] }, b: {} },
  });

function decide(policy: ReturnType<typeof readPolicy>, plan: CallPlan): Run {
  const simulation = createSimulation(policy, plan, { windows: 'calendar', answer: () => 1 });
  simulation.advance(Infinity);
  return simulation.finish(false);
}

function compare(before: Run, after: Run, cut = Infinity): Comparison {
  const pass = comparePass(before, after);
  const count = Math.max(before.columns.count, after.columns.count);
  for (let from = 0; from < count; from += cut) pass.add(from, Math.min(from + cut, count));
  return pass.finish();
}

const CALLS: readonly Call[] = Array.from({ length: 6 }, (_, index) => ({
  atMs: index * 10,
  tool: index % 2 === 0 ? 'a' : 'b',
  grant: index < 4 ? 'one' : 'two',
}));

test('calls that a tighter limit denies flip, by tool and by grant', () => {
  const plan = makePlan(CALLS, { sharedArgs: true });
  const found = compare(decide(limited(2), plan), decide(limited(1), plan));
  expect(found.same).toBe(5);
  expect(found.total).toMatchObject({ 'allow-deny': 1, 'deny-allow': 0 });
  expect(found.tools.get('a')).toMatchObject({ 'allow-deny': 1 });
  expect(found.grants.get('one')).toMatchObject({ 'allow-deny': 1 });
  expect(found.first).toEqual([{ kind: 'allow-deny', before: 2, after: 2 }]);
});

test('the same denial by another rule is a difference too', () => {
  const plan = makePlan([{ atMs: 0, tool: 'x' }]);
  const hidden = readPolicy({ version: '1', default: 'deny', hide: ['x'], tools: {} });
  expect(compare(decide(limited(1), plan), decide(hidden, plan)).total).toMatchObject({ 'other-rule': 1 });
});

describe('agents that react', () => {
  const retry = { stopOnDenied: false, retry: { max: 2, delayMs: 5, factor: 1, respectRetryAt: false } };
  const plan = makePlan(CALLS, { sharedArgs: true, reactions: { one: retry, two: retry } });

  test('calls made in one run only are named', () => {
    const found = compare(decide(limited(3), plan), decide(limited(0), plan));
    expect(found.calls.after).toBeGreaterThan(found.calls.before);
    expect(found.total['only-after']).toBe(found.calls.after - found.calls.before);
    expect(found.total['allow-deny']).toBe(3);
  });

  test('every call of both runs is counted once, and turning the runs around turns the kinds around', () => {
    fc.assert(
      fc.property(fc.nat(4), fc.nat(4), fc.integer({ min: 1, max: 9 }), (first, second, cut) => {
        const [before, after] = [decide(limited(first), plan), decide(limited(second), plan)];
        const found = compare(before, after, cut);
        const turned = compare(after, before, cut);
        const flips = FLIP_KINDS.reduce((sum, kind) => sum + found.total[kind], 0);
        expect(found.same + flips - found.total['only-after']).toBe(before.columns.count);
        expect(found.total['allow-deny']).toBe(turned.total['deny-allow']);
        expect(found.total['only-before']).toBe(turned.total['only-after']);
        expect(compare(before, before).same).toBe(before.columns.count);
      }),
    );
  });
});
