import { describe, expect, test } from 'vitest';
import type { WindowMode } from '../../../src/core/engine/decision.ts';
import type { Policy, ToolPolicy } from '../../../src/core/policy/model.ts';
import { callsUntilAnswered, HeldAmountObserver, mayHold } from '../../../src/core/simulator/held-amounts.ts';
import { replayForCall } from '../../../src/core/simulator/replay-for-call.ts';
import { replay, replayNear, type Replay } from '../../../src/core/simulator/replay.ts';
import type { CounterObserver, Run } from '../../../src/core/simulator/run.ts';
import { type Call, decisionsOf, readPolicy, runCalls } from './arrange.ts';

const START = Date.UTC(2026, 0, 1, 0, 30);
const CALLS = 75_000;
/** Spread over the whole run, both sides of a checkpoint, and the last. */
const ASKED = [...Array.from({ length: 60 }, (_, i) => i * 1249), 32_767, 32_768, 32_769, 65_537, CALLS - 1];

const policy = readPolicy({
  version: '1',
  default: 'deny',
  all_tools: { limits: [{ counter: 'all', window: 'hour', max: 60_000, scope: 'session' }] },
  tools: {
    pay: {
      deny_if: [{ conditions: [{ path: 'args.n', op: 'eq', value: 9 }] }],
      limits: [{ counter: 'spend', window: 'minute', max: 700, increment_from: 'args.n', scope: 'grant' }],
    },
    read: { limits: [{ counter: 'reads', window: 'minute', max: 150 }] },
    ask: { action: 'require_approval', limits: [{ counter: 'asks', window: 'minute', max: 9 }] },
  },
});

const shared = (tool: ToolPolicy): ToolPolicy => ({
  ...tool,
  limits: tool.limits.map((limit) => ({ ...limit, scope: 'everyone' })),
});

/** The same rules; counters are everyone's there. */
const intercept: Policy = {
  ...policy,
  dialect: 'intercept',
  everyTool: policy.everyTool && shared(policy.everyTool),
  tools: new Map([...policy.tools].map(([name, tool]) => [name, shared(tool)])),
};

/** A call every 20 ms: four grants, failures late and at once, amounts that add up with rounding. */
const calls = Array.from({ length: CALLS }, (_, i): Call => {
  const tool = ['pay', 'read', 'pay', 'read', 'other'][i % 5]!;
  return {
    atMs: START + 20 * i,
    tool: i % 97 === 0 ? 'ask' : tool,
    grant: `g${(i * 7) % 4}`,
    args: { n: ((i * 31) % 100) / 10 },
    upstream: i % 11 === 0 ? 'rpc_error' : 'ok',
    latencyMs: i % 22 === 0 ? 900 : 0,
  };
});

function whole(call: Call): Call {
  return { ...call, args: { n: Math.round(Number(call.args?.['n'])) } };
}

const approvals = { mode: 'approve', afterMs: 3000 } as const;
const circumstances = { approvals, sharedArgs: true, slice: 8192 } as const;

function heldBy(run: Run, call: number, begin: (observer: CounterObserver) => Replay) {
  const observer = new HeldAmountObserver(run);
  const again = begin(observer);
  again.advanceTo(call);
  observer.follow(call);
  again.advanceTo(callsUntilAnswered(run, call));
  return observer.finish().map((held) => ({ ...held, amount: Math.round(held.amount * 1e6) }));
}

const cases: readonly (readonly [string, Policy, WindowMode, readonly Call[]])[] = [
  ['calendar', policy, 'calendar', calls],
  ['anchored', policy, 'anchored', calls],
  ['sliding', policy, 'sliding', calls],
  ['stored', intercept, 'calendar', calls.map(whole)],
];

