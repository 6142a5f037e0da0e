import { describe, expect, test } from 'vitest';
import type { AnalysisAnswer, AnalysisRequest } from '../../workers/analysis-api.ts';
import type { WorstQuestion } from '../../src/core/analysis/worst-scenario.ts';
import { SEED_POLICY_TEXT, SEED_SCENARIO } from '../../src/core/catalogue/seed.ts';
import type { EngineApi } from '../../workers/engine-api.ts';
import { connect, finish, seedInput, ticketScenario } from './connect.ts';

const SEED = { dialect: 'auto', text: SEED_POLICY_TEXT } as const;
const BROKEN = { dialect: 'auto', text: '{' } as const;
const BOUND = {
  dialect: 'auto',
  text: JSON.stringify({
    version: '1',
    default: 'deny',
    tools: {
      issue_audit_ticket: {
        deny_if: [{ conditions: [{ path: 'args.validitySeconds', op: 'gt', value: 900 }] }],
        limits: [{ counter: 'few', window: 'minute', max: 30, scope: 'grant' }],
      },
    },
  }),
} as const;

type Value<Kind extends AnalysisAnswer['kind']> = Extract<AnalysisAnswer, { kind: Kind }>;

function isOf<Kind extends AnalysisAnswer['kind']>(answer: AnalysisAnswer, kind: Kind): answer is Value<Kind> {
  return answer.kind === kind;
}

/** The answer to a request, which must be of that kind. */
async function ask<Kind extends AnalysisAnswer['kind']>(
  engine: EngineApi,
  kind: Kind,
  request: AnalysisRequest,
): Promise<Value<Kind>> {
  const answer = await engine.analyse(request);
  if (!isOf(answer, kind)) throw new Error(`it was answered with ${answer.kind}`);
  return answer;
}

describe('the worst case', () => {
  test('comes across with its infinities', async () => {
    const { worst } = await ask(connect(), 'worst-case', { kind: 'worst-case', policy: BOUND, callers: 'session' });
    const ticket = worst.tools.find(({ caps }) => caps.tool === 'issue_audit_ticket');
    expect(ticket?.spans.minute.calls).toMatchObject({ calendar: 30, sliding: 60 });
    expect(worst.together.minute.calls.sliding).toBe(60);
    const open = { dialect: 'auto', text: '{"version":"1","default":"allow"}' } as const;
    const all = await ask(connect(), 'worst-case', { kind: 'worst-case', policy: open, callers: 'session' });
    expect(all.worst.together.day.calls.calendar).toBe(Infinity);
  });

  test('comes with the scenario that reaches it', async () => {
    const engine = connect();
    const question: WorstQuestion = {
      tool: 'issue_audit_ticket',
      span: 'minute',
      of: 'calls',
      sliding: true,
      grants: 2,
    };
    const request = { kind: 'worst-scenario', policy: BOUND, callers: 'session', question } as const;
    const { scenario } = await ask(engine, 'worst-scenario', request);
    if (scenario === null) throw new Error('there is no scenario');
    expect(await finish(engine, seedInput({ policy: BOUND, scenario }))).toMatchObject({ calls: 120, allowed: 120 });
  });

  test('is not worked out for a policy with errors', async () => {
    await ask(connect(), 'policy-invalid', { kind: 'worst-case', policy: BROKEN, callers: 'session' });
  });
});

