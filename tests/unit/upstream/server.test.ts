import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { SAMPLE_ARGUMENTS } from '../../../src/core/catalogue/seed.ts';
import { TOOL_NAMES, TOOLS } from '../../../src/core/catalogue/tools.ts';
import type { JsonObject, JsonValue } from '../../../src/core/json.ts';
import { createServer } from '../../../src/core/upstream/server.ts';
import { createWorld } from '../../../src/core/upstream/world.ts';

const START_MS = Date.parse('2026-01-01T00:00:00Z');
const AT_MS = START_MS + 61_500;
const world = createWorld(START_MS);
const server = createServer(world);

/** The structured content of an answer that is a result. */
function contentOf(tool: string, args: JsonObject): JsonValue | undefined {
  const answer = server.answer(tool, args, AT_MS);
  return answer.status === 'rpc_error' ? undefined : answer.result.structuredContent;
}

describe('the world at the start of a run', () => {
  test('is that of the spec', () => {
    const agents = [...world.agents.values()];
    expect(agents.map(({ id }) => id)).toEqual(Array.from({ length: 12 }, (_, k) => `agent-${k + 1}`));
    expect(agents.map(({ auditLevel }) => auditLevel[0]).join('')).toBe('BSGPBSGPBSGP');
    expect(new Set(agents.map(({ auditLevel, maxOpValue }) => `${auditLevel} ${maxOpValue}`))).toEqual(
      new Set(['Bronze 100', 'Silver 1000', 'Gold 10000', 'Platinum 100000']),
    );
    const scores = agents.map(({ trustScore }) => trustScore);
    expect([Math.min(...scores), Math.max(...scores), new Set(scores).size]).toEqual([35, 98, 12]);
    expect(agents.filter(({ expiresAtMs }) => expiresAtMs <= START_MS).map(({ id }) => id)).toEqual(['agent-11']);
    expect(agents.filter(({ killSwitchActive }) => killSwitchActive).map(({ id }) => id)).toEqual(['agent-12']);
    const endMs = START_MS + 31 * 86_400_000;
    expect(agents.filter(({ expiresAtMs }) => expiresAtMs > endMs)).toHaveLength(11);
    for (const { allowedMcpServers } of agents) {
      expect(new Set(allowedMcpServers).size).toBe(3);
      expect(allowedMcpServers).toContain('agntor');
    }
  });

  test('is the same every time', () => {
    expect(createWorld(START_MS)).toEqual(world);
  });
});

describe('what fails, and how', () => {
  const UNKNOWN: Readonly<Record<string, JsonObject>> = {
    get_agent_card: { agentId: 'agent-99' },
    get_agent_registration: { agentId: 'agent-99' },
    check_agent_pulse: { agentId: 'agent-99' },
    get_trust_score: { agentId: 'agent-99' },
    query_agents: { limit: -1 },
    register_agent: { name: 'agent-3' },
    create_escrow: { agentId: 'agent-99', target: 'agent-1', amount: 1, task: 't' },
    activate_kill_switch: { agentId: 'agent-99', reason: 'r' },
    verify_agent_identity: { agentId: 'agent-99' },
  };

  test.each(Object.entries(UNKNOWN))('%s fails with an error result', (tool, args) => {
    const answer = server.answer(tool, args, AT_MS);
    expect(answer).toMatchObject({ status: 'tool_error', result: { isError: true, content: [{ type: 'text' }] } });
  });

  test('an unknown agent is simply not certified', () => {
    expect(contentOf('is_agent_certified', { agentId: 'agent-99' })).toEqual({ certified: false, agentId: 'agent-99' });
  });

  test.each([
    ['agent-99', 'Agent not found'],
    ['agent-12', 'Agent kill switch active'],
  ])('no ticket for %s, told as a success', (agentId, error) => {
    const answer = server.answer('issue_audit_ticket', { agentId }, AT_MS);
    expect(answer).toEqual({
      status: 'ok',
      result: { content: [{ type: 'text', text: error }], structuredContent: { success: false, agentId, error } },
    });
    expect(server.ticketClaims('issue_audit_ticket', { agentId }, AT_MS)).toBeNull();
  });

  test('arguments that do not fit are answered with -32602', () => {
    expect(server.answer('issue_audit_ticket', { agentId: 'agent-1', validitySeconds: '9' }, AT_MS)).toEqual({
      status: 'rpc_error',
      error: {
        code: -32602,
        message:
          'Input validation error: Invalid arguments for tool issue_audit_ticket: validitySeconds must be a number, not text',
      },
    });
  });

  test.each(['rm', 'Get_agent_card', 'constructor'])('%s is no tool', (tool) => {
    expect(server.answer(tool, {}, AT_MS)).toEqual({
      status: 'rpc_error',
      error: { code: -32602, message: `Unknown tool: ${tool}` },
    });
  });
});

