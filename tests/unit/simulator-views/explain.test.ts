import { beforeAll, describe, expect, test } from 'vitest';
import type { JsonObject } from '../../../src/core/json.ts';
import { parsePolicy } from '../../../src/core/policy/parse.ts';
import { compilePattern } from '../../../src/core/policy/pattern.ts';
import { readIntercept } from '../../../src/core/policy/read-intercept.ts';
import type { Policy } from '../../../src/core/policy/model.ts';
import { explainCall } from '../../../src/core/simulator/explain.ts';
import type { Explanation } from '../../../src/core/simulator/explanation.ts';
import { replay } from '../../../src/core/simulator/replay.ts';
import type { Run } from '../../../src/core/simulator/run.ts';
import { createServer } from '../../../src/core/upstream/server.ts';
import { createWorld } from '../../../src/core/upstream/world.ts';
import { simulateCalls, type PlannedCall } from './simulated.ts';

const MIDNIGHT = Date.UTC(2026, 0, 2);

function policyOf(text: string): Policy {
  const { policy, diagnostics } = parsePolicy(text, {
    dialect: 'auto',
    compilePattern,
    readers: { intercept: readIntercept },
  });
  if (policy === null) throw new Error(JSON.stringify(diagnostics));
  return policy;
}

const located: string[] = [];
function explain(run: Run, call: number): Explanation {
  return explainCall(run, call, replay(run, 0), {
    server: createServer(createWorld(MIDNIGHT)),
    locate: (pointer) => {
      located.push(pointer);
      return { start: 1, end: 2 };
    },
  });
}

/** Steps as `name: words`, with `>` before the one that decided and `-` before those not reached. */
function outline({ steps }: Explanation): string[] {
  const mark = { passed: ' ', decided: '>', 'not-reached': '-' };
  return steps.map(({ name, state, words }) => `${mark[state]} ${name}: ${words}`);
}

const policy = policyOf(
  JSON.stringify({
    version: '1',
    default: 'deny',
    description: 'Tickets and escrows',
    hide: ['activate_kill_switch'],
    all_tools: { limits: [{ counter: 'all', window: 'day', max: 1000 }] },
    tools: {
      issue_audit_ticket: { limits: [{ counter: 'rate', window: 'minute', max: 3 }] },
      create_escrow: {
        require: [{ conditions: [{ path: 'args.amount', op: 'lte', value: 500 }] }],
        deny_if: [
          { conditions: [{ path: 'args.target', op: 'eq', value: 'agent-9' }], on_deny: 'Not to agent-9.' },
          { conditions: [{ path: 'args.memo', op: 'exists', value: true }] },
        ],
        limits: [{ counter: 'value', window: 'hour', max: 1000, increment_from: 'args.amount' }],
        action: 'require_approval',
        reason: 'Money moves.',
      },
      register_agent: { action: 'deny' },
      get_agent_card: {},
    },
  }),
);

const ticket = (atMs: number, change: Partial<PlannedCall> = {}): PlannedCall => ({
  atMs: MIDNIGHT + atMs,
  grant: 'planner',
  session: 's1',
  tool: 'issue_audit_ticket',
  args: { validitySeconds: 300, agentId: 'agent-7' },
  ...change,
});
const escrow = (atMs: number, args: JsonObject): PlannedCall => ticket(atMs, { tool: 'create_escrow', args });