describe.each(cases)('a run with %s windows', (_, terms, windows, made) => {
  const run = runCalls(terms, made, { ...circumstances, windows });
  const decisions = decisionsOf(run);

  test('comes to the same decision of any call from near as from the beginning', () => {
    for (const call of ASKED) {
      expect(replayForCall(run, null, call).decide(call), `call ${call}`).toEqual(decisions[call]);
    }
  });

  test('goes on where an earlier replay has come near', () => {
    let going: Replay | null = null;
    for (const call of [40_000, 40_001, 40_500, 74_000, 40_002]) {
      going = replayForCall(run, going, call);
      expect(going.decide(call), `call ${call}`).toEqual(decisions[call]);
    }
  });

  test('tells what calls held as from the beginning', () => {
    for (const call of ASKED.filter((asked) => asked % 3 === 0 && mayHold(run, asked)).slice(-6)) {
      const fromNear = heldBy(run, call, (observer) => replayForCall(run, null, call, observer));
      expect(fromNear, `call ${call}`).toEqual(heldBy(run, call, (observer) => replay(run, 0, observer)));
    }
  });
});

test.each(cases)(
  'where a replay of %s windows stands, another begins that tells what a call held',
  (...[, terms, windows, made]) => {
    const run = runCalls(terms, made, { ...circumstances, windows });
    const asked = Array.from({ length: 40 }, (_, i) => 22 * (1600 + 40 * i) + (i % 3)).filter((call) =>
      mayHold(run, call),
    );
    expect(asked.length).toBeGreaterThan(8);
    const fates = new Set<string>();
    for (const call of asked) {
      const near = replayForCall(run, null, call);
      near.advanceTo(call);
      const held = heldBy(run, call, (observer) => {
        const again = near.watchedBy(observer, call);
        expect(again?.nextCall).toBe(call);
        return again ?? near;
      });
      expect(held, `call ${call}`).toEqual(heldBy(run, call, (observer) => replay(run, 0, observer)));
      for (const { fate } of held) fates.add(fate);
      expect(near.decide(call)).toEqual(replay(run, call).decide(call));
      expect(near.watchedBy({}, call)).toBeNull();
    }
    expect([...fates].sort()).toEqual(['kept', 'returned']);
  },
);

test('a replay begins no further from a call than checkpoints lie apart', () => {
  const run = runCalls(policy, calls, circumstances);
  const { nextCall } = replayForCall(run, null, 70_000);
  expect(nextCall).toBeGreaterThan(70_000 - 40_960);
  expect(nextCall).toBeLessThanOrEqual(70_000);
});

test('approvals and what is awaited are part of a checkpoint', () => {
  const run = runCalls(policy, calls, circumstances);
  const asked = calls.flatMap(({ tool }, call) => (tool === 'ask' && call > 33_000 ? [call] : [])).slice(0, 40);
  const decisions = decisionsOf(run);
  expect(new Set(asked.map((call) => decisions[call]!.outcome)).size).toBeGreaterThan(1);
  for (const call of asked) expect(replayForCall(run, null, call).decide(call)).toEqual(decisions[call]);
});

describe.each(['calendar', 'anchored'] as const)('a checkpoint of %s windows', (windows) => {
  const few = readPolicy({
    version: '1',
    default: 'allow',
    tools: { pay: { limits: [{ counter: 'spend', window: 'minute', max: 9 }] } },
  });
  const other = Array.from({ length: 8191 }, (): Call => ({ tool: 'other', atMs: START }));
  const made = [...other, { tool: 'pay', atMs: START + 1000 }, { tool: 'pay', atMs: START + 200_000 }];
  const run = runCalls(few, made, { windows, slice: 8192 });

  test('is a state of its last call: what the next one ends has not ended yet', () => {
    const seen: (readonly [string, number])[] = [];
    const again = replayNear(run, null, 8192, {
      held: (_limit, _owner, used) => seen.push(['held', used]),
      expired: (_limit, _owner, atMs) => seen.push(['expired', atMs - START]),
    });
    expect(again.nextCall).toBe(8192);
    expect(seen).toEqual([['held', 1]]);
    again.advanceTo(8193);
    expect(seen[1]).toEqual(['expired', windows === 'calendar' ? 60_000 : 61_000]);
  });
});
