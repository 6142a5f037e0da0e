import { McpError } from '@modelcontextprotocol/sdk/types.js';
import { describe, expect, it } from 'vitest';
import { TOOL_NAMES } from '../../src/core/catalogue/tools.ts';
import type { Dialect } from '../../src/core/policy/model.ts';
import type { Scenario } from '../../src/core/scenario/model.ts';
import { ACCEPTED_CALLS } from './accepted-calls.ts';
import { connectClient } from './connect-client.ts';
import { createGateway, type Gateway, type GatewayOptions } from './gateway.ts';

const START = '2026-01-01T12:00:00.000Z';
const SCENARIO: Scenario = { version: '1', name: 'gateway', start: START, agents: [] };
const CALLER = { grant: 'planner', session: 's1' };

interface Arranged {
  readonly gateway: Gateway;
  readonly wait: (ms: number) => void;
}

/** A gateway whose clock stands still until it is told to wait. */
function arrange(policy: object | string, more: Partial<GatewayOptions> = {}): Arranged {
  let nowMs = Date.parse(START);
  const policyText = typeof policy === 'string' ? policy : JSON.stringify(policy);
  const dialect: Dialect = typeof policy === 'string' ? 'intercept' : 'policylayer';
  const gateway = createGateway({ policyText, dialect, scenario: SCENARIO, clock: () => nowMs, ...more });
  return { gateway, wait: (ms) => (nowMs += ms) };
}

const OPEN = { version: '1', default: 'allow' };

const textOf = (result: Awaited<ReturnType<Awaited<ReturnType<typeof connectClient>>['callTool']>>): unknown =>
  'content' in result ? result.content : result;

describe('an MCP client', () => {
  it('is greeted, and may ask whether anybody is there', async () => {
    const client = await connectClient(arrange(OPEN).gateway, CALLER);
    expect(client.getServerVersion()).toEqual({ name: 'agntor', version: '0.1.0' });
    expect(client.getServerCapabilities()).toEqual({ tools: {} });
    await expect(client.ping()).resolves.toEqual({});
    await client.close();
  });

  it('is told of every tool but hidden ones, denied ones among them', async () => {
    const policy = { version: '1', default: 'deny', hide: ['create_escrow', 'activate_kill_switch'], tools: {} };
    const client = await connectClient(arrange(policy).gateway, CALLER);
    const { tools } = await client.listTools();
    const hidden = ['create_escrow', 'activate_kill_switch'];
    expect(tools.map(({ name }) => name)).toEqual(TOOL_NAMES.filter((name) => !hidden.includes(name)));
    expect(tools.find(({ name }) => name === 'query_agents')?.inputSchema.properties).toMatchObject({
      auditLevel: { type: 'string', enum: ['Bronze', 'Silver', 'Gold', 'Platinum'] },
    });
    await client.close();
  });

  it('is told of nothing when everything is hidden', async () => {
    const client = await connectClient(arrange({ ...OPEN, hide: ['*'] }).gateway, CALLER);
    await expect(client.listTools()).resolves.toEqual({ tools: [] });
    await client.close();
  });

  it('calls every tool', async () => {
    const client = await connectClient(arrange(OPEN).gateway, CALLER);
    expect(Object.keys(ACCEPTED_CALLS).sort()).toEqual([...TOOL_NAMES].sort());
    for (const [name, args] of Object.entries(ACCEPTED_CALLS)) {
      const result = await client.callTool({ name, arguments: { ...args } });
      expect(result.isError, name).toBeUndefined();
      expect(result.structuredContent, name).toBeTypeOf('object');
    }
    await client.close();
  });

  it('meets the world its own calls have made', async () => {
    const client = await connectClient(arrange(OPEN).gateway, CALLER);
    const registered = await client.callTool({ name: 'register_agent', arguments: { name: 'Newcomer' } });
    const { id } = (registered.structuredContent as { agent: { id: string } }).agent;
    const ask = async () =>
      (await client.callTool({ name: 'issue_audit_ticket', arguments: { agentId: id } })).structuredContent;
    await expect(ask()).resolves.toMatchObject({ success: true });
    await client.callTool({ name: 'activate_kill_switch', arguments: { agentId: id, reason: 'Test' } });
    await expect(ask()).resolves.toMatchObject({ success: false });
    await client.close();
  });
});

