import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { UpstreamStatus, WindowMode } from '../../../src/core/engine/decision.ts';
import { replay } from '../../../src/core/simulator/replay.ts';
import type { CounterObserver, Run } from '../../../src/core/simulator/run.ts';
import {
  type Call,
  columnsOf,
  decisionsOf,
  limitsPolicy,
  makeLimit,
  readPolicy,
  runCalls,
  verdictsOf,
} from './arrange.ts';

const START = Date.UTC(2026, 0, 1);
const at = (ms: number, more: Partial<Call> = {}): Call => ({ atMs: START + ms, tool: 'pay', ...more });

const policy = readPolicy({
  version: '1',
  default: 'deny',
  all_tools: { limits: [{ counter: 'all', window: 'hour', max: 100 }] },
  tools: {
    pay: {
      require: [{ conditions: [{ path: 'args.n', op: 'exists', value: true }] }],
      limits: [{ counter: 'spend', window: 'minute', max: 10, increment_from: 'args.n' }],
    },
    ask: { action: 'require_approval' },
  },
});

describe('a replay', () => {
  const calls = [at(0, { args: { n: 7 } }), at(5, { args: { n: 4 } }), at(6, { args: {} }), at(7, { tool: 'other' })];
  const run = runCalls(policy, calls);

  test('gives the decision of one call with every limit it met', () => {
    expect(replay(run, 1).decide(1)).toEqual({
      outcome: 'deny',
      rule: '/tools/pay/limits/spend',
      pointer: '/tools/pay/limits/0',
      message: 'pay: limit of 10 of args.n per minute reached. Resets at 2026-01-01T00:01:00.000Z.',
      retryAtMs: START + 60_000,
      counters: [
        {
          rule: '/tools/pay/limits/spend',
          pointer: '/tools/pay/limits/0',
          counter: 'spend',
          scope: 'grant',
          usedBefore: 7,
          amount: 4,
          usedAfter: 7,
          max: 10,
          windowMs: 60_000,
          windowStartMs: START,
          windowEndMs: START + 60_000,
          fits: false,
        },
      ],
    });
  });

  test('an allowed call shows all limits, before and after', () => {
    const { counters, outcome, message } = replay(run, 0).decide(0);
    expect([outcome, message]).toEqual(['allow', '']);
    expect(counters.map(({ counter, usedBefore, usedAfter, fits }) => [counter, usedBefore, usedAfter, fits])).toEqual([
      ['spend', 0, 7, true],
      ['all', 0, 1, true],
    ]);
  });

  test('a call that a rule denies has looked at no limit', () => {
    expect(replay(run, 2).decide(2)).toMatchObject({ rule: '/tools/pay/require/args.n-exists', counters: [] });
  });

  test('goes forward only', () => {
    const again = replay(run, 2);
    expect(again.nextCall).toBe(2);
    expect(again.decide(3).rule).toBe('(default deny)');
    expect(() => again.decide(1)).toThrow(RangeError);
    expect(() => again.advanceTo(1)).toThrow(RangeError);
    expect(() => again.decide(4)).toThrow(RangeError);
  });

  test('tells what may settle a call of a tool, in order', () => {
    const withAsk = runCalls(policy, [at(0, { tool: 'ask' }), ...calls]);
    const again = replay(withAsk, 0);
    const steps = withAsk.table.tools.map((_, tool) => again.stepsOf(tool));
    const rulesOf = (deciders: readonly number[]) => deciders.map((decider) => withAsk.deciders[decider]!.rule);
    const [ask, pay, other] = steps;
    expect(rulesOf([ask!.approval!])).toEqual(['/tools/ask/action']);
    expect(rulesOf(pay!.rules)).toEqual(['/tools/pay/require/args.n-exists']);
    expect(pay!.limits.map((limit) => withAsk.limits[limit]!.limit.counter)).toEqual(['spend', 'all']);
    expect(rulesOf([other!.refusal!])).toEqual(['(default deny)']);
    expect([pay!.refusal, pay!.approval]).toEqual([null, null]);
  });

  test('leaves the run as it is', () => {
    const before = columnsOf(run);
    decisionsOf(run);
    expect(columnsOf(run)).toEqual(before);
  });

  test('of a run with retries follows the run, not the plan', () => {
    const reactions = { g: { retry: { max: 3, delayMs: 30_000, factor: 1, respectRetryAt: false } } };
    const retried = runCalls(policy, [at(0, { args: { n: 7 } }), at(5, { args: { n: 4 } })], { reactions });
    expect(verdictsOf(retried)).toEqual(['allow', '/tools/pay/limits/spend', '/tools/pay/limits/spend', 'allow']);
    expect(decisionsOf(retried).map(({ outcome }) => outcome)).toEqual(['allow', 'deny', 'deny', 'allow']);
  });

  test('of a long run with failures meets the same counters at any call', () => {
    const limit = makeLimit('/tools/pay', 'c', {
      windowMs: 1000,
      max: 500,
      scope: 'grant',
      amount: { kind: 'static', value: 1 },
    });
    const many = Array.from({ length: 70_000 }, (_, i) =>
      at(i, { upstream: i % 7 === 0 ? 'timeout' : 'ok', latencyMs: 40 }),
    );
    const long = runCalls(limitsPolicy({ pay: [limit] }, []), many);
    const rules = verdictsOf(long);
    for (const call of [0, 499, 65_535, 65_536, 69_999]) {
      expect(replay(long, call).decide(call).rule || 'allow').toBe(rules[call]);
    }
  });
});