describe('a call denied by a limit', () => {
  const explained = explain(
    simulateCalls(
      policy,
      [0, 40, 80, 120].map((at) => ticket(at)),
    ),
    3,
  );

  test('is explained step by step', () => {
    expect(outline(explained)).toEqual([
      '  hide: Not hidden',
      '  default: Listed in tools, so default does not apply',
      '  require: No rules',
      '  deny_if: No rules',
      '> limits: 3 used + 1 is more than 3',
      '- forward: Not reached, nothing taken',
    ]);
    expect(explained.headline).toBe('The limit for this minute is used up');
  });

  test('tells the counter before and after, and when to retry', () => {
    expect(explained.decision).toMatchObject({
      outcome: 'deny',
      rule: '/tools/issue_audit_ticket/limits/rate',
      pointer: '/tools/issue_audit_ticket/limits/0',
      retryAtMs: MIDNIGHT + 60_000,
      counters: [{ usedBefore: 3, amount: 1, usedAfter: 3, max: 3, windowStartMs: MIDNIGHT, fits: false }],
    });
  });

  test('quotes what the agent receives', () => {
    const text = `[POLICY DENIED] ${explained.decision.message}`;
    expect(explained.agentText).toBe(text);
    expect(explained.agentMessage).toEqual({
      jsonrpc: '2.0',
      id: 4,
      result: { content: [{ type: 'text', text }], isError: true },
    });
  });

  test('has a log entry with the names of arguments, sorted, and no value', () => {
    expect(explained.entry).toEqual({
      time: '2026-01-02T00:00:00.120Z',
      requestId: 'req-000004',
      grant: 'planner',
      session: 's1',
      method: 'tools/call',
      tool: 'issue_audit_ticket',
      policy: 'Tickets and escrows',
      policyVersion: '1',
      outcome: 'deny',
      rule: '/tools/issue_audit_ticket/limits/rate',
      message: explained.decision.message,
      upstreamStatus: null,
      upstreamLatencyMs: null,
      argumentKeys: ['agentId', 'validitySeconds'],
    });
    expect(JSON.stringify(explained.entry)).not.toContain('agent-7');
  });

  test('points at its rule in the text', () => {
    expect(explained.ruleRange).toEqual({ start: 1, end: 2 });
    expect(located.at(-1)).toBe('/tools/issue_audit_ticket/limits/0');
  });
});

describe('an allowed call', () => {
  const explained = explain(simulateCalls(policy, [ticket(0, { latencyMs: 25 })]), 0);

  test('went all the way', () => {
    expect(outline(explained).slice(-2)).toEqual([
      '  limits: All 2 limits fit',
      '> forward: Forwarded; the server answered',
    ]);
    expect(explained).toMatchObject({
      headline: 'Allowed, and the server answered',
      upstream: { status: 'ok', latencyMs: 25 },
      ruleRange: null,
      decision: { rule: '', retryAtMs: null, counters: [{ usedBefore: 0, usedAfter: 1 }, { counter: 'all' }] },
    });
  });

  test('gives the server’s own answer', () => {
    expect(JSON.parse(explained.agentText)).toMatchObject({ success: true, agentId: 'agent-7', expiresIn: 300 });
    expect(explained.agentMessage).toMatchObject({ id: 1, result: { content: [{ text: explained.agentText }] } });
  });
});

describe('what the server answers', () => {
  const answered = (change: Partial<PlannedCall>): Explanation =>
    explain(simulateCalls(policy, [ticket(0, change)]), 0);

  test('its own error result', () => {
    const explained = answered({ tool: 'get_agent_card', args: { agentId: 'nobody' }, status: 'tool_error' });
    expect(explained.agentText).toContain('nobody');
    expect(explained.agentMessage).toMatchObject({ result: { isError: true } });
    expect(explained.headline).toBe('Allowed, and the server answered with an error');
  });

  test('arguments it does not take', () => {
    const explained = answered({ args: {}, status: 'rpc_error' });
    expect(explained.agentMessage).toMatchObject({ id: 1, error: { code: -32602, message: explained.agentText } });
    expect(explained.agentText).toContain('agentId');
  });

  test.each([
    ['rpc_error', { error: { code: -32603, message: 'Internal error' } }],
    ['tool_error', { result: { isError: true, content: [{ type: 'text', text: 'issue_audit_ticket failed' }] } }],
    ['timeout', { error: { code: -32001, message: 'No answer came; given up after 2 s' } }],
  ] as const)('a %s that the scenario forces', (status, message) => {
    const explained = answered({ status, latencyMs: 2000 });
    expect(explained.agentMessage).toEqual({ jsonrpc: '2.0', id: 1, ...message });
    expect(explained.upstream).toEqual({ status, latencyMs: 2000 });
  });

  test('a timeout without a time', () => {
    expect(answered({ status: 'timeout' }).agentText).toBe('No answer came');
  });
});

