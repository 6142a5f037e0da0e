import { describe, expect, test } from 'vitest';
import { OUTCOME_CODE, UPSTREAM_CODE } from '../../../src/core/simulator/columns.ts';
import { MAX_CALLS } from '../../../src/core/scenario/limits.ts';
import { createSimulation } from '../../../src/core/simulator/simulate.ts';
import { type Call, columnsOf, decisionsOf, makePlan, readPolicy, runCalls, verdictsOf } from './arrange.ts';

const START = Date.UTC(2026, 0, 1);
const at = (ms: number, more: Partial<Call> = {}): Call => ({ atMs: START + ms, tool: 'pay', ...more });

const perMinute = (max: number, more: object = {}) => ({
  version: '1',
  default: 'deny',
  tools: { pay: { limits: [{ counter: 'c', window: 'minute', max }], ...more } },
});

describe('columns', () => {
  const policy = readPolicy({ ...perMinute(1), hide: ['secret'] });
  const calls = [at(0), at(1), at(2, { tool: 'secret' }), at(3, { tool: 'other' })];

  test('hold outcome, decider and answer of every call', () => {
    const run = runCalls(policy, calls);
    const { allow, deny, hidden } = OUTCOME_CODE;
    expect(columnsOf(run)).toMatchObject({ outcome: [allow, deny, hidden, deny], status: [1, 0, 0, 0] });
    expect(verdictsOf(run)).toEqual(['allow', '/tools/pay/limits/c', '(hidden)', '(default deny)']);
  });

  test('share the arrays of the plan while calls are made as planned', () => {
    const plan = makePlan(calls, { reactions: { g: { approvalRetryAfterMs: 5 } } });
    const simulation = createSimulation(policy, plan, { windows: 'calendar', answer: () => 1 });
    expect(simulation.advance(100)).toBe(true);
    expect(simulation.finish(false).columns.atMs).toBe(plan.calls.atMs);
  });

  test('deciders and limits name what settled the calls', () => {
    const run = runCalls(policy, calls);
    expect(run.deciders[0]).toEqual({ kind: 'allowed', rule: '', pointer: '', limit: -1 });
    const settled = run.deciders[run.columns.decider[1]!]!;
    expect(settled).toEqual({ kind: 'limit', rule: '/tools/pay/limits/c', pointer: '/tools/pay/limits/0', limit: 0 });
    expect(run.limits[0]).toMatchObject({ tool: 'pay', owners: ['g'] });
  });
});

describe('progress', () => {
  test('counts decided calls; a stopped run is partial', () => {
    const plan = makePlan([at(0), at(1), at(2)]);
    const simulation = createSimulation(readPolicy(perMinute(5)), plan, { windows: 'calendar', answer: () => 1 });
    expect(simulation.advance(2)).toBe(false);
    expect(simulation.decided).toBe(2);
    const run = simulation.finish(true);
    expect([run.partial, run.columns.count]).toEqual([true, 2]);
    expect(simulation.advance(2)).toBe(true);
    expect(simulation.finish(false).partial).toBe(false);
  });

  test('no calls is a finished run', () => {
    const simulation = createSimulation(readPolicy(perMinute(5)), makePlan([]), {
      windows: 'calendar',
      answer: () => 1,
    });
    expect(simulation.advance(10)).toBe(true);
    expect(simulation.finish(false)).toMatchObject({ partial: false, columns: { count: 0 } });
  });
});

