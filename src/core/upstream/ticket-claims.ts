import type { JsonObject } from '../json.ts';
import { numberOf, textOf } from './arguments.ts';
import type { World } from './world.ts';

/** Issuer of the server's tickets. */
export const TICKET_ISSUER = 'agntor.com';

/** Life of a ticket when the call names none, in seconds. */
export const DEFAULT_VALIDITY_SECONDS = 300;

/** Why the server issues no ticket, null when it does. Both come as a success with `success: false`. */
export function ticketRefusal(world: World, agentId: string): string | null {
  const agent = world.agents.get(agentId);
  if (agent === undefined) return 'Agent not found';
  return agent.killSwitchActive ? 'Agent kill switch active' : null;
}

/**
 * Claims of the ticket that an accepted `issue_audit_ticket` call gets, unsigned (docs: policy.md#tickets), or null
 * when the server refuses. Times in seconds. `exp` is `iat` plus the life asked for and nothing else, as token
 * libraries do it: 0 and negative lives give a ticket that is over already, fractions and any size are kept.
 */
export function ticketClaims(world: World, args: JsonObject, atMs: number): JsonObject | null {
  const agent = world.agents.get(textOf(args, 'agentId'));
  if (agent === undefined || agent.killSwitchActive) return null;
  const iat = Math.floor(atMs / 1000);
  return {
    iss: TICKET_ISSUER,
    sub: agent.id,
    iat,
    exp: iat + (numberOf(args, 'validitySeconds') ?? DEFAULT_VALIDITY_SECONDS),
    audit_level: agent.auditLevel,
    constraints: {
      max_op_value: agent.maxOpValue,
      allowed_mcp_servers: agent.allowedMcpServers,
      kill_switch_active: false,
      requires_x402_payment: true,
    },
  };
}
