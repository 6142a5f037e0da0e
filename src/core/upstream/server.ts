import { checkArguments } from '../catalogue/check-arguments.ts';
import type { JsonObject } from '../json.ts';
import { READ_TOOLS } from './read-tools.ts';
import type { ServerTool } from './server-tool.ts';
import { type ServerStatus, statusOf } from './status.ts';
import { ticketClaims } from './ticket-claims.ts';
import { knownIn, type World } from './world.ts';
import { WRITE_TOOLS } from './write-tools.ts';

/** JSON-RPC error code for an unknown tool and for arguments a tool does not take. */
const INVALID_PARAMS = -32602;

/** An answer on the wire: `result` is an MCP tool result, `error` a JSON-RPC error. */
export type ServerAnswer =
  | { readonly status: 'ok' | 'tool_error'; readonly result: JsonObject }
  | { readonly status: 'rpc_error'; readonly error: { readonly code: number; readonly message: string } };

/**
 * The simulated Agntor server (docs: policy.md#the-server-behind-the-gateway). It changes nothing itself. Never throws.
 */
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
 * The server over a world, which answers from the world as it is when asked. The calls it answered change a living world
 * when they are applied to it.
 */
export function createServer(world: World): Server {
  const known = knownIn(world);
  const status = (name: string, args: JsonObject): ServerStatus => statusOf(name, args, known).status;
  return {
    status,
    answer(name, args, atMs) {
      const tool: ServerTool | undefined = SERVER_TOOLS.get(name);
      if (tool === undefined) return rpcError(`Unknown tool: ${name}`);
      switch (status(name, args)) {
        case 'rpc_error':
          return invalidArguments(name, args);
        case 'ok':
          return toolResult(tool.answer(args, world, atMs));
        case 'tool_error': {
          const content = [{ type: 'text', text: tool.refusal(args) }];
          return { status: 'tool_error', result: { content, isError: true } };
        }
      }
    },
    ticketClaims(name, args, atMs) {
      return name === 'issue_audit_ticket' && status(name, args) === 'ok' ? ticketClaims(world, args, atMs) : null;
    },
  };
}
