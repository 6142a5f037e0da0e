import type { JsonObject } from '../../../src/core/json.ts';
import { AUDIT_LEVELS } from '../../../src/core/catalogue/tools.ts';

const TEXT: JsonObject = { type: 'string' };
const NUMBER: JsonObject = { type: 'number' };
const FLAG: JsonObject = { type: 'boolean' };
const TEXTS: JsonObject = { type: 'array', items: TEXT };
const COUNT: JsonObject = { type: 'integer', minimum: 0 };
const INSTANT: JsonObject = { type: 'string', format: 'date-time' };
const LEVEL: JsonObject = { type: 'string', enum: [...AUDIT_LEVELS] };
const SCORE: JsonObject = { type: 'number', minimum: 0, maximum: 100 };
const ID: JsonObject = { type: 'string', minLength: 1 };

/** An object with all of these members and no others. */
function exactly(properties: JsonObject): JsonObject {
  return { type: 'object', properties, required: Object.keys(properties), additionalProperties: false };
}

/** An object with all of `properties`, and `optional` members that may be there. */
function withOptional(properties: JsonObject, optional: JsonObject): JsonObject {
  const required = Object.keys(properties);
  return { type: 'object', properties: { ...properties, ...optional }, required, additionalProperties: false };
}

function listOf(items: JsonObject): JsonObject {
  return { type: 'array', items };
}

function constant(value: string | boolean): JsonObject {
  return { const: value };
}

/** Offsets of a finding in UTF-16 units, half-open. */
const FINDING = exactly({
  type: TEXT,
  span: { type: 'array', items: COUNT, minItems: 2, maxItems: 2 },
});

const HEALTH = exactly({
  uptime_24h: { type: 'number', minimum: 0, maximum: 100 },
  error_rate_1h: { type: 'number', minimum: 0, maximum: 1 },
  avg_latency_ms: { type: 'number', minimum: 0 },
  spend_velocity_1h: NUMBER,
});

const CARD = exactly({
  id: ID,
  name: TEXT,
  organization: TEXT,
  version: TEXT,
  audit_level: LEVEL,
  trust_score: SCORE,
  certified_at: INSTANT,
  expires_at: INSTANT,
  capabilities: TEXTS,
  constraints: exactly({
    max_transaction_value: { type: 'number', exclusiveMinimum: 0 },
    allowed_domains: TEXTS,
    requires_human_approval: FLAG,
    requires_x402_payment: FLAG,
  }),
  issuer: TEXT,
  signature: TEXT,
});

const REGISTRATION = exactly({
  type: TEXT,
  name: TEXT,
  description: TEXT,
  endpoints: listOf(exactly({ name: TEXT, endpoint: TEXT, version: TEXT, capabilities: TEXTS })),
  x402Support: FLAG,
  active: FLAG,
  registrations: listOf(exactly({ agentId: COUNT, agentRegistry: TEXT })),
  supportedTrust: TEXTS,
});

/** An unknown agent is answered with `certified` alone. */
const CERTIFICATION: JsonObject = {
  ...withOptional(
    { certified: FLAG, agentId: TEXT },
    { auditLevel: LEVEL, expiresAt: { type: 'integer' }, killSwitchActive: FLAG },
  ),
  dependentRequired: {
    auditLevel: ['expiresAt', 'killSwitchActive'],
    expiresAt: ['auditLevel'],
    killSwitchActive: ['auditLevel'],
  },
};

const TRUST = withOptional(
  {
    agentId: ID,
    score: SCORE,
    level: LEVEL,
    factors: exactly({
      certification: SCORE,
      behavioral_health: SCORE,
      transaction_history: SCORE,
      domain_verification: SCORE,
    }),
    recommendation: { type: 'string', enum: ['approve', 'review', 'reject'] },
  },
  { details: HEALTH },
);

/** `success: false` comes with an error and without a ticket. */
const TICKET: JsonObject = {
  type: 'object',
  properties: { success: FLAG, agentId: TEXT, ticket: TEXT, expiresIn: NUMBER, error: TEXT },
  required: ['success', 'agentId'],
  oneOf: [
    exactly({
      success: constant(true),
      agentId: ID,
      ticket: { type: 'string', pattern: '^[\\w-]+\\.[\\w-]+\\.[\\w-]*$' },
      expiresIn: NUMBER,
    }),
    exactly({ success: constant(false), agentId: TEXT, error: ID }),
  ],
};

/**
 * JSON Schema (2020-12) of the structured content of each tool's results, in the order of `TOOLS`. Error results and
 * JSON-RPC errors carry none and are not described here.
 */
export const OUTPUT_SCHEMAS: ReadonlyMap<string, JsonObject> = new Map<string, JsonObject>([
  ['get_agent_card', CARD],
  ['get_agent_registration', REGISTRATION],
  [
    'check_agent_pulse',
    exactly({
      agent_id: ID,
      status: { type: 'string', enum: ['healthy', 'degraded', 'critical', 'offline'] },
      metrics: HEALTH,
      last_heartbeat: INSTANT,
    }),
  ],
  ['is_agent_certified', CERTIFICATION],
  ['get_trust_score', TRUST],
  [
    'query_agents',
    exactly({
      results: listOf(exactly({ agentId: ID, name: TEXT, auditLevel: LEVEL, trustScore: SCORE, capabilities: TEXTS })),
      total: COUNT,
    }),
  ],
  [
    'guard_input',
    exactly({
      classification: { type: 'string', enum: ['pass', 'block'] },
      violation_types: TEXTS,
      cwe_codes: listOf({ type: 'string', pattern: '^CWE-\\d+$' }),
      findings: listOf(FINDING),
    }),
  ],
  ['redact_output', exactly({ redacted: TEXT, findings: listOf(FINDING) })],
  ['guard_tool', withOptional({ allowed: FLAG, violations: TEXTS }, { reason: TEXT })],
  [
    'register_agent',
    exactly({
      success: constant(true),
      agent: exactly({
        id: ID,
        name: TEXT,
        organization: TEXT,
        auditLevel: LEVEL,
        trustScore: SCORE,
        status: constant('active'),
      }),
    }),
  ],
  [
    'create_escrow',
    exactly({
      escrowId: { type: 'string', pattern: '^escrow-\\d+$' },
      state: constant('funded'),
      agentId: ID,
      target: TEXT,
      amount: NUMBER,
      task: TEXT,
      createdAt: INSTANT,
    }),
  ],
  ['issue_audit_ticket', TICKET],
  [
    'activate_kill_switch',
    exactly({ success: constant(true), agentId: ID, timestamp: { type: 'integer' }, reason: TEXT }),
  ],
  [
    'verify_agent_identity',
    exactly({
      agentId: ID,
      verified: FLAG,
      probes: listOf(exactly({ name: TEXT, passed: FLAG })),
      checkedAt: INSTANT,
    }),
  ],
]);
