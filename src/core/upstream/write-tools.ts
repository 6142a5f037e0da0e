import { encodeBase64Url } from '../base64url.ts';
import type { JsonObject } from '../json.ts';
import { agentTool, isoTime, neverRefuses, numberOf, textOf, type ServerTool } from './server-tool.ts';
import { stableId } from './stable-id.ts';
import { DEFAULT_VALIDITY_SECONDS, ticketClaims, ticketRefusal } from './ticket-claims.ts';
import type { World, WorldAgent } from './world.ts';

function nameTaken(name: string, world: World): boolean {
  return world.agents.has(name) || [...world.agents.values()].some((agent) => agent.name === name);
}

const registerAgent: ServerTool = {
  refuse: (args, world) => {
    const name = textOf(args, 'name');
    if (name.trim() === '') return 'Error: the name is empty';
    return nameTaken(name, world) ? `Error: ${name} is registered already` : null;
  },
  answer: (args) => {
    const name = textOf(args, 'name');
    const id = `agent-${stableId(['register', name])}`;
    const organization = textOf(args, 'organization') || 'Unknown';
    return {
      success: true,
      agent: { id, name, organization, auditLevel: 'Bronze', trustScore: 35, status: 'active' },
    };
  },
};

function escrowOf(agent: WorldAgent, args: JsonObject, atMs: number): JsonObject {
  const [target, task, amount] = [textOf(args, 'target'), textOf(args, 'task'), numberOf(args, 'amount') ?? 0];
  const escrowId = `escrow-${stableId([agent.id, target, task, amount, atMs])}`;
  return { escrowId, state: 'funded', agentId: agent.id, target, amount, task, createdAt: isoTime(atMs) };
}

function stopped(agent: WorldAgent, args: JsonObject, atMs: number): JsonObject {
  return { success: true, agentId: agent.id, timestamp: atMs, reason: textOf(args, 'reason') };
}

function tokenPart(value: JsonObject): string {
  // why: claims are made by the server from its own names, which are ASCII.
  return encodeBase64Url(Uint8Array.from(JSON.stringify(value), (character) => character.charCodeAt(0)));
}

/** A refusal is a success-shaped result, so no gateway gives the amount back (spec: agntor-server). */
const issueAuditTicket: ServerTool = {
  refuse: neverRefuses,
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
  refuse: (args, world) => {
    if (args.agentId === undefined || world.agents.has(textOf(args, 'agentId'))) return null;
    return `Error: agent ${textOf(args, 'agentId')} not found`;
  },
  answer: (args, world, atMs) => {
    const agentId = textOf(args, 'agentId') || 'agntor';
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