describe('a refusal', () => {
  it('is a result with isError, for a denied and for a hidden tool alike', async () => {
    const policy = {
      version: '1',
      default: 'deny',
      hide: ['create_escrow'],
      tools: { get_agent_card: { deny_if: [{ conditions: [], on_deny: 'Ask a person.' }] } },
    };
    const client = await connectClient(arrange(policy).gateway, CALLER);
    const expected = {
      get_agent_card: '[POLICY DENIED] Ask a person.',
      create_escrow: '[POLICY DENIED] create_escrow: hidden by the policy.',
      query_agents: '[POLICY DENIED] query_agents: not listed, and the default is deny.',
    };
    for (const [name, text] of Object.entries(expected)) {
      await expect(client.callTool({ name, arguments: {} })).resolves.toEqual({
        content: [{ type: 'text', text }],
        isError: true,
      });
    }
    await client.close();
  });

  it('comes with the words of Intercept in its dialect', async () => {
    const policy = 'version: "1"\ndefault: allow\nhide:\n  - create_escrow\n';
    const client = await connectClient(arrange(policy).gateway, CALLER);
    expect((await client.listTools()).tools.map(({ name }) => name)).not.toContain('create_escrow');
    expect(textOf(await client.callTool({ name: 'create_escrow', arguments: {} }))).toEqual([
      { type: 'text', text: '[INTERCEPT POLICY DENIED] Tool "create_escrow" is hidden by policy' },
    ]);
    await client.close();
  });

  it('comes from a limit until its window is over, for each grant apart', async () => {
    const limit = { counter: 'cards', window: 'minute', max: 2, scope: 'grant' };
    const { gateway, wait } = arrange({
      version: '1',
      default: 'deny',
      tools: { get_agent_card: { limits: [limit] } },
    });
    const planner = await connectClient(gateway, CALLER);
    const other = await connectClient(gateway, { grant: 'buyer', session: 's1' });
    const ask = async (client: typeof planner) =>
      (await client.callTool({ name: 'get_agent_card', arguments: { agentId: 'agent-1' } })).isError ?? false;
    expect([await ask(planner), await ask(planner), await ask(planner)]).toEqual([false, false, true]);
    await expect(ask(other)).resolves.toBe(false);
    wait(59_999);
    await expect(ask(planner)).resolves.toBe(true);
    wait(1);
    await expect(ask(planner)).resolves.toBe(false);
    await Promise.all([planner.close(), other.close()]);
  });

  it('waits for a person, who lets one call pass', async () => {
    const policy = {
      version: '1',
      default: 'deny',
      tools: { create_escrow: { action: 'require_approval', reason: 'Needs a human.' } },
    };
    const scenario: Scenario = { ...SCENARIO, approvals: { mode: 'approve', after: '20s' } };
    const { gateway, wait } = arrange(policy, { scenario });
    const client = await connectClient(gateway, CALLER);
    const ask = async () => await client.callTool({ name: 'create_escrow', arguments: ACCEPTED_CALLS.create_escrow });
    expect(textOf(await ask())).toEqual([{ type: 'text', text: '[POLICY DENIED] Needs a human.' }]);
    wait(20_000);
    await expect(ask()).resolves.toMatchObject({ structuredContent: { state: 'funded' } });
    expect(gateway.replies.map(({ decision }) => decision.outcome)).toEqual(['approval', 'allow']);
    await client.close();
  });
});

describe('a failure', () => {
  it('of the server is a result with isError', async () => {
    const client = await connectClient(arrange(OPEN).gateway, CALLER);
    const result = await client.callTool({ name: 'get_agent_card', arguments: { agentId: 'nobody' } });
    expect(result.isError).toBe(true);
    await client.close();
  });

  it.each([
    ['arguments of another type', 'get_agent_card', { agentId: 7 }],
    ['a tool the server does not have', 'no_such_tool', {}],
  ])('is a JSON-RPC error -32602 for %s', async (_, name, args) => {
    const client = await connectClient(arrange(OPEN).gateway, CALLER);
    const refusal = await client.callTool({ name, arguments: args }).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(McpError);
    expect(refusal).toMatchObject({ code: -32602 });
    await client.close();
  });

  it.each(['rpc_error', 'timeout'] as const)(
    'of the kind %s is a JSON-RPC error, and gives back what it took',
    async (upstream) => {
      const limit = { counter: 'cards', window: 'minute', max: 1, scope: 'grant' };
      const { gateway, wait } = arrange({
        version: '1',
        default: 'deny',
        tools: { get_agent_card: { limits: [limit] } },
      });
      const failing = await connectClient(gateway, { ...CALLER, upstream, latencyMs: 500 });
      const client = await connectClient(gateway, CALLER);
      const request = { name: 'get_agent_card', arguments: { agentId: 'agent-1' } };
      await expect(failing.callTool(request)).rejects.toBeInstanceOf(McpError);
      wait(499);
      await expect(client.callTool(request)).resolves.toMatchObject({ isError: true });
      wait(1);
      await expect(client.callTool(request)).resolves.not.toHaveProperty('isError');
      await Promise.all([failing.close(), client.close()]);
    },
  );
});

describe('what is no proper message', () => {
  const { gateway } = arrange(OPEN);

  it.each([
    ['a notification, without an answer', { jsonrpc: '2.0', method: 'notifications/initialized' }, null],
    ['no request', { id: 1 }, { jsonrpc: '2.0', error: { code: -32600, message: 'Not a JSON-RPC request' } }],
    [
      'an unknown method',
      { jsonrpc: '2.0', id: 'a', method: 'prompts/list' },
      { jsonrpc: '2.0', id: 'a', error: { code: -32601, message: 'Method not found: prompts/list' } },
    ],
    [
      'a call without a name',
      { jsonrpc: '2.0', id: 3, method: 'tools/call', params: {} },
      {
        jsonrpc: '2.0',
        id: 3,
        error: { code: -32602, message: 'A tool call needs a name, and arguments in an object' },
      },
    ],
  ])('is %s', (_, message, answer) => {
    expect(gateway.handle(message, CALLER)).toEqual(answer);
  });

  it('is a policy that does not load', () => {
    expect(() => arrange({ version: '2' })).toThrow('the policy does not load');
  });
});