describe('the scenario of a number without a bound', () => {
  const policyOf = (limits: readonly object[]) =>
    ({
      dialect: 'auto',
      text: JSON.stringify({ version: '1', default: 'deny', tools: { issue_audit_ticket: { limits } } }),
    }) as const;
  const question = { tool: 'issue_audit_ticket', span: 'minute', of: 'calls', sliding: false, grants: 1 } as const;

  test('sends what sessions may, all of which passes, and says what one more adds', async () => {
    const policy = policyOf([{ counter: 'c', window: 'minute', max: 5, scope: 'session' }]);
    const engine = connect();
    const request = { kind: 'worst-scenario', policy, callers: 'grant', question } as const;
    const { scenario, shows } = await ask(engine, 'worst-scenario', request);
    expect(shows).toEqual({ calls: 320, passing: 320, agents: 64, endless: true, sessionAdds: 5 });
    if (scenario === null) throw new Error('no scenario');
    expect(await finish(engine, seedInput({ policy, scenario }))).toMatchObject({ calls: 320, allowed: 320 });
  });

  const shownOf = async (document: object, of: Partial<WorstQuestion>) => {
    const text = JSON.stringify({ version: '1', default: 'deny', ...document });
    const policy = { dialect: 'auto', text } as const;
    const asked = { ...question, ...of };
    return (
      await ask(connect(), 'worst-scenario', { kind: 'worst-scenario', policy, callers: 'grant', question: asked })
    ).shows;
  };

  test('of all tools leaves out those that a grant may not do more of', async () => {
    const tools = {
      issue_audit_ticket: { limits: [{ counter: 'c', window: 'day', max: 2, scope: 'session' }] },
      get_agent_card: { limits: [{ counter: 'c', window: 'hour', max: 60 }] },
    };
    const all_tools = { limits: [{ counter: 'a', window: 'day', max: 5, scope: 'session' }] };
    const shows = await shownOf({ tools, all_tools }, { tool: null });
    expect(shows).toEqual({ calls: 128, passing: 128, agents: 64, endless: true, sessionAdds: 2 });
  });

  test('has amounts that the limits of a session let through', async () => {
    const spent = { counter: 'c', window: 'day', max: 5, scope: 'session', increment_from: 'args.amount' };
    const tools = { create_escrow: { limits: [spent] } };
    expect(await shownOf({ tools }, { tool: 'create_escrow' })).toMatchObject({ calls: 10_000, passing: 10_000 });
    const all_tools = { limits: [{ counter: 'a', window: 'minute', max: 7 }] };
    expect(await shownOf({ tools, all_tools }, { tool: 'create_escrow' })).toMatchObject({ calls: 7, passing: 7 });
  });

  test('is none where no call fits in a session', async () => {
    const never = { counter: 'c', window: 'day', max: 1, increment: 2, scope: 'session' };
    expect(await shownOf({ tools: { issue_audit_ticket: { limits: [never] } } }, {})).toBeNull();
    const spent = { counter: 'c', window: 'day', max: 5, increment_from: 'args.amount', scope: 'session' };
    const require = [{ conditions: [{ path: 'args.amount', op: 'gte', value: 6 }] }];
    expect(
      await shownOf({ tools: { create_escrow: { require, limits: [spent] } } }, { tool: 'create_escrow' }),
    ).toBeNull();
  });

  test('that is bounded is dealt out to sessions and grants so that all of it passes', async () => {
    const all_tools = { limits: [{ counter: 'a', window: 'hour', max: 1, scope: 'session' }] };
    const tools = {
      issue_audit_ticket: { limits: [{ counter: 'c', window: 'hour', max: 1 }] },
      get_agent_card: { limits: [{ counter: 'c', window: 'day', max: 12 }] },
    };
    const shows = await shownOf({ tools, all_tools }, { tool: null, span: 'hour', grants: 4 });
    expect(shows).toMatchObject({ calls: 52, passing: 52, agents: 64, endless: false });
  });

  test('shows 10,000 calls where there is no limit at all', async () => {
    const request = { kind: 'worst-scenario', policy: policyOf([]), callers: 'grant', question } as const;
    const { shows } = await ask(connect(), 'worst-scenario', request);
    expect(shows).toEqual({ calls: 10_000, passing: 10_000, agents: 1, endless: true, sessionAdds: null });
  });

  test('of several grants shares the agents among them', async () => {
    const policy = policyOf([{ counter: 'c', window: 'minute', max: 5, scope: 'session' }]);
    const of = { ...question, grants: 3 };
    const { shows } = await ask(connect(), 'worst-scenario', {
      kind: 'worst-scenario',
      policy,
      callers: 'grant',
      question: of,
    });
    expect(shows).toMatchObject({ agents: 63, calls: 315, passing: 315, sessionAdds: 5 });
  });
});

describe('evasions and sloppiness', () => {
  test('start from the calls of the run that is held', async () => {
    const engine = connect();
    const step = { call: 'issue_audit_ticket', args: { agentId: 'agent-1', validitySeconds: 3600 }, times: 3 };
    const scenario = { ...ticketScenario(1), agents: [{ name: 'planner', steps: [step] }] };
    const { runId } = await finish(engine, seedInput({ policy: BOUND, scenario }));
    const found = await ask(engine, 'evasions', { kind: 'evasions', policy: BOUND, runId });
    expect(found.calls).toBe(1);
    expect(found.evasions[0]).toMatchObject({ inRun: true, args: step.args });
    expect(found.evasions[0]?.closing.rules.map(({ list }) => list)).toEqual(['require']);
  });

  test('are made up without one', async () => {
    const { evasions, calls } = await ask(connect(), 'evasions', { kind: 'evasions', policy: BOUND, runId: 7 });
    expect([calls, evasions[0]?.inRun]).toEqual([0, false]);
  });

  test('a sloppy rule is told with the call it denies', async () => {
    const conditions = [{ path: 'args.input', op: 'contains', value: 'pass' }];
    const policy = { version: '1', default: 'deny', tools: { guard_input: { deny_if: [{ conditions }] } } };
    const source = { dialect: 'auto', text: JSON.stringify(policy) } as const;
    const { sloppiness } = await ask(connect(), 'evasions', { kind: 'evasions', policy: source, runId: null });
    expect(sloppiness[0]).toMatchObject({ kind: 'inside-a-word', before: 'pass' });
  });
});