describe('what is answered', () => {
  test.each(TOOL_NAMES)('%s gives its result as text and as structure', (tool) => {
    const answer = server.answer(tool, SAMPLE_ARGUMENTS.get(tool) ?? {}, AT_MS);
    if (answer.status !== 'ok') throw new Error(`${tool} failed`);
    const { content, structuredContent } = answer.result;
    expect(content).toEqual([{ type: 'text', text: JSON.stringify(structuredContent) }]);
  });

  test('certification goes by date and kill switch', () => {
    const certified = [...world.agents.keys()].filter((agentId) => {
      const content = contentOf('is_agent_certified', { agentId });
      return typeof content === 'object' && content !== null && 'certified' in content && content.certified === true;
    });
    expect(certified).toEqual(Array.from({ length: 10 }, (_, k) => `agent-${k + 1}`));
  });

  test('recommendations follow the score', () => {
    for (const agent of world.agents.values()) {
      const { trustScore: score } = agent;
      const recommendation = score >= 80 ? 'approve' : score >= 60 ? 'review' : 'reject';
      expect(contentOf('get_trust_score', { agentId: agent.id })).toMatchObject({ score, recommendation });
    }
  });

  test('health figures come only when asked for', () => {
    expect(contentOf('get_trust_score', { agentId: 'agent-1', includeHealth: true })).toHaveProperty('details');
    expect(contentOf('get_trust_score', { agentId: 'agent-1', includeHealth: false })).not.toHaveProperty('details');
  });

  test('a query finds by every criterion, and counts beyond its limit', () => {
    expect(contentOf('query_agents', {})).toMatchObject({ total: 12 });
    const gold = contentOf('query_agents', { auditLevel: 'Gold', limit: 1 });
    expect(gold).toMatchObject({ results: [{ agentId: 'agent-3', auditLevel: 'Gold' }], total: 3 });
    expect(contentOf('query_agents', { minTrustScore: 98 })).toMatchObject({ total: 1 });
    expect(contentOf('query_agents', { capabilities: ['search', 'email'], limit: 0 })).toEqual({
      results: [],
      total: 2,
    });
  });

  test('an escrow may be of any amount, negative too', () => {
    const args = { agentId: 'agent-1', target: 'anybody', amount: -500, task: 't' };
    expect(contentOf('create_escrow', args)).toMatchObject({ state: 'funded', amount: -500 });
  });

  test('the server probes itself when no agent is named', () => {
    expect(contentOf('verify_agent_identity', {})).toMatchObject({ agentId: 'agntor', verified: true });
    expect(contentOf('verify_agent_identity', { agentId: 'agent-11' })).toMatchObject({ verified: false });
  });
});

describe('tickets', () => {
  const claims = (args: JsonObject): JsonObject | null => server.ticketClaims('issue_audit_ticket', args, AT_MS);

  test('claims are those of the spec, in seconds', () => {
    const iat = Math.floor(AT_MS / 1000);
    expect(claims({ agentId: 'agent-3' })).toEqual({
      iss: 'agntor.com',
      sub: 'agent-3',
      iat,
      exp: iat + 300,
      audit_level: 'Gold',
      constraints: {
        max_op_value: 10_000,
        allowed_mcp_servers: ['agntor', 'market-data', 'calendar'],
        kill_switch_active: false,
        requires_x402_payment: true,
      },
    });
  });

  test.each([0, -60, 0.5, 1e12])('a life of %d s is kept as it is', (validitySeconds) => {
    const issued = claims({ agentId: 'agent-1', validitySeconds });
    expect(Number(issued?.exp) - Number(issued?.iat)).toBeCloseTo(validitySeconds, 6);
  });

  test('an expired certification still gets a ticket, as the real server gives one', () => {
    expect(claims({ agentId: 'agent-11' })).not.toBeNull();
  });

  test('only accepted calls of the one tool get claims', () => {
    expect(server.ticketClaims('get_agent_card', { agentId: 'agent-1' }, AT_MS)).toBeNull();
    expect(claims({ agentId: 'agent-1', validitySeconds: 'long' })).toBeNull();
  });

  test('the token in the answer holds the claims and no signature', () => {
    const content = contentOf('issue_audit_ticket', { agentId: 'agent-1', validitySeconds: 60 });
    const ticket = typeof content === 'object' && content !== null && 'ticket' in content ? content.ticket : '';
    const [, payload = '', signature] = String(ticket).split('.');
    expect(JSON.parse(Buffer.from(payload, 'base64url').toString())).toEqual(
      claims({ agentId: 'agent-1', validitySeconds: 60 }),
    );
    expect(signature).toBe('');
  });
});

test('the status alone is always that of the whole answer, which is the same every time', () => {
  const value = fc.constantFrom<JsonValue>(
    'agent-1',
    'agent-12',
    'agent-99',
    'Gold',
    'Scout',
    '',
    -1,
    0.5,
    3,
    true,
    null,
    [],
    ['a'],
    {},
  );
  const call = fc.constantFrom(...TOOLS).chain((tool) => {
    const names = fc.constantFrom(...tool.fields.map(({ name }) => name), 'extra');
    const args = fc.dictionary(names, value, { maxKeys: 6 }).map((entry): JsonObject => ({ ...entry }));
    return fc.tuple(fc.constantFrom(tool.name, 'nothing'), args);
  });
  fc.assert(
    fc.property(call, ([tool, args]) => {
      const answer = server.answer(tool, args, AT_MS);
      expect(server.status(tool, args)).toBe(answer.status);
      expect(createServer(createWorld(START_MS)).answer(tool, args, AT_MS)).toEqual(answer);
    }),
    { numRuns: 1000 },
  );
});