describe('the server', () => {
  test('is asked once for each forwarded call that the plan leaves to it, in order', () => {
    const asked: [tool: number, argsId: number][] = [];
    const answer = (tool: number, argsId: number) => {
      asked.push([tool, argsId]);
      return argsId === 0 ? UPSTREAM_CODE.tool_error : UPSTREAM_CODE.ok;
    };
    const calls = [at(0), at(0), at(1), at(2, { tool: 'other' })].map((call) => ({
      ...call,
      upstream: 'auto' as const,
    }));
    const run = runCalls(readPolicy(perMinute(1)), calls, { answer });
    expect(asked).toEqual([
      [0, 0],
      [0, 1],
    ]);
    expect(columnsOf(run)['status']).toEqual([UPSTREAM_CODE.tool_error, UPSTREAM_CODE.ok, 0, 0]);
    expect(verdictsOf(run)).toEqual(['allow', 'allow', '/tools/pay/limits/c', '(default deny)']);
  });

  test.each(['rpc_error', 'tool_error', 'timeout'] as const)(
    'a late %s gives back from its own time on',
    (upstream) => {
      const calls = [at(0, { upstream, latencyMs: 10 }), at(9), at(10), at(11)];
      expect(verdictsOf(runCalls(readPolicy(perMinute(1)), calls))).toEqual([
        'allow',
        '/tools/pay/limits/c',
        'allow',
        '/tools/pay/limits/c',
      ]);
    },
  );

  test('answers that arrive after the window give nothing back', () => {
    const calls = [at(59_999, { upstream: 'timeout', latencyMs: 1 }), at(60_000), at(60_001)];
    expect(verdictsOf(runCalls(readPolicy(perMinute(1)), calls))).toEqual(['allow', 'allow', '/tools/pay/limits/c']);
  });
});

describe('grants without a policy', () => {
  test('are refused before anything else, and nothing is pointed at', () => {
    const policy = readPolicy({ ...perMinute(1), hide: ['pay'] });
    const [decision] = decisionsOf(runCalls(policy, [at(0, { grant: 'x' })], { noPolicy: ['x', 'unknown'] }));
    expect(decision).toEqual({
      outcome: 'deny',
      rule: '(no policy)',
      pointer: '',
      message: 'pay: grant x has no policy.',
      retryAtMs: null,
      counters: [],
    });
  });
});

describe('limits', () => {
  test('a session named like another grant and session is its own', () => {
    const policy = readPolicy({
      version: '1',
      default: 'allow',
      tools: { pay: { rate_limit: { max: 1, window: 60 } } },
    });
    const callers = [
      ['a', 'b","c'],
      ['a","b', 'c'],
      ['a', 'bc'],
      ['ab', 'c'],
    ];
    const calls = callers.map(([grant = '', session = ''], i) => at(i, { grant, session }));
    expect(verdictsOf(runCalls(policy, calls))).toEqual(calls.map(() => 'allow'));
  });

  test('one counter for all tools, one for each of two tools of the same counter name', () => {
    const own = { limits: [{ counter: 'c', window: 'hour', max: 2 }] };
    const policy = readPolicy({
      version: '1',
      default: 'allow',
      all_tools: { limits: [{ counter: 'c', window: 'hour', max: 3 }] },
      tools: { pay: own, send: own },
    });
    const tools = ['pay', 'pay', 'pay', 'send', 'send', 'other'];
    const run = runCalls(
      policy,
      tools.map((tool, i) => at(i, { tool })),
    );
    expect(verdictsOf(run)).toEqual([
      'allow',
      'allow',
      '/tools/pay/limits/c',
      'allow',
      '/all_tools/limits/c',
      '/all_tools/limits/c',
    ]);
  });

  test('a tool called * is an ordinary tool with the limits of every tool', () => {
    const policy = readPolicy({
      version: '1',
      default: 'deny',
      all_tools: { limits: [{ counter: 'c', window: 'hour', max: 1 }] },
      tools: { '*': {} },
    });
    const calls = [at(0, { tool: '*' }), at(1, { tool: '*' }), at(2)];
    expect(verdictsOf(runCalls(policy, calls))).toEqual(['allow', '/all_tools/limits/c', '(default deny)']);
  });

  test('rules that look at shared arguments are worked out for each tool', () => {
    const policy = readPolicy({
      version: '1',
      default: 'allow',
      tools: {
        pay: { require: [{ conditions: [{ path: 'args.n', op: 'lte', value: 1 }] }] },
        send: { deny_if: [{ conditions: [{ path: 'args.n', op: 'lte', value: 1 }] }] },
      },
    });
    const calls = Array.from({ length: 40 }, (_, i) =>
      at(i, { tool: i % 2 ? 'pay' : 'send', args: { n: 1 + ((i >> 1) % 2) } }),
    );
    const expected = ['/tools/send/deny_if/args.n-lte', 'allow', 'allow', '/tools/pay/require/args.n-lte'];
    const verdicts = verdictsOf(runCalls(policy, calls, { sharedArgs: true }));
    expect(verdicts).toEqual(calls.map((_, i) => expected[i % 4]));
  });
});