test('dead weight is found in the text alone', async () => {
  const limits = [30, 60].map((max) => ({ counter: `c${max}`, window: 'minute', max, scope: 'grant' }));
  const policy = { version: '1', default: 'deny', tools: { get_agent_card: { limits } } };
  const source = { dialect: 'auto', text: JSON.stringify(policy) } as const;
  const { found } = await ask(connect(), 'dead-weight', { kind: 'dead-weight', policy: source });
  expect(found).toMatchObject([{ pointer: '/tools/get_agent_card/limits/1', why: 'never-binds' }]);
});

describe('coverage', () => {
  test('counts the run, and a scenario covers the rest of it', async () => {
    const engine = connect();
    const { runId } = await finish(engine, seedInput({ policy: BOUND, scenario: ticketScenario(5) }));
    const { cells } = await ask(engine, 'coverage', { kind: 'coverage', runId });
    const missing = cells.filter(({ calls }) => calls === 0);
    expect(missing.length).toBeGreaterThan(0);
    const { scenario, left } = await ask(engine, 'covering', { kind: 'covering', runId, cells: missing });
    const again = await finish(engine, seedInput({ policy: BOUND, scenario }));
    const after = await ask(engine, 'coverage', { kind: 'coverage', runId: again.runId });
    const keyOf = ({ tool, rule }: { tool: string; rule: string }) => `${tool} ${rule}`;
    const covered = new Set(after.cells.filter(({ calls }) => calls > 0).map(keyOf));
    const wanted = missing.filter((cell) => !left.some((other) => keyOf(other) === keyOf(cell)));
    expect(wanted.filter((cell) => !covered.has(keyOf(cell)))).toEqual([]);
  });

  test('is gone with its run', async () => {
    await ask(connect(), 'gone', { kind: 'coverage', runId: 1 });
  });
});

describe('windows', () => {
  test('are compared on the same calls', async () => {
    const engine = connect();
    const calendar = await finish(engine);
    const sliding = await finish(engine, seedInput({ windows: 'sliding' }));
    const { rows } = await ask(engine, 'windows', { kind: 'windows', input: seedInput() });
    expect(rows.map(({ windows, allowed, denied }) => [windows, allowed, denied])).toEqual([
      ['calendar', calendar.allowed, calendar.denied],
      ['sliding', sliding.allowed, sliding.denied],
      ['anchored', expect.any(Number), expect.any(Number)],
    ]);
  });

  test('are not compared for very large runs', async () => {
    const input = seedInput({ scenario: ticketScenario(1_000_001) });
    const answer = await ask(connect(), 'too-many', { kind: 'windows', input });
    expect(answer).toEqual({ kind: 'too-many', calls: 1_000_001, most: 1_000_000 });
  });
});

describe('advice on a limit', () => {
  const limit = (legitimate: readonly string[], attack: readonly string[]) => ({
    kind: 'limit' as const,
    policy: SEED,
    windows: 'calendar' as const,
    pointer: '/tools/issue_audit_ticket/limits/0',
    legitimate: { input: { scenario: SEED_SCENARIO }, grants: legitimate },
    attack: { input: { scenario: SEED_SCENARIO }, grants: attack },
  });

  const traffic = { input: { scenario: ticketScenario(100_000) }, grants: null };
  const LARGE: AnalysisRequest = { ...limit([], []), legitimate: traffic, attack: traffic };

  test('is given for the grants of a scenario', async () => {
    const { advice } = await ask(connect(), 'limit', limit(['settler'], ['planner']));
    expect(advice).toMatchObject({ max: 30, attackCalls: 113 });
    expect(advice?.points.map(({ max }) => max)).toContain(30);
  });

  test('is for a limit that there is', async () => {
    const request = { ...limit(['settler'], ['planner']), pointer: '/tools/issue_audit_ticket/limits/9' };
    expect((await ask(connect(), 'limit', request)).advice).toBeNull();
  });

  test('stops when told to, and other questions are answered meanwhile', async () => {
    const engine = connect();
    const going = engine.analyse(LARGE);
    await engine.ping();
    await engine.analyse({ kind: 'stop', of: 'limit' });
    expect(await going).toEqual({ kind: 'gone' });
  });

  test('gives way to a newer request of its kind', async () => {
    const engine = connect();
    const going = engine.analyse(LARGE);
    const newer = await ask(engine, 'limit', limit(['settler'], ['planner']));
    expect(newer.advice?.max).toBe(30);
    expect(await going).toEqual({ kind: 'gone' });
  });
});
