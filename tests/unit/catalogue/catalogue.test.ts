import { expect, test } from 'vitest';
import { checkArguments } from '../../../src/core/catalogue/check-arguments.ts';
import { recommendedPolicyText } from '../../../src/core/catalogue/recommended.ts';
import { SAMPLE_ARGUMENTS, SEED_POLICY_TEXT } from '../../../src/core/catalogue/seed.ts';
import { findTool, TOOL_NAMES, TOOLS } from '../../../src/core/catalogue/tools.ts';
import { createServer } from '../../../src/core/upstream/server.ts';
import { createWorld } from '../../../src/core/upstream/world.ts';

/** The table of the spec: category, risk, source, and arguments with a `!` behind those required. */
const SPEC: Readonly<Record<string, readonly [string, string]>> = {
  get_agent_card: ['Read Low inf', 'agentId! string'],
  get_agent_registration: ['Read Low cat', 'agentId! string'],
  check_agent_pulse: ['Read Low inf', 'agentId! string'],
  is_agent_certified: ['Read Low inf', 'agentId! string'],
  get_trust_score: ['Read Low inf', 'agentId! string, includeHealth boolean'],
  query_agents: ['Read Low inf', 'minTrustScore number, auditLevel string, capabilities strings, limit number'],
  guard_input: ['Read Low cat', 'input! string, context any, policy any'],
  redact_output: ['Read Low inf', 'input! string, policy any'],
  guard_tool: ['Read Low inf', 'tool! string, args! any, policy any'],
  register_agent: [
    'Write Medium inf',
    'name! string, organization string, description string, capabilities strings, endpoint string, walletAddress string',
  ],
  create_escrow: ['Write Medium inf', 'agentId! string, target! string, amount! number, task! string'],
  issue_audit_ticket: ['Write Medium cat', 'agentId! string, validitySeconds number'],
  activate_kill_switch: ['Write Medium cat', 'agentId! string, reason! string, revokeTickets boolean'],
  verify_agent_identity: ['Execute High inf', 'agentId string'],
};

test('the tools are those of the spec, in its order, with its categories and inputs', () => {
  const described = TOOLS.map((tool) => {
    const fields = tool.fields.map(({ name, required, type }) => `${name}${required ? '!' : ''} ${type}`);
    return [tool.name, [`${tool.category} ${tool.risk} ${tool.source}`, fields.join(', ')]];
  });
  expect(described).toEqual(Object.entries(SPEC));
  expect(TOOL_NAMES).toEqual(Object.keys(SPEC));
});

test('tools are found by their exact name only', () => {
  expect(findTool('issue_audit_ticket')?.risk).toBe('Medium');
  expect(findTool('Issue_audit_ticket')).toBeNull();
  expect(findTool('constructor')).toBeNull();
});

test('defaults are the server’s, and fit their fields', () => {
  const defaults = TOOLS.flatMap((tool) =>
    tool.fields.filter((field) => field.default !== undefined).map((field) => [tool.name, field.name, field.default]),
  );
  expect(defaults).toEqual([
    ['query_agents', 'limit', 10],
    ['issue_audit_ticket', 'validitySeconds', 300],
    ['activate_kill_switch', 'revokeTickets', true],
  ]);
});

test('the sample arguments of each tool are accepted and answered without an error', () => {
  const server = createServer(createWorld(0));
  expect([...SAMPLE_ARGUMENTS.keys()]).toEqual(TOOL_NAMES);
  for (const [tool, args] of SAMPLE_ARGUMENTS) {
    expect(checkArguments(tool, args)).toEqual([]);
    expect(server.status(tool, args)).toBe('ok');
  }
});

test('the seed policy is the published one, with two spaces', () => {
  expect(SEED_POLICY_TEXT).toBe(`{
  "version": "1",
  "default": "deny",
  "tools": {
    "issue_audit_ticket": {
      "limits": [
        {
          "counter": "issue_audit_ticket_rate",
          "window": "minute",
          "max": 30,
          "scope": "grant"
        }
      ]
    }
  }
}`);
});

test('the recommended policy limits writes to 30 and executions to 10 a minute, and leaves reads alone', () => {
  const { tools } = JSON.parse(recommendedPolicyText()) as { tools: Record<string, { limits?: [{ max: number }] }> };
  const maxes = TOOLS.map(({ name, category }) => [category, tools[name]?.limits?.[0].max]);
  expect(new Set(maxes.map((pair) => pair.join(' ')))).toEqual(new Set(['Read ', 'Write 30', 'Execute 10']));
  expect(tools.create_escrow).toEqual({
    limits: [{ counter: 'create_escrow_rate', window: 'minute', max: 30, scope: 'grant' }],
  });
});
