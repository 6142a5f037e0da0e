import type { JsonValue } from '../json.ts';

/** What a tool does to the world: looks, changes it, or makes the server act. */
export type ToolCategory = 'Read' | 'Write' | 'Execute';
/** How much harm a call can do. */
export type ToolRisk = 'Low' | 'Medium' | 'High';

/** `strings` is a list of texts, `any` takes every JSON value, null included. */
export type FieldType = 'string' | 'number' | 'boolean' | 'strings' | 'any';

/** One argument of a tool. Forms, argument checks and input schemas are all made from this. */
export interface ToolField {
  readonly name: string;
  readonly type: FieldType;
  readonly required: boolean;
  readonly description: string;
  /** What the server takes when the argument is left out. */
  readonly default?: JsonValue;
  /** The only texts allowed. */
  readonly choices?: readonly string[];
}

/**
 * A tool of the server. `source` says where category and risk come from: `cat` is stated in PolicyLayer's public
 * catalogue, `inf` is inferred from its rules for tools of that name or kind
 * (docs: policy.md#the-server-behind-the-gateway).
 */
export interface Tool {
  readonly name: string;
  readonly category: ToolCategory;
  readonly risk: ToolRisk;
  readonly source: 'cat' | 'inf';
  readonly description: string;
  readonly fields: readonly ToolField[];
}

/** Levels of certification, the lowest first. */
export const AUDIT_LEVELS = ['Bronze', 'Silver', 'Gold', 'Platinum'] as const;
/** One of `AUDIT_LEVELS`. */
export type AuditLevel = (typeof AUDIT_LEVELS)[number];

function required(name: string, type: FieldType, description: string): ToolField {
  return { name, type, required: true, description };
}

function optional(name: string, type: FieldType, description: string, preset?: JsonValue): ToolField {
  const field: ToolField = { name, type, required: false, description };
  return preset === undefined ? field : { ...field, default: preset };
}

const AGENT_ID = required('agentId', 'string', 'Agent to look up');
const OWN_POLICY = optional('policy', 'any', 'Checks of the caller’s own, used in place of the server’s');

/** The 14 tools of the simulated server, in the order every list shows them. */
export const TOOLS: readonly Tool[] = [
  {
    name: 'get_agent_card',
    category: 'Read',
    risk: 'Low',
    source: 'inf',
    description: 'Who an agent is: organization, audit level, certification dates, capabilities and limits',
    fields: [AGENT_ID],
  },
  {
    name: 'get_agent_registration',
    category: 'Read',
    risk: 'Low',
    source: 'cat',
    description: 'An agent’s EIP-8004 registration file, with its endpoints and the kinds of trust it supports',
    fields: [AGENT_ID],
  },
  {
    name: 'check_agent_pulse',
    category: 'Read',
    risk: 'Low',
    source: 'inf',
    description: 'How an agent is doing now: uptime, error rate, latency, spending and last heartbeat',
    fields: [AGENT_ID],
  },
  {
    name: 'is_agent_certified',
    category: 'Read',
    risk: 'Low',
    source: 'inf',
    description: 'Whether an agent’s certification is in force; an unknown agent is answered with no',
    fields: [AGENT_ID],
  },
  {
    name: 'get_trust_score',
    category: 'Read',
    risk: 'Low',
    source: 'inf',
    description: 'An agent’s trust score from 0 to 100, what it is made of, and a recommendation',
    fields: [AGENT_ID, optional('includeHealth', 'boolean', 'Adds the health figures to the answer')],
  },
  {
    name: 'query_agents',
    category: 'Read',
    risk: 'Low',
    source: 'inf',
    description: 'Finds agents by trust score, audit level and capabilities',
    fields: [
      optional('minTrustScore', 'number', 'Lowest trust score to list, 0 to 100'),
      { ...optional('auditLevel', 'string', 'Only agents of this audit level'), choices: AUDIT_LEVELS },
      optional('capabilities', 'strings', 'Capabilities an agent must have, all of them'),
      optional('limit', 'number', 'Most agents to list', 10),
    ],
  },
  {
    name: 'guard_input',
    category: 'Read',
    risk: 'Low',
    source: 'cat',
    description: 'Looks for prompt injection in a text and says pass or block',
    fields: [
      required('input', 'string', 'Text to look through'),
      optional('context', 'any', 'What the text belongs to'),
      OWN_POLICY,
    ],
  },
  {
    name: 'redact_output',
    category: 'Read',
    risk: 'Low',
    source: 'inf',
    description: 'Takes personal data and secrets out of a text and lists where they stood',
    fields: [required('input', 'string', 'Text to clean'), OWN_POLICY],
  },
  {
    name: 'guard_tool',
    category: 'Read',
    risk: 'Low',
    source: 'inf',
    description: 'Says whether a tool may be run with these arguments',
    fields: [
      required('tool', 'string', 'Tool that is to be run'),
      required('args', 'any', 'Arguments it is to be run with'),
      OWN_POLICY,
    ],
  },
  {
    name: 'register_agent',
    category: 'Write',
    risk: 'Medium',
    source: 'inf',
    description: 'Adds a new agent to the trust network, at the lowest audit level',
    fields: [
      required('name', 'string', 'Name of the new agent, not in use yet'),
      optional('organization', 'string', 'Who runs the agent'),
      optional('description', 'string', 'What the agent does'),
      optional('capabilities', 'strings', 'What the agent can do'),
      optional('endpoint', 'string', 'Address the agent answers at'),
      optional('walletAddress', 'string', 'Wallet the agent is paid to'),
    ],
  },
  {
    name: 'create_escrow',
    category: 'Write',
    risk: 'Medium',
    source: 'inf',
    description: 'Sets money aside for a task; the amount has no minimum, so a negative one is taken too',
    fields: [
      required('agentId', 'string', 'Agent that pays'),
      required('target', 'string', 'Agent that is paid when the task is done'),
      required('amount', 'number', 'Money to set aside'),
      required('task', 'string', 'What the money is for'),
    ],
  },
  {
    name: 'issue_audit_ticket',
    category: 'Write',
    risk: 'Medium',
    source: 'cat',
    description: 'Issues a signed ticket an agent shows when it pays; its life has no maximum',
    fields: [
      required('agentId', 'string', 'Agent the ticket is for'),
      optional('validitySeconds', 'number', 'Life of the ticket in seconds', 300),
    ],
  },
  {
    name: 'activate_kill_switch',
    category: 'Write',
    risk: 'Medium',
    source: 'cat',
    description: 'Stops an agent at once; it gets no more tickets',
    fields: [
      required('agentId', 'string', 'Agent to stop'),
      required('reason', 'string', 'Why it is stopped'),
      optional('revokeTickets', 'boolean', 'Also withdraws the tickets it holds', true),
    ],
  },
  {
    name: 'verify_agent_identity',
    category: 'Execute',
    risk: 'High',
    source: 'inf',
    description: 'Probes an agent’s endpoint and reports what the probes found',
    fields: [optional('agentId', 'string', 'Agent to probe; the server itself when left out')],
  },
];

/** Names of the 14 tools, in the order of `TOOLS`. */
export const TOOL_NAMES: readonly string[] = TOOLS.map((tool) => tool.name);

const BY_NAME: ReadonlyMap<string, Tool> = new Map(TOOLS.map((tool) => [tool.name, tool]));

/** The tool of exactly that name (names are case-sensitive), or null. */
export function findTool(name: string): Tool | null {
  return BY_NAME.get(name) ?? null;
}
