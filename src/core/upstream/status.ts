import { acceptsArguments } from '../catalogue/check-arguments.ts';
import { findTool } from '../catalogue/tools.ts';
import type { JsonObject } from '../json.ts';
import { registeredId } from './registered-id.ts';
import { numberOf, textOf } from './arguments.ts';

/** How the server answers; it always answers, so `timeout` is never among them. */
export type ServerStatus = 'ok' | 'tool_error' | 'rpc_error';

/** Who the server knows at the moment of a call. */
export interface KnownAgents {
  has(agentId: string): boolean;
  isNameTaken(name: string): boolean;
}

/** How a call is answered. `isSettled`: a later call of the same kind is answered alike, whoever is registered meanwhile. */
export interface StatusReading {
  readonly status: ServerStatus;
  readonly isSettled: boolean;
}

const settled = (status: ServerStatus): StatusReading => ({ status, isSettled: true });
const RPC_ERROR = settled('rpc_error');
const TOOL_ERROR = settled('tool_error');
const OK = settled('ok');
/** An agent that may still be registered, and a name that is taken once this call was answered. */
const NOT_YET_KNOWN: StatusReading = { status: 'tool_error', isSettled: false };
const STILL_FREE: StatusReading = { status: 'ok', isSettled: false };

/** Tools that answer without looking for an agent. Tickets are refused in the shape of a success. */
const ALWAYS_ANSWER = new Set([
  'is_agent_certified',
  'guard_input',
  'redact_output',
  'guard_tool',
  'issue_audit_ticket',
]);

/** Most agents a query lists when the call does not say. */
export const DEFAULT_QUERY_LIMIT = 10;

function isQueryLimit(limit: number): boolean {
  return Number.isInteger(limit) && limit >= 0;
}

/**
 * What kind of answer a call gets from a server that knows these agents
 * (docs: policy.md#the-server-behind-the-gateway). The one place where that is decided; bodies are made elsewhere. Nobody is
 * ever forgotten during a run. Never throws.
 */
export function statusOf(name: string, args: JsonObject, known: KnownAgents): StatusReading {
  const tool = findTool(name);
  if (tool === null || !acceptsArguments(tool, args)) return RPC_ERROR;
  if (ALWAYS_ANSWER.has(name)) return OK;
  if (name === 'query_agents') return isQueryLimit(numberOf(args, 'limit') ?? DEFAULT_QUERY_LIMIT) ? OK : TOOL_ERROR;
  if (name === 'register_agent') return registrationStatus(textOf(args, 'name'), known);
  if (name === 'verify_agent_identity' && args.agentId === undefined) return OK;
  return known.has(textOf(args, 'agentId')) ? OK : NOT_YET_KNOWN;
}

function registrationStatus(name: string, known: KnownAgents): StatusReading {
  if (name.trim() === '' || known.isNameTaken(name) || known.has(registeredId(name))) return TOOL_ERROR;
  return STILL_FREE;
}
