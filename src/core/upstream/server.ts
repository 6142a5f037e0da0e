import { acceptsArguments, checkArguments } from '../catalogue/check-arguments.ts';
import { findTool } from '../catalogue/tools.ts';
import type { JsonObject } from '../json.ts';
import { READ_TOOLS } from './read-tools.ts';
import type { ServerTool } from './server-tool.ts';
import { ticketClaims } from './ticket-claims.ts';
import type { World } from './world.ts';
import { WRITE_TOOLS } from './write-tools.ts';

/** JSON-RPC error code for an unknown tool and for arguments a tool does not take. */
export const INVALID_PARAMS = -32602;

/** How the server answers; it always answers, so `timeout` is never among them. */
export type ServerStatus = 'ok' | 'tool_error' | 'rpc_error';

/** An answer on the wire: `result` is an MCP tool result, `error` a JSON-RPC error. */
export type ServerAnswer =
  | { readonly status: 'ok' | 'tool_error'; readonly result: JsonObject }
  | { readonly status: 'rpc_error'; readonly error: { readonly code: number; readonly message: string } };

/** The simulated Agntor server (spec: agntor-server). Pure: the same call gives the same answer. Never throws. */
export interface Server {
  /** What kind of answer a call gets. Cheap, and the same as `answer(…).status`. */
  status(tool: string, args: JsonObject): ServerStatus;
  /** The whole answer to a call at `atMs`. */
  answer(tool: string, args: JsonObject, atMs: number): ServerAnswer;
  /** Claims of the ticket a call is answered with, unsigned; null for a call that gets none. */
  ticketClaims(tool: string, args: JsonObject, atMs: number): JsonObject | null;
}

const SERVER_TOOLS: ReadonlyMap<string, ServerTool> = new Map([...READ_TOOLS, ...WRITE_TOOLS]);

function toolResult(value: JsonObject): ServerAnswer {
  const text = value.success === false && typeof value.error === 'string' ? value.error : JSON.stringify(value);
  return { status: 'ok', result: { content: [{ type: 'text', text }], structuredContent: value } };
}

function rpcError(message: string): ServerAnswer {
  return { status: 'rpc_error', error: { code: INVALID_PARAMS, message } };
}

function invalidArguments(tool: string, args: JsonObject): ServerAnswer {
  const problems = checkArguments(tool, args).map((problem) => problem.message.replaceAll('`', ''));
  return rpcError(`Input validation error: Invalid arguments for tool ${tool}: ${problems.join('; ')}`);
}

/**
 * The server over a world. For now no call changes the world; when calls do, they will be answered from the world as it
 * is at their time, which is why it is handed in.
 */
export function createServer(world: World): Server {
  const accepted = (name: string, args: JsonObject): ServerTool | null => {
    const tool = findTool(name);
    return tool !== null && acceptsArguments(tool, args) ? (SERVER_TOOLS.get(name) ?? null) : null;
  };
  return {
    status(name, args) {
      const tool = accepted(name, args);
      if (tool === null) return 'rpc_error';
      return tool.refuse(args, world) === null ? 'ok' : 'tool_error';
    },
    answer(name, args, atMs) {
      if (findTool(name) === null) return rpcError(`Unknown tool: ${name}`);
      const tool = accepted(name, args);
      if (tool === null) return invalidArguments(name, args);
      const refusal = tool.refuse(args, world);
      if (refusal === null) return toolResult(tool.answer(args, world, atMs));
      return { status: 'tool_error', result: { content: [{ type: 'text', text: refusal }], isError: true } };
    },
    ticketClaims(name, args, atMs) {
      return name === 'issue_audit_ticket' && accepted(name, args) !== null ? ticketClaims(world, args, atMs) : null;
    },
  };
}
