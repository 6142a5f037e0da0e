import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Scenario, Step, WorldEdits } from '../../../src/core/scenario/model.ts';
import { compileScenario } from '../../../src/core/scenario/compile.ts';
import { complete } from '../../../src/core/simulator/pass.ts';
import { digestPass } from '../../../src/core/simulator/digest.ts';
import { OUTCOME_CODE, UPSTREAM_CODE } from '../../../src/core/simulator/columns.ts';
import { STATUS_NAMES, type Run } from '../../../src/core/simulator/run.ts';
import { answersOf } from '../../../src/core/simulator/server-status.ts';
import { createSimulation } from '../../../src/core/simulator/simulate.ts';
import { ticketPass } from '../../../src/core/simulator/ticket-pass.ts';
import { WorldReplay } from '../../../src/core/simulator/world-replay.ts';
import {
  callsUntil,
  LATEST_ESCROWS,
  MOST_AGENTS,
  viewWorld,
  type WorldView,
} from '../../../src/core/simulator/world-view.ts';
import { AgentStates } from '../../../src/core/upstream/agent-states.ts';
import { LivingWorld } from '../../../src/core/upstream/living-world.ts';
import { rosterOf } from '../../../src/core/upstream/roster.ts';
import { createServer } from '../../../src/core/upstream/server.ts';
import { worldOf, type World } from '../../../src/core/upstream/world.ts';
import { type Call, makePlan, readPolicy, runCalls } from './arrange.ts';

const START = Date.parse('2026-01-01T00:00:00Z');
const ALLOW = { version: '1', default: 'allow', tools: {} };

function scenarioOf(steps: readonly Step[], more: Partial<Scenario> = {}): Scenario {
  return { version: '1', start: '2026-01-01T00:00:00Z', agents: [{ name: 'a', steps }], ...more };
}

/** Decides a scenario in slices; `stopAfter` calls, as a person who cancels it. */
function play(scenario: Scenario, policy: unknown = ALLOW, slice = 1_000_000, stopAfter = Infinity): Run {
  const compiled = compileScenario(scenario);
  if (!compiled.ok) throw new Error('the scenario has errors');
  const { plan } = compiled;
  const answer = answersOf(plan.table, new AgentStates(rosterOf(scenario.world)));
  const simulation = createSimulation(readPolicy(policy), plan, { windows: 'calendar', answer });
  while (simulation.decided < stopAfter && !simulation.advance(Math.min(slice, stopAfter - simulation.decided)));
  return simulation.finish(stopAfter < Infinity);
}

const digestOf = (run: Run): string => complete(digestPass(run), run.columns.count);

function ticketsOf(run: Run, edits?: WorldEdits): number[] {
  return [...complete(ticketPass(run, new AgentStates(rosterOf(edits))), run.columns.count)];
}

/** The answer of the server to each call; null where it was not forwarded. */
function statuses({ columns }: Run): (string | null)[] {
  return Array.from(columns.status.subarray(0, columns.count), (status) => STATUS_NAMES[status] ?? null);
}

/** The world of a run at a moment; `start` is the world its first call met. */
function worldAt(run: Run, start: World, atMs: number): WorldView {
  const again = new WorldReplay(run, start);
  again.advanceTo(callsUntil(run, atMs));
  return viewWorld(run, again, atMs);
}

const register = { call: 'register_agent', args: { name: 'clerk' } };
const card = { call: 'get_agent_card', args: { agentId: 'agent-clerk' } };
const kill = { call: 'activate_kill_switch', args: { agentId: 'agent-2', reason: 'r' } };
const ticket = { call: 'issue_audit_ticket', args: { agentId: 'agent-2' } };
const escrow = { call: 'create_escrow', args: { agentId: 'agent-2', target: 't', amount: 10, task: 't' } };

