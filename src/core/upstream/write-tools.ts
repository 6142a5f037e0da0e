import { encodeBase64Url } from '../base64url.ts';
import { utf8 } from '../utf8.ts';
import type { JsonObject } from '../json.ts';
import { numberOf, textOf } from './arguments.ts';
import { registeredAgent } from './registered-agent.ts';
import { agentTool, isoTime, neverRefuses, type ServerTool } from './server-tool.ts';
import { DEFAULT_VALIDITY_SECONDS, ticketClaims, ticketRefusal } from './ticket-claims.ts';
import type { World, WorldAgent } from './world.ts';

const registerAgent: ServerTool = {
  refusal: (args) => {
    const name = textOf(args, 'name');
    return name.trim() === '' ? 'Error: the name is empty' : `Error: ${name} is registered already`;
  },
  answer: (args, _world, atMs) => {
    const { id, name, organization, auditLevel, trustScore } = registeredAgent(args, atMs);
    return { success: true, agent: { id, name, organization, auditLevel, trustScore, status: 'active' } };
  },
};

/** Escrows are numbered as they are created, by whatever agent. */
function escrowOf(agent: WorldAgent, args: JsonObject, atMs: number, world: World): JsonObject {
  const [target, task, amount] = [textOf(args, 'target'), textOf(args, 'task'), numberOf(args, 'amount') ?? 0];
  const escrowId = `escrow-${world.escrows + 1}`;
  return { escrowId, state: 'funded', agentId: agent.id, target, amount, task, createdAt: isoTime(atMs) };
}

function stopped(agent: WorldAgent, args: JsonObject, atMs: number): JsonObject {
  return { success: true, agentId: agent.id, timestamp: atMs, reason: textOf(args, 'reason') };
}

function tokenPart(value: JsonObject): string {
  return encodeBase64Url(utf8(JSON.stringify(value)));
}

/**
 * A refusal is a success-shaped result, so no gateway gives the amount back
 * (docs: policy.md#the-server-behind-the-gateway).
 */
const issueAuditTicket: ServerTool = {
  refusal: neverRefuses,
  answer: (args, world, atMs) => {
    const agentId = textOf(args, 'agentId');
    const error = ticketRefusal(world, agentId);
    const claims = ticketClaims(world, args, atMs);
    if (error !== null || claims === null) return { success: false, agentId, error: error ?? '' };
    // why: tickets are signed when somebody looks at them, so the token ends where its signature would begin.
    const ticket = `${tokenPart({ alg: 'HS256', typ: 'JWT' })}.${tokenPart(claims)}.`;
    return { success: true, ticket, agentId, expiresIn: numberOf(args, 'validitySeconds') ?? DEFAULT_VALIDITY_SECONDS };
  },
};

function probesOf(agent: WorldAgent | undefined, atMs: number): readonly { name: string; passed: boolean }[] {
  const answers = agent?.killSwitchActive !== true;
  return [
    { name: 'endpoint', passed: answers },
    { name: 'identity', passed: true },
    { name: 'certification', passed: answers && (agent === undefined || agent.expiresAtMs > atMs) },
  ];
}

/** Without `agentId` the server probes itself. */
const verifyAgentIdentity: ServerTool = {
  refusal: (args) => `Error: agent ${textOf(args, 'agentId')} not found`,
  answer: (args, world, atMs) => {
    const agentId = args.agentId === undefined ? 'agntor' : textOf(args, 'agentId');
    const probes = probesOf(world.agents.get(agentId), atMs);
    return { agentId, verified: probes.every((probe) => probe.passed), probes, checkedAt: isoTime(atMs) };
  },
};

/** The five tools that change something, or make the server act. */
export const WRITE_TOOLS: readonly (readonly [string, ServerTool])[] = [
  ['register_agent', registerAgent],
  ['create_escrow', agentTool((id) => `Error: agent ${id} not found`, escrowOf)],
  ['issue_audit_ticket', issueAuditTicket],
  ['activate_kill_switch', agentTool((id) => `Error activating kill switch: agent ${id} not found`, stopped)],
  ['verify_agent_identity', verifyAgentIdentity],
];