describe('approvals', () => {
  const asking = (limits: object[] = []) =>
    readPolicy({ version: '1', default: 'allow', tools: { pay: { action: 'require_approval', limits } } });
  const ASK = '/tools/pay/action';
  const outcomes = (calls: readonly Call[], approvals: { mode: 'approve' | 'deny' | 'ignore'; afterMs: number }) =>
    decisionsOf(runCalls(asking(), calls, { approvals })).map(({ outcome }) => outcome);

  test('one pass for one approval; the next call asks anew, with a delay of its own', () => {
    expect(outcomes([at(0), at(9), at(10), at(11), at(20), at(21)], { mode: 'approve', afterMs: 10 })).toEqual([
      'approval',
      'approval',
      'allow',
      'approval',
      'approval',
      'allow',
    ]);
  });

  test('without a delay the decision is in force from the next call on, even at the same millisecond', () => {
    expect(outcomes([at(0), at(0), at(0)], { mode: 'approve', afterMs: 0 })).toEqual(['approval', 'allow', 'approval']);
    expect(outcomes([at(0), at(0), at(0)], { mode: 'deny', afterMs: 0 })).toEqual(['approval', 'deny', 'deny']);
  });

  test('a returned pass serves the next call, beside a request made meanwhile', () => {
    const calls = [at(0), at(1, { upstream: 'timeout', latencyMs: 10 }), at(5), at(11), at(12), at(13)];
    // The pass of call 1 is back at 11; the request of call 5 is approved by then.
    expect(outcomes(calls, { mode: 'approve', afterMs: 0 })).toEqual([
      'approval',
      'allow',
      'approval',
      'allow',
      'allow',
      'approval',
    ]);
  });

  test('sessions share requests; grants, tools and arguments do not', () => {
    const calls = [
      at(0, { args: { a: 1, b: 2 } }),
      at(1, { session: 'other', args: { b: 2, a: 1 } }),
      at(2, { args: { a: 1 } }),
      at(3, { grant: 'h', args: { a: 1, b: 2 } }),
    ];
    expect(outcomes(calls, { mode: 'approve', afterMs: 0 })).toEqual(['approval', 'allow', 'approval', 'approval']);
  });

  test('asks after the limits are known to fit, takes from them only with a pass', () => {
    const policy = asking([{ counter: 'c', window: 'minute', max: 1 }]);
    const run = runCalls(policy, [at(0), at(1), at(2), at(60_000)], { approvals: { mode: 'approve', afterMs: 0 } });
    expect(verdictsOf(run)).toEqual([ASK, 'allow', '/tools/pay/limits/c', ASK]);
  });

  test('a refusal says so', () => {
    const run = runCalls(asking(), [at(0), at(1)], { approvals: { mode: 'deny', afterMs: 0 } });
    expect(decisionsOf(run)).toMatchObject([
      { outcome: 'approval', rule: ASK, pointer: ASK, message: 'pay: a person has to approve this call first.' },
      { outcome: 'deny', rule: ASK, pointer: ASK, message: 'pay: a person refused this call.', retryAtMs: null },
    ]);
  });
});

describe('size', () => {
  test('a run ends at 10,000,000 calls and is partial then', () => {
    const plan = makePlan([at(0, { tool: 'other' })], {
      reactions: { g: { retry: { max: Infinity, delayMs: 0, factor: 1, respectRetryAt: false } } },
    });
    const simulation = createSimulation(readPolicy(perMinute(1)), plan, { windows: 'calendar', answer: () => 1 });
    while (!simulation.advance(1_000_000));
    expect(simulation.decided).toBe(MAX_CALLS);
    expect(simulation.finish(false).partial).toBe(true);
  });
});