describe('what a call leaves behind', () => {
  test('a registered agent is known to the calls that follow, and its name is taken', () => {
    expect(statuses(play(scenarioOf([card, register, card, register])))).toEqual([
      'tool_error',
      'ok',
      'ok',
      'tool_error',
    ]);
  });

  test('equal calls are answered anew when someone was registered in between', () => {
    const steps = [{ repeat: 2, steps: [card, { wait: '1s' }, register, { wait: '1s' }] }, card] as const;
    expect(statuses(play(scenarioOf(steps)))).toEqual(['tool_error', 'ok', 'ok', 'tool_error', 'ok']);
  });

  test('a failure returns what was taken, so the same call fits later', () => {
    const limits = [{ counter: 'c', window: 'day', max: 1 }];
    const run = play(scenarioOf([card, card, register, card, card]), {
      ...ALLOW,
      tools: { get_agent_card: { limits } },
    });
    expect(statuses(run)).toEqual(['tool_error', 'tool_error', 'ok', 'ok', null]);
  });

  test('tickets of before the kill switch stay, later ones are refused', () => {
    const run = play(scenarioOf([ticket, kill, ticket]));
    expect(statuses(run)).toEqual(['ok', 'ok', 'ok']);
    expect(ticketsOf(run)).toEqual([0]);
  });

  test.each(['rpc_error', 'tool_error', 'timeout'] as const)('a call that fails with %s leaves nothing', (kind) => {
    const failing = (step: Step): Step => ({ ...step, upstream: { failures: 1, kind } });
    const run = play(scenarioOf([failing(register), failing(kill), failing(escrow), card, ticket]));
    expect(statuses(run).slice(3)).toEqual(['tool_error', 'ok']);
    expect(ticketsOf(run)).toEqual([4]);
    expect(worldAt(run, worldOf(scenarioOf([])), START)).toMatchObject({
      registered: 0,
      killed: 1,
      escrows: { count: 0 },
    });
  });

  test.each([
    ['denied', { action: 'deny' }],
    ['hidden', null],
    ['waiting for approval', { action: 'require_approval' }],
  ])('a call that is %s never reaches the server', (_words, entry) => {
    const names = ['register_agent', 'activate_kill_switch'];
    const tools = entry === null ? {} : Object.fromEntries(names.map((name) => [name, entry]));
    const policy = entry?.action === 'deny' ? denying(names) : { ...ALLOW, tools, ...(entry ? {} : { hide: names }) };
    const run = play(scenarioOf([register, kill, card, ticket]), policy);
    expect(statuses(run)).toEqual([null, null, 'tool_error', 'ok']);
    expect(ticketsOf(run)).toEqual([3]);
  });

  test('a call that a person approves changes the world when it is made again', () => {
    const scenario = scenarioOf([register, { wait: '2s' }, card], {
      agents: [
        { name: 'a', onApproval: { retryAfter: '3s' }, steps: [register] },
        { name: 'b', steps: [{ wait: '2s' }, card, { wait: '2s' }, card] },
      ],
      approvals: { mode: 'approve', after: '1s' },
    });
    const run = play(scenario, { ...ALLOW, tools: { register_agent: { action: 'require_approval' } } });
    expect(statuses(run)).toEqual([null, 'tool_error', 'ok', 'ok']);
  });

  test('the world changes when a call is made, however late its answer comes', () => {
    const late: Step = { ...register, upstream: { latency: '1h' } };
    expect(statuses(play(scenarioOf([late, card])))).toEqual(['ok', 'ok']);
  });
});

/** A policy that denies these tools by a rule. */
function denying(names: readonly string[]): unknown {
  const rule = { deny_if: [{ conditions: [], on_deny: 'No.' }] };
  return { ...ALLOW, tools: Object.fromEntries(names.map((name) => [name, rule])) };
}

describe('an edited world', () => {
  test('decides which calls fail', () => {
    const world = { agents: [{ id: 'agent-clerk', killSwitch: true }], remove: ['agent-2'] };
    const run = play(scenarioOf([card, ticket, escrow, { ...ticket, args: { agentId: 'agent-clerk' } }], { world }));
    expect(statuses(run)).toEqual(['ok', 'ok', 'tool_error', 'ok']);
    expect(ticketsOf(run, world)).toEqual([]);
  });

  test('an empty edit changes no decision', () => {
    const steps = [ticket, escrow, card, register, kill];
    expect(digestOf(play(scenarioOf(steps, { world: {} })))).toBe(digestOf(play(scenarioOf(steps))));
  });
});

