import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { TOOL_NAMES } from '../../../src/core/catalogue/tools.ts';
import type { JsonObject, JsonValue } from '../../../src/core/json.ts';
import { AgentStates } from '../../../src/core/upstream/agent-states.ts';
import { registeredId } from '../../../src/core/upstream/registered-id.ts';
import { DEFAULT_ROSTER, rosterOf } from '../../../src/core/upstream/roster.ts';
import type { ServerAnswer } from '../../../src/core/upstream/server.ts';
import { statusOf } from '../../../src/core/upstream/status.ts';
import { createWorld } from '../../../src/core/upstream/world.ts';
import { answersIn, anyCalls } from './calls.ts';

const START_MS = Date.parse('2026-01-01T00:00:00Z');
type Made = readonly [tool: string, args: JsonObject];

/** What calls made a second apart are answered with: structured content, the text of an error result, or the code. */
function tell(calls: readonly Made[]): (JsonValue | undefined)[] {
  const made = calls.map(([tool, args], i) => ({ tool, args, atMs: START_MS + 1000 * i }));
  return answersIn(createWorld(START_MS), made).answers.map(contentOf);
}

function contentOf(answer: ServerAnswer): JsonValue | undefined {
  if (answer.status === 'rpc_error') return answer.error.code;
  const [first] = answer.result.content as readonly { text: string }[];
  return answer.status === 'ok' ? answer.result.structuredContent : first?.text;
}

describe('registering', () => {
  const register: Made = [
    'register_agent',
    { name: 'Ledger clerk', organization: 'Example', capabilities: ['search'] },
  ];
  const card: Made = ['get_agent_card', { agentId: 'agent-ledger-clerk' }];

  test('makes an agent known to every tool, at the lowest level', () => {
    const agentId = 'agent-ledger-clerk';
    const asked: Made[] = [
      card,
      ['is_agent_certified', { agentId }],
      ['get_trust_score', { agentId }],
      ['check_agent_pulse', { agentId }],
      ['issue_audit_ticket', { agentId }],
      ['query_agents', { capabilities: ['search'], limit: 99 }],
      ['verify_agent_identity', { agentId }],
    ];
    const before = tell(asked);
    expect(before[0]).toBe(`Agent ${agentId} not found`);
    expect(before[4]).toEqual({ success: false, agentId, error: 'Agent not found' });
    const [made, ...after] = tell([register, ...asked]);
    expect(made).toMatchObject({ success: true, agent: { id: agentId, auditLevel: 'Bronze', status: 'active' } });
    expect(after).toMatchObject([
      { id: agentId, organization: 'Example', audit_level: 'Bronze', certified_at: '2026-01-01T00:00:00.000Z' },
      { certified: true, agentId },
      { score: 35, recommendation: 'reject' },
      { status: 'healthy' },
      { success: true, agentId },
      { total: (before[5] as { total: number }).total + 1 },
      { verified: true },
    ]);
  });

  test('twice under one name, or under that of another agent, fails', () => {
    expect(tell([register, register, ['register_agent', { name: 'ledger-CLERK' }]]).slice(1)).toEqual([
      'Error: Ledger clerk is registered already',
      'Error: ledger-CLERK is registered already',
    ]);
    expect(tell([['register_agent', { name: 'Scout' }]])).toEqual(['Error: Scout is registered already']);
    expect(tell([['register_agent', { name: ' ' }]])).toEqual(['Error: the name is empty']);
  });

  test.each([
    ['Ledger clerk', 'agent-ledger-clerk'],
    ['agent-13', 'agent-13'],
    ['  A / B  ', 'agent-a-b'],
    ['7', 'agent-7'],
  ])('%j is known as %s', (name, id) => {
    expect(registeredId(name)).toBe(id);
  });

  test.each(['東京', 'Zoë', '!!!', 'x'.repeat(65), '\ud800'])('%j gets an id of digits', (name) => {
    expect(registeredId(name)).toMatch(/^agent-[0-9a-f]{12}$/);
    expect(registeredId(name)).not.toBe(registeredId(`${name}a`));
  });
});

describe('the kill switch', () => {
  const kill: Made = ['activate_kill_switch', { agentId: 'agent-3', reason: 'r' }];
  const ticket: Made = ['issue_audit_ticket', { agentId: 'agent-3' }];

  test('makes later tickets fail in the shape of a success, and nothing else fail', () => {
    const agentId = 'agent-3';
    expect(
      tell([
        ticket,
        kill,
        ticket,
        ['is_agent_certified', { agentId }],
        ['check_agent_pulse', { agentId }],
        ['get_agent_registration', { agentId }],
        ['verify_agent_identity', { agentId }],
        ['create_escrow', { agentId, target: 't', amount: 1, task: 't' }],
        kill,
      ]),
    ).toMatchObject([
      { success: true },
      { success: true, agentId, timestamp: START_MS + 1000 },
      { success: false, agentId, error: 'Agent kill switch active' },
      { certified: false, killSwitchActive: true },
      { status: 'offline' },
      { active: false },
      { verified: false },
      { state: 'funded' },
      { success: true },
    ]);
  });

  test('of an agent that was registered meanwhile works too, and one thrown twice belongs to the first call', () => {
    const { world } = answersIn(
      createWorld(START_MS),
      [
        { tool: 'register_agent', args: { name: 'clerk' } },
        { tool: 'activate_kill_switch', args: { agentId: 'agent-clerk', reason: 'a' } },
        { tool: 'activate_kill_switch', args: { agentId: 'agent-clerk', reason: 'b' } },
      ].map((call) => ({ ...call, atMs: START_MS })),
    );
    expect(world.accounts.get('agent-clerk')).toMatchObject({ registeredBy: 0, killedBy: 1 });
  });
});

