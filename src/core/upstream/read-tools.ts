import type { JsonObject } from '../json.ts';
import { guardInput, guardTool, redactOutput } from './guard.ts';
import { numberOf, textOf, textsOf } from './arguments.ts';
import { agentTool, isoTime, neverRefuses, type ServerTool } from './server-tool.ts';
import { stableId } from './stable-id.ts';
import { DEFAULT_QUERY_LIMIT } from './status.ts';
import type { WorldAgent } from './world.ts';

const notFound = (agentId: string): string => `Agent ${agentId} not found`;

function cardOf(agent: WorldAgent): JsonObject {
  return {
    id: agent.id,
    name: agent.name,
    organization: agent.organization,
    version: '1.0.0',
    audit_level: agent.auditLevel,
    trust_score: agent.trustScore,
    certified_at: isoTime(agent.certifiedAtMs),
    expires_at: isoTime(agent.expiresAtMs),
    capabilities: agent.capabilities,
    constraints: {
      max_transaction_value: agent.maxOpValue,
      allowed_domains: [],
      requires_human_approval: false,
      requires_x402_payment: true,
    },
    issuer: 'agntor.com',
    signature: `agntor:${agent.id}:${stableId(['card', agent.id])}`,
  };
}

/** The number in `agent-7`; for other ids one that depends on the id alone. */
function registrationNumber(id: string): number {
  const digits = /^agent-(\d{1,9})$/.exec(id)?.[1];
  return digits === undefined ? Number.parseInt(stableId(id).slice(0, 8), 16) : Number(digits);
}

function registrationOf(agent: WorldAgent): JsonObject {
  const { name, capabilities } = agent;
  const agentId = registrationNumber(agent.id);
  return {
    type: 'https://eips.ethereum.org/EIPS/eip-8004#registration-v1',
    name,
    description: `${name} of ${agent.organization}`,
    endpoints: [{ name: 'MCP', endpoint: agent.endpoint, version: '2025-06-18', capabilities }],
    x402Support: true,
    active: !agent.killSwitchActive,
    registrations: [{ agentId, agentRegistry: `eip155:1:0x${'0'.repeat(40)}` }],
    supportedTrust: ['reputation', 'validation', 'crypto-economic'],
  };
}

function healthOf(agent: WorldAgent): JsonObject {
  return {
    uptime_24h: agent.uptime,
    error_rate_1h: agent.errorRate,
    avg_latency_ms: agent.latencyMs,
    spend_velocity_1h: agent.spendVelocity,
  };
}

function pulseStatus(agent: WorldAgent): string {
  if (agent.killSwitchActive) return 'offline';
  if (agent.errorRate >= 0.1) return 'critical';
  return agent.errorRate >= 0.06 ? 'degraded' : 'healthy';
}

function pulseOf(agent: WorldAgent, _args: JsonObject, atMs: number): JsonObject {
  const beatMs = Math.floor(atMs / 30_000) * 30_000;
  return { agent_id: agent.id, status: pulseStatus(agent), metrics: healthOf(agent), last_heartbeat: isoTime(beatMs) };
}

function trustOf(agent: WorldAgent, args: JsonObject): JsonObject {
  const score = agent.trustScore;
  const trust: JsonObject = {
    agentId: agent.id,
    score,
    level: agent.auditLevel,
    factors: {
      certification: agent.killSwitchActive ? 0 : score,
      behavioral_health: Math.round(100 - agent.errorRate * 100),
      transaction_history: Math.min(100, score + 2),
      domain_verification: 100,
    },
    recommendation: score >= 80 ? 'approve' : score >= 60 ? 'review' : 'reject',
  };
  return args.includeHealth === true ? { ...trust, details: healthOf(agent) } : trust;
}

/** An agent nobody knows is not certified: a success, so nothing is refunded for asking. */
const isAgentCertified: ServerTool = {
  refusal: neverRefuses,
  answer: (args, world, atMs) => {
    const agentId = textOf(args, 'agentId');
    const agent = world.agents.get(agentId);
    if (agent === undefined) return { certified: false, agentId };
    return {
      certified: agent.expiresAtMs > atMs && !agent.killSwitchActive,
      agentId,
      auditLevel: agent.auditLevel,
      expiresAt: agent.expiresAtMs,
      killSwitchActive: agent.killSwitchActive,
    };
  },
};

function limitOf(args: JsonObject): number {
  return numberOf(args, 'limit') ?? DEFAULT_QUERY_LIMIT;
}

const queryAgents: ServerTool = {
  refusal: (args) => `Error querying agents: limit must be a whole number from 0, not ${limitOf(args)}`,
  answer: (args, world) => {
    const wanted = textsOf(args, 'capabilities');
    const minTrustScore = numberOf(args, 'minTrustScore') ?? 0;
    const found = [...world.agents.values()].filter(
      (agent) =>
        agent.trustScore >= minTrustScore &&
        (args.auditLevel === undefined || agent.auditLevel === args.auditLevel) &&
        wanted.every((capability) => agent.capabilities.includes(capability)),
    );
    const results = found.slice(0, limitOf(args)).map((agent) => ({
      agentId: agent.id,
      name: agent.name,
      auditLevel: agent.auditLevel,
      trustScore: agent.trustScore,
      capabilities: agent.capabilities,
    }));
    return { results, total: found.length };
  },
};

/** The nine tools that only look. */
export const READ_TOOLS: readonly (readonly [string, ServerTool])[] = [
  ['get_agent_card', agentTool(notFound, cardOf)],
  ['get_agent_registration', agentTool(notFound, registrationOf)],
  ['check_agent_pulse', agentTool(notFound, pulseOf)],
  ['is_agent_certified', isAgentCertified],
  ['get_trust_score', agentTool((id) => `Error fetching trust score: agent ${id} not found`, trustOf)],
  ['query_agents', queryAgents],
  ['guard_input', { refusal: neverRefuses, answer: (args) => guardInput(textOf(args, 'input'), args.policy) }],
  ['redact_output', { refusal: neverRefuses, answer: (args) => redactOutput(textOf(args, 'input'), args.policy) }],
  [
    'guard_tool',
    { refusal: neverRefuses, answer: (args) => guardTool(textOf(args, 'tool'), args.args ?? null, args.policy) },
  ],
];
