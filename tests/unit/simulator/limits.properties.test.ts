import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { UpstreamStatus, WindowMode } from '../../../src/core/engine/decision.ts';
import type { Amount, Limit, Policy } from '../../../src/core/policy/model.ts';
import { type Call, columnsOf, decisionsOf, limitsPolicy, makeLimit, runCalls, verdictsOf } from './arrange.ts';
import { decideByHistory } from './reference.ts';

const WINDOWS: readonly WindowMode[] = ['calendar', 'sliding', 'anchored'];
const TOOLS = ['a', 'b', 'c'];

const anAmount: fc.Arbitrary<Amount> = fc.oneof(
  fc.constantFrom(1, 1, 2, 0.25, 0.5, 3).map((value): Amount => ({ kind: 'static', value })),
  fc.constant<Amount>({ kind: 'argument', segments: ['n'], path: 'args.n' }),
);

const limitsAt = (place: string): fc.Arbitrary<Limit[]> =>
  fc
    .array(
      fc.record({
        windowMs: fc.integer({ min: 1, max: 40 }),
        max: fc.integer({ min: 0, max: 6 }),
        scope: fc.constantFrom('grant', 'session'),
        amount: anAmount,
      }),
      { maxLength: 3 },
    )
    .map((limits) => limits.map((terms, i) => makeLimit(place, `c${i}`, terms)));

const aPolicy: fc.Arbitrary<Policy> = fc
  .tuple(limitsAt('/tools/a'), limitsAt('/tools/b'), limitsAt('/all_tools'))
  .map(([a, b, all]) => limitsPolicy({ a, b }, all));

/** Calls in order of time, many of them at once, many failing late. */
const someCalls: fc.Arbitrary<Call[]> = fc
  .array(
    fc.record({
      gapMs: fc.constantFrom(0, 0, 1, 1, 2, 5, 9, 30),
      tool: fc.constantFrom(...TOOLS),
      grant: fc.constantFrom('g', 'h'),
      session: fc.constantFrom('s', 't'),
      args: fc.oneof(
        fc.constantFrom(0, 0.5, 1, 2, 3, 7).map((n) => ({ n })),
        fc.constantFrom({}, { n: -1 }, { n: '1' }, { n: null }, { n: Infinity }),
      ),
      upstream: fc.constantFrom<UpstreamStatus>('ok', 'ok', 'rpc_error', 'tool_error', 'timeout'),
      latencyMs: fc.constantFrom(0, 0, 1, 2, 5, 20, 50),
    }),
    { maxLength: 40 },
  )
  .map((steps) => {
    let atMs = 1_000_000;
    return steps.map(({ gapMs, ...call }) => ({ ...call, atMs: (atMs += gapMs) }));
  });

describe.each(WINDOWS)('%s windows', (windows) => {
  test('agree with the plain reading of the specification', () => {
    fc.assert(
      fc.property(aPolicy, someCalls, (policy, calls) => {
        const expected = decideByHistory(policy, windows, calls);
        const run = runCalls(policy, calls, { windows });
        expect(verdictsOf(run)).toEqual(expected.map(({ rule }) => rule || 'allow'));
        expect(decisionsOf(run).map(({ rule, retryAtMs }) => ({ rule, retryAtMs }))).toEqual(expected);
      }),
      { numRuns: 400 },
    );
  });

  test('do not depend on how the calls are cut, nor on shared arguments', () => {
    fc.assert(
      fc.property(aPolicy, someCalls, fc.integer({ min: 1, max: 7 }), (policy, calls, slice) => {
        const whole = verdictsOf(runCalls(policy, calls, { windows }));
        expect(verdictsOf(runCalls(policy, calls, { windows, slice }))).toEqual(whole);
        expect(verdictsOf(runCalls(policy, calls, { windows, slice, sharedArgs: true }))).toEqual(whole);
      }),
    );
  });

  test('a denied call takes nothing: without it the others are decided alike', () => {
    fc.assert(
      fc.property(aPolicy, someCalls, (policy, calls) => {
        const verdicts = verdictsOf(runCalls(policy, calls, { windows }));
        const allowed = calls.filter((_, i) => verdicts[i] === 'allow');
        expect(verdictsOf(runCalls(policy, allowed, { windows }))).toEqual(allowed.map(() => 'allow'));
      }),
    );
  });
});

describe('a limit', () => {
  const perGrant = (max: number) =>
    limitsPolicy(
      { a: [makeLimit('/tools/a', 'c', { windowMs: 10, max, scope: 'grant', amount: { kind: 'static', value: 1 } })] },
      [],
    );
  const answered = someCalls.map((calls) => calls.map((call): Call => ({ ...call, tool: 'a', upstream: 'ok' })));

  const timesOf = (calls: readonly Call[], windows: WindowMode, max: number, grant: string): number[] => {
    const verdicts = verdictsOf(runCalls(perGrant(max), calls, { windows }));
    return calls.filter((call, i) => call.grant === grant && verdicts[i] === 'allow').map(({ atMs }) => atMs);
  };

  test('never allows more than its max in a calendar window', () => {
    fc.assert(
      fc.property(answered, fc.integer({ min: 0, max: 4 }), (calls, max) => {
        const counts = new Map<number, number>();
        for (const atMs of timesOf(calls, 'calendar', max, 'g')) {
          const window = Math.floor(atMs / 10);
          counts.set(window, (counts.get(window) ?? 0) + 1);
        }
        expect(Math.max(0, ...counts.values())).toBeLessThanOrEqual(max);
      }),
    );
  });

  test('never allows more than its max in any sliding window', () => {
    fc.assert(
      fc.property(answered, fc.integer({ min: 0, max: 4 }), (calls, max) => {
        const times = timesOf(calls, 'sliding', max, 'g');
        for (const start of times) {
          expect(times.filter((atMs) => atMs >= start && atMs < start + 10).length).toBeLessThanOrEqual(max);
        }
      }),
    );
  });
});

describe('a replay', () => {
  test('brings every decision again, wherever it starts', () => {
    fc.assert(
      fc.property(aPolicy, someCalls, fc.constantFrom(...WINDOWS), (policy, calls, windows) => {
        const run = runCalls(policy, calls, { windows, sharedArgs: true });
        const columns = columnsOf(run);
        const rules = decisionsOf(run).map(({ rule }) => rule || 'allow');
        expect(rules).toEqual(verdictsOf(run));
        expect(columnsOf(run)).toEqual(columns);
      }),
    );
  });
});
