import { describe, expect, it } from 'vitest';
import type { WindowMode } from '../../../src/core/engine/decision.ts';
import { LATE_ANSWERS, LATE_ANSWERS_INTERCEPT } from '../../../src/core/catalogue/gallery/windows.ts';
import { callsUntilAnswered, HeldAmountObserver, mayHold } from '../../../src/core/simulator/held-amounts.ts';
import { replay } from '../../../src/core/simulator/replay.ts';
import type { Run } from '../../../src/core/simulator/run.ts';
import { runOf } from '../catalogue/gallery-runs.ts';
import { type Call, readPolicy, runCalls } from '../simulator/arrange.ts';

const NOON = Date.parse('2026-01-01T12:00:00Z');

/** What each call of a run held, each asked of a replay of its own. */
function heldOf(run: Run) {
  return Array.from({ length: run.columns.count }, (_, call) => {
    if (!mayHold(run, call)) return [];
    const observer = new HeldAmountObserver(run);
    const again = replay(run, call, observer);
    observer.follow(call);
    again.advanceTo(callsUntilAnswered(run, call));
    return observer.finish();
  });
}

const policy = readPolicy({
  version: '1',
  default: 'deny',
  tools: {
    a: { limits: [{ counter: 'c', window: 'minute', max: 10, scope: 'grant', increment_from: 'args.n' }] },
    b: {},
  },
});

function one(call: Omit<Call, 'tool' | 'atMs'>, windows: WindowMode = 'calendar', later: readonly Call[] = []) {
  const run = runCalls(policy, [{ tool: 'a', atMs: NOON + 50_000, args: { n: 4 }, ...call }, ...later], { windows });
  return heldOf(run)[0];
}

describe('what a call holds while its answer is out', () => {
  const held = { pointer: '/tools/a/limits/0', amount: 4, fromMs: NOON + 50_000 };

  it('is kept when the server answers', () => {
    expect(one({ latencyMs: 200 })).toEqual([
      { ...held, untilMs: NOON + 50_200, fate: 'kept', returned: 0, usedAfter: null },
    ]);
  });

  it.each(['rpc_error', 'tool_error', 'timeout'] as const)('comes back with a %s, at once or later', (upstream) => {
    const back = { ...held, fate: 'returned', returned: 4, usedAfter: 0 };
    expect(one({ upstream })).toEqual([{ ...back, untilMs: NOON + 50_000 }]);
    expect(one({ upstream, latencyMs: 9999 })).toEqual([{ ...back, untilMs: NOON + 59_999 }]);
  });

  it('comes back beside what others took meanwhile', () => {
    const other: Call = { tool: 'a', atMs: NOON + 51_000, args: { n: 5 } };
    const last: Call = { tool: 'a', atMs: NOON + 58_000, args: { n: 1 } };
    const upstream = { upstream: 'rpc_error', latencyMs: 5000 } as const;
    expect(one(upstream, 'calendar', [other, last])).toMatchObject([{ fate: 'returned', returned: 4, usedAfter: 5 }]);
  });

  it('is lost when its window is over, and comes back from a sliding one', () => {
    const late = { upstream: 'rpc_error', latencyMs: 10_000 } as const;
    expect(one(late)).toMatchObject([{ fate: 'lost', returned: 0, usedAfter: null, untilMs: NOON + 60_000 }]);
    expect(one(late, 'anchored')).toMatchObject([{ fate: 'returned', returned: 4 }]);
    expect(one(late, 'sliding')).toMatchObject([{ fate: 'returned', returned: 4, usedAfter: 0 }]);
    expect(one({ ...late, latencyMs: 60_000 }, 'sliding')).toMatchObject([{ fate: 'lost' }]);
  });

  it('is nothing for a denied call, and for a tool without limits', () => {
    const run = runCalls(policy, [
      { tool: 'a', atMs: NOON, args: { n: 11 } },
      { tool: 'b', atMs: NOON, upstream: 'rpc_error' },
    ]);
    expect(heldOf(run)).toEqual([[], []]);
  });
});

describe('a replay that stands at a call, watched from there on', () => {
  it.each(['calendar', 'anchored'] as const)('sees what ends before the call, with %s windows', (windows) => {
    const calls: Call[] = [
      { tool: 'a', atMs: NOON, args: { n: 4 } },
      { tool: 'a', atMs: NOON + 1000, args: { n: 3 }, upstream: 'timeout', latencyMs: 20_000 },
      { tool: 'a', atMs: NOON + 61_000, args: { n: 2 }, upstream: 'timeout', latencyMs: 1000 },
    ];
    const run = runCalls(policy, calls, { windows });
    const observer = new HeldAmountObserver(run);
    const again = replay(run, 2).watchedBy(observer, 2);
    observer.follow(2);
    again?.advanceTo(3);
    expect(observer.finish()).toMatchObject([{ amount: 2, fate: 'returned', returned: 2, usedAfter: 0 }]);
  });
});

describe('an answer that comes when its window is over', () => {
  it('gives back nothing in policylayer', () => {
    const held = heldOf(runOf(LATE_ANSWERS)).flat();
    expect(held.map(({ fate }) => fate)).toEqual(['lost', 'lost', 'lost', 'kept', 'kept', 'kept']);
  });

  it('is subtracted from the next window in intercept', () => {
    const held = heldOf(runOf(LATE_ANSWERS_INTERCEPT)).flat();
    expect(held.slice(0, 3)).toMatchObject(
      [2, 1, 0].map((usedAfter) => ({ fate: 'moved', amount: 1, returned: 1, usedAfter })),
    );
    expect(held.slice(3).map(({ fate }) => fate)).toEqual(Array(6).fill('kept'));
  });
});