describe('rules', () => {
  const of = (args: JsonObject): Explanation => explain(simulateCalls(policy, [escrow(0, args)]), 0);

  test('a required condition that does not hold shows the value seen', () => {
    const explained = of({ amount: 900 });
    expect(outline(explained).slice(2)).toEqual([
      '> require: The rule does not hold',
      '- deny_if: Not reached',
      '- limits: Not reached',
      '- approval: Not reached',
      '- forward: Not reached, nothing taken',
    ]);
    expect(explained.steps[2]?.rules).toEqual([
      {
        rule: '/tools/create_escrow/require/args.amount-lte',
        pointer: '/tools/create_escrow/require/0',
        holds: false,
        conditions: [
          {
            path: 'args.amount',
            op: 'lte',
            value: 500,
            saw: { kind: 'value', value: 900 },
            holds: false,
            pointer: '/tools/create_escrow/require/0/conditions/0',
          },
        ],
      },
    ]);
    expect(explained.headline).toBe('A required condition does not hold');
  });

  test('a value that is missing is said to be missing', () => {
    const [condition] = of({}).steps[2]?.rules[0]?.conditions ?? [];
    expect(condition).toMatchObject({ saw: { kind: 'missing' }, holds: false });
  });

  test('the second deny_if decides', () => {
    const explained = of({ amount: 5, target: 'agent-8', memo: null, more: 1 });
    expect(explained.decision.outcome).toBe('approval');
    const denied = of({ amount: 5, target: 'agent-8', memo: 'x' });
    expect(outline(denied)[3]).toBe('> deny_if: Rule 2 holds, so the call is denied');
    expect(denied.steps[3]?.rules.map(({ holds }) => holds)).toEqual([false, true]);
    expect(denied.headline).toBe('A deny_if rule applies to this call');
  });

  test('on_deny is what the agent reads', () => {
    expect(of({ amount: 5, target: 'agent-9' }).agentText).toBe('[POLICY DENIED] Not to agent-9.');
  });

  test('a rule without conditions denies every call', () => {
    const explained = explain(simulateCalls(policy, [ticket(0, { tool: 'register_agent' })]), 0);
    expect(outline(explained)[3]).toBe('> deny_if: Denies every call');
    expect(explained.headline).toBe('This tool is always denied');
  });
});

describe('approval', () => {
  const approve = { mode: 'approve', afterMs: 1000 } as const;
  const calls = [escrow(0, { amount: 5 }), escrow(2000, { amount: 5 })];

  test('waits for a person, then passes once', () => {
    const run = simulateCalls(policy, calls, 'calendar', approve);
    const first = explain(run, 0);
    expect(outline(first).slice(4)).toEqual([
      '  limits: All 2 limits fit',
      '> approval: A person has to approve it first',
      '- forward: Not reached, nothing taken',
    ]);
    expect(first).toMatchObject({ outcome: 'approval', headline: 'A person has to approve this call' });
    expect(first.agentText).toBe('[POLICY DENIED] Money moves.');
    expect(outline(explain(run, 1)).slice(5)).toEqual([
      '  approval: Approved by a person, for this call',
      '> forward: Forwarded; the server answered',
    ]);
  });

  test('is refused for good', () => {
    const refused = explain(simulateCalls(policy, calls, 'calendar', { mode: 'deny', afterMs: 0 }), 1);
    expect(outline(refused)[5]).toBe('> approval: A person refused it');
    expect(refused.headline).toBe('A person refused this call');
  });
});

