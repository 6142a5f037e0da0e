import { describe, expect, test } from 'vitest';
import { readInterceptText } from '../../../src/core/policy/intercept/read.ts';
import { compilePattern } from '../../../src/core/policy/pattern.ts';
import type { Policy } from '../../../src/core/policy/model.ts';
import { replay } from '../../../src/core/simulator/replay.ts';
import { type Call, decisionsOf, limitsPolicy, makeLimit, runCalls, verdictsOf } from './arrange.ts';

const START = Date.UTC(2026, 0, 1);
const at = (ms: number, more: Partial<Call> = {}): Call => ({ atMs: START + ms, tool: 'pay', ...more });

function read(text: string): Policy {
  const { policy, diagnostics } = readInterceptText(text, compilePattern);
  if (!policy) throw new Error(JSON.stringify(diagnostics));
  return policy;
}

/** A rule that counts on `counter` of `tool` up to `max`. */
const counting = (name: string, tool: string, counter: string, max: number, state: string) => `
      - name: ${name}
        conditions: [{ path: state.${tool}.${counter}, op: lte, value: ${max} }]
        state: { counter: ${counter}, ${state} }`;

const messages = (policy: Policy, calls: readonly Call[]): string[] =>
  decisionsOf(runCalls(policy, calls)).map(({ outcome, message }) => (outcome === 'allow' ? 'allow' : message));

describe('counters of intercept', () => {
  test('are one for all callers, whatever the window mode', () => {
    const policy = read(`version: "1"\ntools:\n  pay:\n    rules: [{ name: r, rate_limit: 1/minute }]`);
    const calls = [at(30_000), at(40_000, { grant: 'other', session: 'x' }), at(60_000)];
    for (const windows of ['calendar', 'sliding', 'anchored'] as const) {
      expect(verdictsOf(runCalls(policy, calls, { windows, noPolicy: ['g'] }))).toEqual(['allow', 'r', 'allow']);
    }
  });

  test('count 64-bit increments exactly: 2^63 - 1 is over a limit, and wraps once something is counted', () => {
    const text = (increment: string): string =>
      `version: 1\ntools:\n  pay:\n    rules:${counting('one', 'pay', 'c', 5, 'window: minute')}\n  big:\n    rules:${counting('r', 'big', 'c', 5, `window: minute, increment: ${increment}`)}`;
    const big = at(0, { tool: 'big' });
    expect(messages(read(text('9223372036854775807')), [big])).toEqual(['Rate limit exceeded for r']);
    const lowest = read(text('-9223372036854775808'));
    expect(messages(lowest, [big, big, big])).toEqual(['allow', 'allow', 'allow']);
  });

  test('only a JSON-RPC error gives back, and from the stored value even when its window is over', () => {
    const policy = read(`version: "1"\ntools:\n  pay:\n    rules: [{ name: r, rate_limit: 2/minute }]`);
    const calls = [
      at(0, { upstream: 'timeout' }),
      at(1, { upstream: 'rpc_error', latencyMs: 60_005 }),
      at(60_000),
      at(60_001),
      at(60_002),
      at(60_006),
      at(60_007),
    ];
    const full = 'Rate limit of 2 per minute reached. Try again later.';
    expect(messages(policy, calls)).toEqual(['allow', 'allow', 'allow', 'allow', full, 'allow', full]);
  });

  test('a reservation that fails gives the earlier ones back, never below zero', () => {
    const policy = read(`version: "1"
tools:
  pay:
    rules:${counting('spend', 'pay', 'spent', 5, 'window: day, increment_from: args.n')}${counting('gate', 'pay', 'gate', 0, 'window: day, increment_from: args.gate')}`);
    // Spends −3, then reserves 1 more, which the full gate gives back: −2 − 1 is cut off at 0, and 6 no longer fits.
    const calls = [
      at(0, { args: { n: -3, gate: 0 } }),
      at(1, { args: { n: 1, gate: 1 } }),
      at(2, { args: { n: 6, gate: 0 } }),
    ];
    expect(messages(policy, calls)).toEqual(['allow', 'Rate limit exceeded for gate', 'Rate limit exceeded for spend']);
    expect(messages(policy, [calls[0]!, calls[2]!])).toEqual(['allow', 'allow']);
  });

  test('a decision shows what each reservation met, also of a counter that is reserved twice', () => {
    const policy = read(`version: "1"
tools:
  _global:
    rules:${counting('first', '_global', 'c', 9, 'window: day, increment: 4')}
  "*":
    rules:${counting('second', '_global', 'c', 9, 'window: day, increment: 5')}`);
    const both = (ms: number) => at(ms, { tool: '_global' });
    const decisions = decisionsOf(runCalls(policy, [both(0), both(1)]));
    expect(decisions[0]!.counters.map(({ usedBefore, amount, usedAfter }) => [usedBefore, amount, usedAfter])).toEqual([
      [0, 4, 4],
      [4, 5, 9],
    ]);
    expect(decisions[1]).toMatchObject({ rule: 'first', message: 'Rate limit exceeded for first' });
    expect(decisions[1]!.retryAtMs).toBe(START + 86_400_000);
  });

  test('an amount that is missing or beyond 64 bits denies on its limit and gives the earlier ones back', () => {
    const policy = read(`version: "1"
tools:
  pay:
    rules:${counting('calls', 'pay', 'calls', 1, 'window: day')}${counting('spend', 'pay', 'spent', 9, 'window: day, increment_from: args.n')}`);
    const calls = [at(0), at(1, { args: { n: 1e19 } }), at(2, { args: { n: 1 } }), at(3, { args: { n: 1 } })];
    expect(decisionsOf(runCalls(policy, calls))).toMatchObject([
      { rule: 'spend', message: 'Internal policy error', retryAtMs: null },
      { rule: 'spend', message: 'Internal policy error', retryAtMs: null },
      { outcome: 'allow' },
      { rule: 'calls', retryAtMs: START + 86_400_000 },
    ]);
  });

  test('a state block without a limit of its own counts nothing, and yet a missing amount denies', () => {
    const policy = read(`version: "1"
tools:
  pay:
    rules:
      - name: r
        conditions: [{ path: args.x, op: exists, value: false }]
        state: { counter: c, window: day, increment_from: args.n }`);
    const calls = [at(0, { args: { n: 1e6 } }), at(1, { args: { n: 1e6 } }), at(2)];
    expect(messages(policy, calls)).toEqual(['allow', 'allow', 'Internal policy error']);
  });

  test('conditions read the counter before the call is counted, in the window it was counted in', () => {
    const policy = read(`version: "1"
tools:
  pay:
    rules:${counting('calls', 'pay', 'n', 100, 'window: minute')}
  send:
    rules:
      - { name: after two, conditions: [{ path: state.pay.n, op: gte, value: 2 }] }
      - { name: never, conditions: [{ path: state.pay.n, op: neq, value: "3" }] }`);
    const send = { tool: 'send' };
    const calls = [at(0), at(1, send), at(2), at(3, send), at(4), at(5, send), at(60_000, send)];
    expect(verdictsOf(runCalls(policy, calls))).toEqual([
      'allow',
      'after two',
      'allow',
      'allow',
      'allow',
      'never',
      'after two',
    ]);
  });

  test('names that join to one key share a counter', () => {
    const policy = read(`version: "1"
tools:
  a.b:
    rules:${counting('one', 'a.b', 'c', 2, 'window: day')}
  a:
    rules:${counting('two', 'a', 'b.c', 2, 'window: day')}`);
    const calls = [at(0, { tool: 'a' }), at(1, { tool: 'a.b' }), at(2, { tool: 'a' }), at(3, { tool: 'a.b' })];
    expect(verdictsOf(runCalls(policy, calls))).toEqual(['allow', 'allow', 'two', 'one']);
  });

  test('a tool called * meets its rules once and the limits of every tool', () => {
    const policy = read('version: "1"\ndefault: deny\ntools: { "*": { rules: [{ name: r, rate_limit: 1/day }] } }');
    const calls = [at(0, { tool: '*' }), at(1, { tool: '*' }), at(2)];
    const run = runCalls(policy, calls);
    expect(verdictsOf(run)).toEqual(['allow', 'r', '(default deny)']);
    const { rules, limits } = replay(run, 0).stepsOf(0);
    expect([rules.length, limits.length]).toEqual([1, 2]);
  });

  test('names that refuse a call are quoted as Go does', () => {
    const policy = read(
      'version: "1"\ndefault: deny\nhide: [a"b]\ntools: { x: { rules: [{ name: r\\, action: deny }] } }',
    );
    const calls = [at(0, { tool: 'a"b' }), at(1, { tool: 'tab\t' }), at(2, { tool: 'x' })];
    expect(messages(policy, calls)).toEqual([
      String.raw`Tool "a\"b" is hidden by policy`,
      String.raw`Tool "tab\t" is not permitted by policy`,
      String.raw`Denied by rule "r\\"`,
    ]);
  });
});

