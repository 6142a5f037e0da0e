import fc from 'fast-check';
import { expect, test } from 'vitest';
import { adviseLimit, type LimitAdvice } from '../../../src/core/analysis/limit-advice.ts';
import { createSimulation } from '../../../src/core/simulator/simulate.ts';
import type { CallPlan } from '../../../src/core/simulator/columns.ts';
import type { Policy } from '../../../src/core/policy/model.ts';
import { makePlan, readPolicy } from '../simulator/arrange.ts';
import { drain } from '../drain.ts';

const POINTER = '/tools/a/limits/0';

function policyOf(max: number, spends = false): Policy {
  const limit = { counter: 'c', window: 'minute', max, ...(spends ? { increment_from: 'args.amount' } : {}) };
  return readPolicy({ version: '1', default: 'deny', tools: { a: { limits: [limit] } } });
}

/** A minute's worth of calls each, in calls. */
function traffic(minutes: readonly number[], amount = 1): CallPlan {
  return makePlan(
    minutes.flatMap((calls, minute) =>
      Array.from({ length: calls }, (_, call) => ({ atMs: minute * 60_000 + call, tool: 'a', args: { amount } })),
    ),
  );
}

function advise(max: number, legitimate: CallPlan, attack: CallPlan, spends = false): LimitAdvice | null {
  return drain(
    adviseLimit(policyOf(max, spends), POINTER, legitimate, attack, function* (policy, plan) {
      yield;
      const simulation = createSimulation(policy, plan, { windows: 'calendar', answer: () => 1 });
      simulation.advance(Infinity);
      return simulation.finish(false);
    }),
  );
}

test('the least max is what the busiest minute needs, and the curve says what the attack gets', () => {
  const advice = advise(30, traffic([4, 12, 7]), traffic([1000]));
  expect(advice).toMatchObject({ least: 12, max: 30, legitimateCalls: 23, attackCalls: 1000, used: 0.4 });
  expect(advice?.points.find(({ max }) => max === 12)).toEqual({ max: 12, legitimate: 23, attack: 12 });
  expect(advice?.points.find(({ max }) => max === 30)).toEqual({ max: 30, legitimate: 23, attack: 30 });
  expect(advice?.points[0]).toEqual({ max: 0, legitimate: 0, attack: 0 });
});

test('a limit that is too tight says by how much', () => {
  expect(advise(5, traffic([20]), traffic([]))).toMatchObject({ least: 20, used: 4 });
});

test('what is spent is advised in what is spent', () => {
  expect(advise(1000, traffic([3], 250.5), traffic([]), true)).toMatchObject({ least: 752 });
});

test('no max helps calls that a limit cannot count', () => {
  const uncounted = makePlan([{ atMs: 0, tool: 'a', args: {} }]);
  expect(advise(10, uncounted, traffic([]), true)).toMatchObject({ least: null, used: null });
});

test('there is no advice for a limit that is not there', () => {
  expect(
    drain(
      adviseLimit(policyOf(1), '/tools/b/limits/0', traffic([]), traffic([]), () =>
        expect.unreachable('nothing is decided'),
      ),
    ),
  ).toBeNull();
});

test('one less than the least denies something', () => {
  const minutes = fc.array(fc.nat(9), { minLength: 1, maxLength: 5 });
  fc.assert(
    fc.property(minutes, fc.nat(20), (calls, max) => {
      expect(advise(max, traffic(calls), traffic([]))?.least).toBe(Math.max(...calls));
    }),
    { numRuns: 40 },
  );
});