describe('the world at a moment', () => {
  const scenario = scenarioOf([
    ticket,
    { wait: '1s' },
    register,
    escrow,
    { wait: '1s' },
    kill,
    ticket,
    { wait: '1s' },
    { ...escrow, times: 30, every: '1ms' },
  ]);
  const run = play(scenario);
  const at = (ms: number) => worldAt(run, worldOf(scenario), START + ms);

  test('is that after every call up to and at that millisecond', () => {
    expect([-1, 0, 999, 1000, 2000, 3000, 3009, 1e9].map(at)).toMatchObject([
      { calls: 0, registered: 0, killed: 1, escrows: { count: 0, total: 0 }, tickets: { issued: 0, refused: 0 } },
      { calls: 1, tickets: { issued: 1, refused: 0 } },
      { calls: 1, registered: 0 },
      { calls: 3, registered: 1, killed: 1, escrows: { count: 1, total: 10 } },
      { calls: 5, killed: 2, tickets: { issued: 1, refused: 1 } },
      { calls: 6, escrows: { count: 2, total: 20 } },
      { calls: 15, escrows: { count: 11, total: 110 } },
      { calls: 35, escrows: { count: 31, total: 310 } },
    ]);
    expect(worldAt(run, worldOf(scenario), NaN).calls).toBe(0);
  });

  test('shows each agent with what was done to it', () => {
    const { agents } = at(2000);
    expect(agents).toHaveLength(13);
    expect(agents[1]).toMatchObject({
      id: 'agent-2',
      certified: false,
      killSwitchActive: true,
      killedBy: 3,
      registeredBy: null,
      tickets: 1,
      escrows: 1,
      escrowTotal: 10,
    });
    expect(agents[12]).toMatchObject({ id: 'agent-clerk', registeredBy: 1, killedBy: null, certified: true });
    expect(agents[10]).toMatchObject({ id: 'agent-11', certified: false, killSwitchActive: false });
  });

  test('shows the newest escrows, numbered as the server numbers them', () => {
    const { latest } = at(1e9).escrows;
    expect(latest).toHaveLength(LATEST_ESCROWS);
    expect(latest[0]).toEqual({
      number: 31,
      call: 34,
      atMs: START + 3029,
      agentId: 'agent-2',
      target: 't',
      amount: 10,
      task: 't',
    });
    expect(at(1000).escrows.latest).toMatchObject([{ number: 1, call: 2 }]);
  });

  test('lists at most so many agents and counts the rest', () => {
    const many = scenarioOf([{ call: 'register_agent', times: MOST_AGENTS, args: { name: 'clerk-{{i}}' } }]);
    const view = worldAt(play(many), worldOf(many), START);
    expect([view.agents.length, view.moreAgents, view.registered]).toEqual([MOST_AGENTS, 12, MOST_AGENTS]);
  });

  test('going back is refused, since a world cannot be undone', () => {
    const again = new WorldReplay(run, worldOf(scenario));
    again.advanceTo(5);
    expect(() => again.advanceTo(4)).toThrow(RangeError);
  });
});

/** Steps of calls that change the world and calls that depend on it; some time out. */
const anyStep: fc.Arbitrary<Step> = fc
  .record({
    call: fc.constantFrom(
      ['register_agent', { name: 'clerk-{{i % 3}}' }],
      ['register_agent', { name: { $pick: ['clerk-0', 'Scout', ''] } }],
      ['activate_kill_switch', { agentId: { $pick: ['agent-1', 'agent-clerk-0', 'nobody'] }, reason: 'r' }],
      ['issue_audit_ticket', { agentId: { $pick: ['agent-1', 'agent-2', 'agent-clerk-0'] } }],
      ['create_escrow', { agentId: 'agent-clerk-{{i % 3}}', target: 't', amount: { $int: [-5, 5] }, task: '{{n}}' }],
      ['get_agent_card', { agentId: 'agent-clerk-{{i % 4}}' }],
      ['query_agents', { limit: { $pick: [-1, 5] } }],
      ['get_trust_score', { agentId: 7 }],
    ),
    times: fc.integer({ min: 1, max: 12 }),
    every: fc.integer({ min: 0, max: 40 }),
    failures: fc.constantFrom(0, 0, 0.3),
    latency: fc.constantFrom('0ms', '30ms'),
  })
  .map(({ call: [call, args], times, every, failures, latency }) => ({
    call,
    args,
    times,
    every: `${every}ms`,
    upstream: { failures, kind: 'timeout' as const, latency },
  }));

const anyScenario: fc.Arbitrary<Scenario> = fc
  .record({
    seed: fc.nat(1000),
    agents: fc.array(
      fc.record({
        name: fc.constantFrom('a', 'b'),
        onDenied: fc.constantFrom('continue' as const, 'stop' as const, {
          retry: { max: 3, delay: '20ms', factor: 2, respectRetryAt: false },
        }),
        steps: fc.array(anyStep, { maxLength: 5 }),
      }),
      { minLength: 1, maxLength: 3 },
    ),
  })
  .map(({ seed, agents }) => ({ ...scenarioOf([]), seed, agents }));

const LIMITED = {
  ...ALLOW,
  tools: Object.fromEntries(
    ['register_agent', 'get_agent_card', 'create_escrow'].map((tool) => [
      tool,
      { limits: [{ counter: 'c', window: 'minute', max: 6 }] },
    ]),
  ),
};

