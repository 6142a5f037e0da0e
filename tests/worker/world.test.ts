import { describe, expect, test } from 'vitest';
import type { Scenario } from '../../src/core/scenario/model.ts';
import type { EngineApi } from '../../workers/engine-api.ts';
import { connect, finish, seedInput, told, valueOf } from './connect.ts';

const START = Date.UTC(2026, 0, 1);
const ALLOW = JSON.stringify({ version: '1', default: 'allow', tools: {} });

/** Tickets before and after a kill switch, an escrow, and an agent that is registered on the way. */
const STORY: Scenario = {
  version: '1',
  start: '2026-01-01T00:00:00.000Z',
  world: { agents: [{ id: 'agent-5', auditLevel: 'Platinum' }], remove: ['agent-1'] },
  agents: [
    {
      name: 'operator',
      steps: [
        { call: 'issue_audit_ticket', times: 3, every: '1s', args: { agentId: 'agent-5' } },
        { call: 'activate_kill_switch', args: { agentId: 'agent-5', reason: 'r' } },
        { call: 'issue_audit_ticket', times: 3, every: '1s', args: { agentId: 'agent-5' } },
        { call: 'get_agent_card', args: { agentId: 'agent-clerk' } },
        { call: 'register_agent', args: { name: 'clerk' } },
        { call: 'get_agent_card', args: { agentId: 'agent-clerk' } },
        {
          call: 'create_escrow',
          times: 2,
          every: '1s',
          args: { agentId: 'agent-clerk', target: 't', amount: 5, task: 't' },
        },
        { call: 'issue_audit_ticket', args: { agentId: 'agent-clerk' } },
      ],
    },
  ],
};
const TEXT = { dialect: 'auto', text: ALLOW } as const;

async function held(scenario: Scenario = STORY) {
  const engine = connect();
  const summary = await finish(engine, seedInput({ policy: TEXT, scenario }));
  return { engine, summary, runId: summary.runId };
}

/** What the agent reads as the answer to each of these calls. */
async function answers(engine: EngineApi, runId: number, calls: readonly number[]): Promise<string[]> {
  const texts: string[] = [];
  for (const call of calls) texts.push(valueOf(await engine.explain(runId, call)).agentText);
  return texts;
}

describe('the world of a run', () => {
  test('at any moment, in any order', async () => {
    const { engine, runId } = await held();
    const at = async (ms: number) => valueOf(await engine.world(runId, START + ms));
    expect(await at(1e9)).toMatchObject({
      calls: 13,
      registered: 1,
      killed: 2,
      escrows: { count: 2, total: 10, latest: [{ number: 2 }, { number: 1 }] },
      tickets: { issued: 4, refused: 3 },
    });
    expect(await at(0)).toMatchObject({ calls: 1, registered: 0, killed: 1, tickets: { issued: 1, refused: 0 } });
    const { agents } = await at(3000);
    expect(agents).toHaveLength(11);
    expect(agents.find(({ id }) => id === 'agent-5')).toMatchObject({
      auditLevel: 'Platinum',
      maxOpValue: 100_000,
      killedBy: 3,
      tickets: 3,
    });
  });

  test('of a run that is not held any more is gone', async () => {
    const { engine, runId } = await held();
    await finish(engine);
    expect(await engine.world(runId, START)).toEqual({ kind: 'gone' });
  });
});

test('an agent sees the answer of the world as it was at its call, whichever call is asked for first', async () => {
  const { engine, runId } = await held();
  const [killed, issued, known, unknown, second, first] = await answers(engine, runId, [4, 2, 9, 7, 11, 10]);
  expect(killed).toBe('Agent kill switch active');
  expect(issued).toContain('"success":true');
  expect(known).toContain('"id":"agent-clerk"');
  expect(unknown).toBe('Agent agent-clerk not found');
  expect([first, second]).toEqual([
    expect.stringContaining('"escrowId":"escrow-1"'),
    expect.stringContaining('"escrowId":"escrow-2"'),
  ]);
});

test('tickets are those that were issued, with the claims of the edited world, in pages of any order', async () => {
  const { engine, summary, runId } = await held();
  expect(summary.tickets).toBe(4);
  const last = valueOf(await engine.tickets(runId, 3, 5));
  expect(last.tickets).toMatchObject([{ call: 12, claims: { sub: 'agent-clerk', audit_level: 'Bronze' } }]);
  const all = valueOf(await engine.tickets(runId, 0, 3));
  expect(all.tickets.map(({ call }) => call)).toEqual([0, 1, 2]);
  expect(all.tickets[0]?.claims).toMatchObject({ sub: 'agent-5', audit_level: 'Platinum' });
  expect(valueOf(await engine.tickets(runId, 99, 5))).toMatchObject({ total: 4, tickets: [] });
});

test('a run that was cancelled and run again has the digest of one that was not', async () => {
  const agents = [1, 2].map((number) => ({
    name: `a${number}`,
    onDenied: { retry: { max: 3, delay: '1s', factor: 2 } },
    steps: [
      { call: 'register_agent', times: 100, every: '700ms', args: { name: `clerk-{{i % 30}}` } },
      {
        call: 'create_escrow',
        times: 60_000,
        every: '1ms',
        args: { agentId: { $pick: ['agent-clerk-7', 'agent-2'] }, target: 't', amount: 1, task: 't' },
      },
    ],
  }));
  const limits = [{ counter: 'c', window: 'minute', max: 50 }];
  const text = JSON.stringify({ version: '1', default: 'allow', tools: { register_agent: { limits } } });
  const input = seedInput({ policy: { dialect: 'auto', text }, scenario: { ...STORY, agents } });
  const engine = connect();
  const { digest } = await finish(connect(), input);
  const cancelled = engine.run(
    input,
    told(() => void engine.cancel()),
  );
  expect(['cancelled', 'done']).toContain((await cancelled).kind);
  expect((await finish(engine, input)).digest).toBe(digest);
});

test('a world that cannot be gives its diagnostics', async () => {
  const world = { agents: [{ id: 'agent-5' }, { id: 'agent-5' }] };
  const result = await connect().run(seedInput({ scenario: { ...STORY, world } }), told());
  expect(result).toMatchObject({
    kind: 'scenario-invalid',
    diagnostics: [{ code: 'repeated-agent', pointer: '/world/agents/1/id' }],
  });
});