describe('refused before any rule', () => {
  test('a hidden tool', () => {
    const explained = explain(simulateCalls(policy, [ticket(0, { tool: 'activate_kill_switch' })]), 0);
    expect(outline(explained).slice(0, 2)).toEqual(['> hide: Listed in hide', '- default: Not reached']);
    expect(explained).toMatchObject({ outcome: 'hidden', decision: { outcome: 'deny', pointer: '/hide/0' } });
    expect(explained.headline).toBe('This tool is hidden');
  });

  test('everything hidden', () => {
    const all = policyOf('{"version":"1","default":"allow","hide":["x","*"]}');
    expect(outline(explain(simulateCalls(all, [ticket(0)]), 0))[0]).toBe('> hide: Every tool is hidden');
  });

  test('a tool that is not listed', () => {
    const explained = explain(simulateCalls(policy, [ticket(0, { tool: 'guard_tool' })]), 0);
    expect(outline(explained)[1]).toBe('> default: Not listed in tools, and default is deny');
    expect(explained.headline).toBe('This tool is not listed, and the default is deny');
  });

  test('a grant without a policy', () => {
    const run = { ...simulateCalls(policy, [ticket(0)], 'calendar', undefined, ['planner']) };
    const explained = explain(run, 0);
    expect(outline(explained).slice(0, 2)).toEqual(['> policy: The grant has no policy', '- hide: Not reached']);
    expect(explained).toMatchObject({ headline: 'This grant has no policy', ruleRange: null });
  });

  test('an unlisted tool under default allow passes', () => {
    const open = policyOf('{"version":"1","default":"allow"}');
    expect(outline(explain(simulateCalls(open, [ticket(0)]), 0))).toEqual([
      '  hide: Not hidden',
      '  default: Not listed in tools, and default is allow',
      '  require: No rules',
      '  deny_if: No rules',
      '  limits: No limits',
      '> forward: Forwarded; the server answered',
    ]);
  });
});

describe('amounts', () => {
  const spend = policyOf(
    JSON.stringify({
      version: '1',
      default: 'allow',
      tools: { pay: { limits: [{ counter: 'sum', window: 'hour', max: 1000, increment_from: 'args.amount' }] } },
    }),
  );
  const pay = (atMs: number, args: JsonObject): PlannedCall => ticket(atMs, { tool: 'pay', args });

  test.each([
    ['nothing to count', [{}], 'No amount that can be counted', 'The limit finds no amount to count'],
    [
      'too much at once',
      [{ amount: 1500 }],
      '0 used + 1,500 is more than 1,000',
      'This call alone is more than the limit',
    ],
    [
      'too little left',
      [{ amount: 900 }, { amount: 200 }],
      '900 used + 200 is more than 1,000',
      'Too little is left of the limit for this hour',
    ],
  ])('%s', (_, args, words, headline) => {
    const run = simulateCalls(
      spend,
      args.map((one, i) => pay(i, one)),
    );
    const explained = explain(run, args.length - 1);
    expect(explained.steps.find(({ state }) => state === 'decided')?.words).toBe(words);
    expect(explained.headline).toBe(headline);
  });

  test('sliding windows are named as such', () => {
    const run = simulateCalls(
      policy,
      [0, 1, 2, 3].map((at) => ticket(at)),
      'sliding',
    );
    expect(explain(run, 3).headline).toBe('The limit for the last minute is used up');
  });

  test('windows of other lengths are named by them', () => {
    const short = policyOf('{"version":"1","default":"allow","tools":{"t":{"rate_limit":{"max":1,"window":90}}}}');
    const run = simulateCalls(short, [ticket(0, { tool: 't' }), ticket(1, { tool: 't' })]);
    expect(explain(run, 1).headline).toBe('The limit for these 90 s is used up');
  });

  test('a limit of 0', () => {
    const none = policyOf('{"version":"1","default":"allow","tools":{"t":{"rate_limit":{"max":0,"window":60}}}}');
    expect(explain(simulateCalls(none, [ticket(0, { tool: 't' })]), 0).headline).toBe('The limit lets nothing pass');
  });
});