describe('any scenario', () => {
  test('is answered as by a server that is asked call by call, and its world is that server’s', () => {
    fc.assert(
      fc.property(anyScenario, (scenario) => {
        const run = play(scenario, LIMITED);
        const { tool, args, atMs, outcome, status, count } = run.columns;
        const world = new LivingWorld(worldOf(scenario));
        const server = createServer(world);
        const tickets: number[] = [];
        for (let call = 0; call < count; call++) {
          if (outcome[call] !== OUTCOME_CODE.allow || status[call] === UPSTREAM_CODE.timeout) continue;
          const name = run.table.tools[tool[call]!]!;
          const given = run.table.argsAt(args[call]!);
          const answer = server.answer(name, given, atMs[call]!);
          expect(STATUS_NAMES[status[call]!]).toBe(answer.status);
          if (server.ticketClaims(name, given, atMs[call]!) !== null) tickets.push(call);
          if (answer.status === 'ok') world.apply(call, name, given, atMs[call]!);
        }
        expect(ticketsOf(run)).toEqual(tickets);
        const again = new WorldReplay(run, worldOf(scenario));
        again.advanceTo(count);
        expect([...again.world.accounts]).toEqual([...world.accounts]);
        expect([again.world.escrowTotal, again.world.tickets]).toEqual([world.escrowTotal, tickets.length]);
      }),
      { numRuns: 150 },
    );
  });

  test('comes out the same whole, sliced, and when it was cancelled and run again', () => {
    fc.assert(
      fc.property(anyScenario, fc.integer({ min: 1, max: 9 }), fc.nat(40), (scenario, slice, stopAfter) => {
        const whole = play(scenario, LIMITED);
        const digest = digestOf(whole);
        const cancelled = play(scenario, LIMITED, slice, stopAfter);
        expect(digestOf(play(scenario, LIMITED, slice))).toBe(digest);
        expect(statuses(cancelled)).toEqual(statuses(whole).slice(0, cancelled.columns.count));
        expect(digestOf(play(JSON.parse(JSON.stringify(scenario)) as Scenario, LIMITED))).toBe(digest);
      }),
      { numRuns: 100 },
    );
  });
});

test('a document with all of it has the digest it has had', () => {
  const scenario = scenarioOf([card, register, card, ticket, kill, ticket, { ...escrow, times: 9, every: '1s' }], {
    seed: 7,
    agents: [
      { name: 'a', steps: [card, register, card, { ...ticket, times: 20, over: '10s', jitter: 0.5 }] },
      {
        name: 'b',
        onDenied: { retry: { max: 3, delay: '500ms', factor: 2, respectRetryAt: true } },
        steps: [
          { wait: '5s' },
          kill,
          { ...escrow, times: 9, every: '1s', upstream: { failures: 0.4, kind: 'timeout' } },
        ],
      },
    ],
  });
  expect(digestOf(play(scenario, LIMITED))).toMatchInlineSnapshot(`"ebfab66282bb26b9"`);
});

describe('a recorded run, whose answers are known', () => {
  const at = (ms: number, tool: string, args: Call['args'], upstream: NonNullable<Call['upstream']>): Call => ({
    ...{ atMs: START + ms, tool, upstream },
    ...(args === undefined ? {} : { args }),
  });
  const calls = [
    at(0, 'register_agent', { name: 'clerk' }, 'ok'),
    at(1, 'register_agent', {}, 'ok'),
    at(2, 'get_agent_card', { agentId: 'agent-clerk' }, 'auto'),
    at(3, 'issue_audit_ticket', { agentId: 'agent-clerk', validitySeconds: 'long' }, 'ok'),
    at(4, 'issue_audit_ticket', { agentId: 'agent-clerk' }, 'ok'),
    at(5, 'activate_kill_switch', { agentId: 'agent-clerk', reason: 'r' }, 'tool_error'),
    at(6, 'create_escrow', { agentId: 'someone-else', target: 't', amount: 9, task: 't' }, 'ok'),
    at(7, 'create_escrow', { agentId: 'agent-clerk', target: 't', amount: 9, task: 't' }, 'ok'),
    at(8, 'issue_audit_ticket', { agentId: 'agent-clerk' }, 'auto'),
  ];

  test.each(['calendar', 'sliding'] as const)('has the world that this server makes of it (%s)', (windows) => {
    const plan = makePlan(calls);
    const answer = answersOf(plan.table, new AgentStates(rosterOf(undefined)));
    const run = runCalls(readPolicy(ALLOW), calls, { windows, answer });
    expect(statuses(run)).toEqual(['ok', 'ok', 'ok', 'ok', 'ok', 'tool_error', 'ok', 'ok', 'ok']);
    expect(ticketsOf(run)).toEqual([4, 8]);
    expect(worldAt(run, worldOf(scenarioOf([])), START + 9)).toMatchObject({
      registered: 1,
      killed: 1,
      escrows: { count: 1, total: 9, latest: [{ number: 1, call: 7 }] },
      tickets: { issued: 2, refused: 0 },
    });
  });
});