test('escrows are numbered and add up, negative amounts too', () => {
  const escrow = (amount: number): Made => ['create_escrow', { agentId: 'agent-1', target: 't', amount, task: 't' }];
  const calls = [escrow(5), escrow(5), escrow(-20)].map(([tool, args]) => ({ tool, args, atMs: START_MS }));
  const { world, answers } = answersIn(createWorld(START_MS), calls);
  expect(answers.map(contentOf)).toMatchObject(['escrow-1', 'escrow-2', 'escrow-3'].map((escrowId) => ({ escrowId })));
  expect([world.escrows, world.escrowTotal]).toEqual([3, -10]);
  expect(world.accounts.get('agent-1')).toMatchObject({ escrows: 3, escrowTotal: -10 });
});

test('a ticket in the answer is readable whatever an agent is called', () => {
  const world = createWorld(START_MS, { agents: [{ id: 'Zoë 東京 🤖', allowedServers: ['büro'] }] });
  const call = { tool: 'issue_audit_ticket', args: { agentId: 'Zoë 東京 🤖' }, atMs: START_MS };
  const [answer] = answersIn(world, [call]).answers;
  const content = answer === undefined ? undefined : contentOf(answer);
  const payload = (content as { ticket: string }).ticket.split('.')[1] ?? '';
  expect(JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'))).toMatchObject({
    sub: 'Zoë 東京 🤖',
    constraints: { allowed_mcp_servers: ['büro'] },
  });
});

describe('a scenario edits the world', () => {
  test('absent edits are the default twelve', () => {
    expect(createWorld(START_MS, {})).toEqual(createWorld(START_MS));
    expect(rosterOf({})).toEqual(DEFAULT_ROSTER);
  });

  test('agents are changed, added and removed', () => {
    const edits = {
      agents: [
        { id: 'agent-2', killSwitch: true, auditLevel: 'Platinum' as const },
        { id: 'agent-12', killSwitch: false, maxOpValue: 7, name: 'Reformed' },
        { id: 'agent-13', trustScore: 71, expiresAt: '2026-01-02T00:00:00Z', allowedServers: [] },
      ],
      remove: ['agent-1'],
    };
    const { agents, names } = createWorld(START_MS, edits);
    expect([...agents.keys()]).toEqual(Array.from({ length: 12 }, (_, k) => `agent-${k + 2}`));
    expect(agents.get('agent-2')).toMatchObject({
      name: 'Broker',
      killSwitchActive: true,
      auditLevel: 'Platinum',
      maxOpValue: 100_000,
    });
    expect(agents.get('agent-12')).toMatchObject({ name: 'Reformed', killSwitchActive: false, maxOpValue: 7 });
    expect(agents.get('agent-13')).toMatchObject({
      name: 'agent-13',
      auditLevel: 'Bronze',
      trustScore: 71,
      maxOpValue: 100,
      expiresAtMs: START_MS + 86_400_000,
      allowedMcpServers: [],
    });
    expect([names.has('Scout'), names.has('Rogue'), names.has('Reformed')]).toEqual([false, false, true]);
  });
});

test('what decides while a run goes on, and what answers afterwards, always agree', () => {
  const seen = new Map<string, number>();
  fc.assert(
    fc.property(anyCalls, (calls) => {
      const states = new AgentStates(DEFAULT_ROSTER);
      const { answers } = answersIn(createWorld(START_MS), calls);
      answers.forEach((answer, i) => {
        const { tool, args } = calls[i]!;
        const { status } = statusOf(tool, args, states);
        expect(status).toBe(answer.status);
        if (status !== 'ok' || answer.status !== 'ok') return;
        seen.set(tool, (seen.get(tool) ?? 0) + 1);
        if (tool === 'issue_audit_ticket') {
          expect(states.getsTickets(String(args.agentId))).toBe(
            'ticket' in (answer.result.structuredContent as object),
          );
        }
        if (tool === 'register_agent') states.register(String(args.name));
        if (tool === 'activate_kill_switch') states.kill(String(args.agentId));
      });
    }),
    { numRuns: 500 },
  );
  expect([...seen.keys()].toSorted()).toEqual(TOOL_NAMES.toSorted());
});