describe('intercept', () => {
  let run: Run;
  beforeAll(() => {
    const text = [
      'version: "1"',
      'default: deny',
      'tools:',
      '  pay:',
      '    rules:',
      '      - name: few',
      '        conditions: [{ path: state.pay.count, op: lt, value: 2 }]',
      '        state: { counter: count, window: minute }',
      '      - name: small',
      '        conditions: [{ path: args.amount, op: lte, value: 10 }]',
      '  wipe:',
      '    rules:',
      '      - name: "never"',
      '        action: deny',
    ].join('\n');
    const calls = [5, 5, 50, 5].map((amount, i) =>
      ticket(i, { tool: 'pay', args: { amount }, status: i === 0 ? 'rpc_error' : 'ok' }),
    );
    run = simulateCalls(policyOf(text), [
      ...calls,
      ticket(9, { tool: 'wipe' }),
      ticket(10, { tool: 'pay', args: { amount: 1 } }),
    ]);
  });

  test('conditions on counters show what the counter held', () => {
    const seen = [0, 1, 2, 3, 5].map((call) => explain(run, call).steps[2]?.rules[0]?.conditions[0]);
    expect(seen.map((condition) => [condition?.saw, condition?.holds])).toEqual([
      [{ kind: 'value', value: 0 }, true],
      [{ kind: 'value', value: 0 }, true],
      [{ kind: 'value', value: 1 }, true],
      [{ kind: 'value', value: 1 }, true],
      [{ kind: 'value', value: 1 }, true],
    ]);
    // why: `lt 2` reserves up to 1, so the condition holds and yet the limit is full.
    expect(outline(explain(run, 5)).slice(4)).toEqual([
      '> limits: 1 used + 1 is more than 1',
      '- forward: Not reached, nothing taken',
    ]);
  });

  test('names rules and prefixes messages as Intercept does', () => {
    const denied = explain(run, 2);
    expect(denied.decision.rule).toBe('small');
    expect(denied.agentText).toBe('[INTERCEPT POLICY DENIED] Denied by rule "small"');
    expect(outline(explain(run, 4)).slice(2, 4)).toEqual(['  require: No rules', '> deny_if: Denies every call']);
  });
});

test('every explanation agrees with the run it explains', () => {
  const calls = Array.from({ length: 60 }, (_, i): PlannedCall => {
    const tools = ['issue_audit_ticket', 'create_escrow', 'register_agent', 'guard_tool', 'activate_kill_switch'];
    const args: JsonObject = {
      agentId: `agent-${i % 13}`,
      amount: (i * 37) % 700,
      ...(i % 4 === 0 ? { memo: 'x' } : {}),
    };
    return ticket(i * 7, { tool: tools[(i * 3) % 5]!, args, grant: `g${i % 2}` });
  });
  const run = simulateCalls(policy, calls, 'calendar', { mode: 'approve', afterMs: 50 });
  for (let call = 0; call < calls.length; call++) {
    const { decision, steps } = explain(run, call);
    const decider = run.deciders[run.columns.decider[call]!]!;
    expect([decision.rule, decision.pointer]).toEqual([decider.rule, decider.pointer]);
    const decided = steps.filter(({ state }) => state === 'decided');
    expect(decided).toHaveLength(1);
    expect(decided[0]?.pointer).toBe(decider.pointer);
    if (decider.kind === 'rule') expect(decided[0]?.rules.at(-1)?.pointer).toBe(decider.pointer);
    for (const { name, rules } of steps) {
      const turned = rules.filter(({ holds }) => holds === (name === 'deny_if'));
      expect(turned.length).toBe(decider.kind === 'rule' && decided[0]?.name === name ? 1 : 0);
    }
  }
});

test('a call that the run does not have is refused', () => {
  const run = simulateCalls(policy, [ticket(0)]);
  expect(() => explain(run, 1)).toThrow(RangeError);
});
