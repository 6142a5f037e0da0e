import {
  isInitializeRequest,
  isJSONRPCNotification,
  isJSONRPCRequest,
  type JSONRPCRequest,
  LATEST_PROTOCOL_VERSION,
  SUPPORTED_PROTOCOL_VERSIONS,
} from '@modelcontextprotocol/sdk/types.js';
import { toolListing } from '../../src/core/catalogue/tool-listing.ts';
import { TOOL_NAMES } from '../../src/core/catalogue/tools.ts';
import type { Caller, UpstreamStatus, WindowMode } from '../../src/core/engine/decision.ts';
import type { JsonObject, JsonValue } from '../../src/core/json.ts';
import { toolEffects } from '../../src/core/policy/effect.ts';
import type { Dialect, Policy } from '../../src/core/policy/model.ts';
import { durationMs } from '../../src/core/scenario/duration.ts';
import type { Scenario } from '../../src/core/scenario/model.ts';
import type { RequestId } from '../../src/core/simulator/agent-message.ts';
import { GatewaySession, type GatewayReply } from './gateway-session.ts';
import { createWorld, worldOf } from '../../src/core/upstream/world.ts';
import { readPolicy } from '../conformance/read-policy.ts';

/** What a gateway is made of. `scenario` gives the world's edits and what the human does; its calls are not made. */
export interface GatewayOptions {
  readonly policyText: string;
  readonly dialect: Dialect;
  readonly scenario?: Scenario;
  readonly windows?: WindowMode;
  readonly noPolicy?: readonly string[];
  /** Virtual time in ms since the epoch, asked once a call. */
  readonly clock: () => number;
}

/** Who sent a message, and how the upstream is made to answer it. Left out: as the simulated server answers, at once. */
export interface MessageContext extends Caller {
  readonly upstream?: UpstreamStatus | 'auto';
  readonly latencyMs?: number;
}

/** An MCP gateway in front of the simulated server. */
export interface Gateway {
  /** The JSON-RPC answer to one message; null for a notification. Never throws. */
  handle(message: unknown, context: MessageContext): JsonObject | null;
  /** What became of every `tools/call` so far, in order. */
  readonly replies: readonly GatewayReply[];
  readonly session: GatewaySession;
}

const INVALID_REQUEST = -32600;
const METHOD_NOT_FOUND = -32601;
const INVALID_PARAMS = -32602;

/** A gateway with the page's own engine, world and words. Throws an Error for a policy that does not load. */
export function createGateway(options: GatewayOptions): Gateway {
  const policy = loadPolicy(options);
  const session = new GatewaySession(policy, worldFor(options), {
    windows: options.windows ?? 'calendar',
    noPolicy: options.noPolicy ?? [],
    approvals: approvalsOf(options.scenario),
  });
  const replies: GatewayReply[] = [];
  const call = (request: JSONRPCRequest, context: MessageContext): JsonObject => {
    const asked = callOf(request.params);
    if (asked === null)
      return withError(request.id, INVALID_PARAMS, 'A tool call needs a name, and arguments in an object');
    const reply = session.answer(request.id, { ...context, ...asked, atMs: options.clock() });
    replies.push(reply);
    return reply.answer.message;
  };
  return {
    session,
    replies,
    handle(message, context) {
      if (isJSONRPCNotification(message)) return null;
      if (!isJSONRPCRequest(message)) return withError(null, INVALID_REQUEST, 'Not a JSON-RPC request');
      if (message.method === 'tools/call') return call(message, context);
      if (message.method === 'tools/list') return withResult(message.id, listingOf(policy));
      if (message.method === 'ping') return withResult(message.id, {});
      if (message.method === 'initialize') return initialize(message);
      return withError(message.id, METHOD_NOT_FOUND, `Method not found: ${message.method}`);
    },
  };
}

function loadPolicy({ policyText, dialect }: GatewayOptions): Policy {
  const reading = readPolicy(dialect, policyText);
  if ('policy' in reading) return reading.policy;
  throw new Error(`the policy does not load: ${reading.errorsAt.join(', ')}`);
}

function worldFor({ scenario, clock }: GatewayOptions) {
  return scenario === undefined ? createWorld(clock()) : worldOf(scenario);
}

function approvalsOf(scenario: Scenario | undefined) {
  const { mode = 'ignore', after = '0ms' } = scenario?.approvals ?? {};
  return { mode, afterMs: durationMs(after) };
}

function listingOf(policy: Policy): JsonObject {
  const hidden = new Set(
    toolEffects(policy, TOOL_NAMES).flatMap(({ tool, state }) => (state === 'hidden' ? [tool] : [])),
  );
  return toolListing((tool) => hidden.has(tool));
}

function initialize(request: JSONRPCRequest): JsonObject {
  const wanted = isInitializeRequest(request) ? request.params.protocolVersion : '';
  return withResult(request.id, {
    protocolVersion: SUPPORTED_PROTOCOL_VERSIONS.includes(wanted) ? wanted : LATEST_PROTOCOL_VERSION,
    capabilities: { tools: {} },
    serverInfo: { name: 'agntor', version: '0.1.0' },
  });
}

/** The tool and its arguments; null when they are not what `tools/call` takes. */
function callOf(params: JSONRPCRequest['params']): { readonly tool: string; readonly args: JsonObject } | null {
  const { name, arguments: args = {} } = params ?? {};
  return typeof name === 'string' && isJsonObject(args) ? { tool: name, args } : null;
}

function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function withResult(id: RequestId, result: JsonObject): JsonObject {
  return { jsonrpc: '2.0', id, result };
}

function withError(id: RequestId | null, code: number, message: string): JsonObject {
  const error: JsonValue = { code, message };
  return id === null ? { jsonrpc: '2.0', error } : { jsonrpc: '2.0', id, error };
}