/** What an observer was told, as lines. */
function watch(run: Run): string[] {
  const lines: string[] = [];
  const tell =
    (what: string): NonNullable<CounterObserver['taken']> =>
    (limit, owner, call, atMs, used, startMs, endMs) => {
      const counter = `${run.limits[limit]!.limit.counter} of ${run.limits[limit]!.owners[owner]!}`;
      lines.push(`${atMs - START} ${what} ${counter} by ${call}: ${used} in ${startMs - START}-${endMs - START}`);
    };
  replay(run, run.columns.count, {
    taken: tell('taken'),
    returned: tell('returned'),
    expired: (limit, owner, atMs, used) => {
      lines.push(
        `${atMs - START} expired ${run.limits[limit]!.limit.counter} of ${run.limits[limit]!.owners[owner]!}: ${used}`,
      );
    },
  });
  return lines;
}

describe('an observer', () => {
  const limit = makeLimit('/tools/pay', 'c', {
    windowMs: 100,
    max: 2,
    scope: 'session',
    amount: { kind: 'static', value: 1 },
  });
  const only = limitsPolicy({ pay: [limit] }, []);
  const calls = [at(10), at(20, { upstream: 'timeout', latencyMs: 15 }), at(50), at(60), at(230)];
  const observe = (windows: WindowMode) => watch(runCalls(only, calls, { windows }));

  test('sees calendar windows fill, get back and end', () => {
    expect(observe('calendar')).toEqual([
      '10 taken c of g / s by 0: 1 in 0-100',
      '20 taken c of g / s by 1: 2 in 0-100',
      '35 returned c of g / s by 1: 1 in 0-100',
      '50 taken c of g / s by 2: 2 in 0-100',
      '100 expired c of g / s: 0',
      '230 taken c of g / s by 4: 1 in 200-300',
      '300 expired c of g / s: 0',
    ]);
  });

  test('sees anchored windows open with a call', () => {
    expect(observe('anchored').filter((line) => !line.includes('returned'))).toEqual([
      '10 taken c of g / s by 0: 1 in 10-110',
      '20 taken c of g / s by 1: 2 in 10-110',
      '50 taken c of g / s by 2: 2 in 10-110',
      '110 expired c of g / s: 0',
      '230 taken c of g / s by 4: 1 in 230-330',
      '330 expired c of g / s: 0',
    ]);
  });

  test('sees each amount leave a sliding window, but not one that was given back', () => {
    expect(observe('sliding')).toEqual([
      '10 taken c of g / s by 0: 1 in -90-Infinity',
      '20 taken c of g / s by 1: 2 in -80-Infinity',
      '35 returned c of g / s by 1: 1 in -65-Infinity',
      '50 taken c of g / s by 2: 2 in -50-Infinity',
      '110 expired c of g / s: 1',
      '150 expired c of g / s: 0',
      '230 taken c of g / s by 4: 1 in 130-Infinity',
      '330 expired c of g / s: 0',
    ]);
  });

  test('sees an amount leave before another comes back at the same millisecond', () => {
    const some = [at(0), at(40, { upstream: 'timeout', latencyMs: 60 })];
    expect(watch(runCalls(only, some, { windows: 'sliding' })).slice(2)).toEqual([
      '100 expired c of g / s: 1',
      '100 returned c of g / s by 1: 0 in 0-Infinity',
    ]);
  });

  const someCalls = fc
    .array(
      fc.record({
        gapMs: fc.constantFrom(0, 1, 3, 20, 60),
        grant: fc.constantFrom('g', 'h'),
        upstream: fc.constantFrom<UpstreamStatus>('ok', 'timeout'),
        latencyMs: fc.constantFrom(0, 1, 30, 150),
      }),
      { maxLength: 40 },
    )
    .map((steps) => {
      let ms = 0;
      return steps.map(({ gapMs, ...call }) => at((ms += gapMs), call));
    });

  test.each<WindowMode>(['calendar', 'sliding', 'anchored'])('%s: is told in order what each call meets', (windows) => {
    fc.assert(
      fc.property(someCalls, (some) => {
        const run = runCalls(only, some, { windows });
        const told = new Map<string, number>();
        let lastMs = -Infinity;
        const tell = (limit: number, owner: number, atMs: number, used: number) => {
          expect(atMs).toBeGreaterThanOrEqual(lastMs);
          lastMs = atMs;
          told.set(`${limit} ${owner}`, used);
        };
        const again = replay(run, 0, {
          taken: (limit, owner, _call, atMs, used) => tell(limit, owner, atMs, used),
          returned: (limit, owner, _call, atMs, used) => tell(limit, owner, atMs, used),
          expired: tell,
        });
        for (let call = 0; call < run.columns.count; call++) {
          const { counters, outcome } = again.decide(call);
          const owner = run.limits[0]!.owners.indexOf(`${some[call]!.grant} / s`);
          const gaveBackAtOnce = some[call]!.upstream !== 'ok' && some[call]!.latencyMs === 0 && outcome === 'allow';
          const { usedBefore, usedAfter } = counters[0]!;
          expect(told.get(`0 ${owner}`) ?? 0).toBe(gaveBackAtOnce ? usedBefore : usedAfter);
        }
        again.advanceTo(run.columns.count);
        expect([...told.values()].filter((used) => used !== 0)).toEqual([]);
      }),
    );
  });
});