describe('64-bit integers of intercept', () => {
  const limit = (max: number, exactMax?: bigint) => ({
    ...makeLimit('pay', 'c', {
      windowMs: 60_000,
      max,
      scope: 'everyone',
      amount: { kind: 'argument', segments: ['n'], path: 'args.n' },
    }),
    ...(exactMax === undefined ? {} : { exactMax }),
  });
  const decide = (max: number, exactMax: bigint | undefined, amounts: readonly number[]) => {
    const policy: Policy = { ...limitsPolicy({ pay: [limit(max, exactMax)] }, []), dialect: 'intercept' };
    return messages(
      policy,
      amounts.map((n, i) => at(i, { args: { n } })),
    ).map((message) => message === 'allow');
  };

  test('are exact beyond 2^53', () => {
    const most = 2n ** 53n + 3n;
    expect(decide(Number(most), most, [2 ** 53, 1, 1, 1, 1])).toEqual([true, true, true, true, false]);
  });

  test('a max at either end of 64 bits is one, beyond it every call is denied', () => {
    expect(decide(2 ** 63, 2n ** 63n - 1n, [5])).toEqual([true]);
    expect(decide(2 ** 63, undefined, [5])).toEqual([false]);
    expect(decide(-(2 ** 63), undefined, [-(2 ** 63), -1])).toEqual([true, false]);
    expect(decide(Infinity, undefined, [0])).toEqual([false]);
  });
});
