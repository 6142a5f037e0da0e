import type { Outcome, UpstreamStatus } from '../engine/decision.ts';
import type { JsonObject, JsonValue } from '../json.ts';
import type { Dialect } from '../policy/model.ts';
import { formatSpan } from './duration-text.ts';
import type { Server, ServerAnswer } from '../upstream/server.ts';

/** Id of a JSON-RPC request. */
export type RequestId = number | string;

/** What an agent gets back: the text it reads, and the whole JSON-RPC answer that carries it. */
export interface AgentAnswer {
  readonly text: string;
  readonly message: JsonObject;
}

/** A decided call, as far as its answer depends on it. `status` is null when it was not forwarded. */
export interface AnsweredCall {
  readonly id: RequestId;
  readonly tool: string;
  readonly args: JsonObject;
  readonly atMs: number;
  readonly outcome: Outcome;
  /** Message of the decision. */
  readonly message: string;
  readonly status: UpstreamStatus | null;
  readonly latencyMs: number;
}

/** The request an agent makes to call a tool, as JSON-RPC. */
export function formatAgentRequest(id: RequestId, tool: string, args: JsonObject): JsonObject {
  return { jsonrpc: '2.0', id, method: 'tools/call', params: { name: tool, arguments: args } };
}

/** What the text of every refusal begins with. */
export const DENIAL_PREFIX: Readonly<Record<Dialect, string>> = {
  policylayer: '[POLICY DENIED] ',
  intercept: '[INTERCEPT POLICY DENIED] ',
};

/** JSON-RPC codes: a fault of the server's own, and a request that was given up. */
const INTERNAL_ERROR = -32603;
const REQUEST_TIMEOUT = -32001;

/**
 * What the agent receives (docs: policy.md#what-the-agent-receives): a tool result with `isError` for a call that is
 * not allowed, else the server's answer. A failure that the scenario forces has a text of ours; after a timeout there
 * is no answer, and the error says so.
 */
export function formatAgentAnswer(call: AnsweredCall, dialect: Dialect, server: Server): AgentAnswer {
  if (call.outcome !== 'allow' || call.status === null) {
    const text = DENIAL_PREFIX[dialect] + call.message;
    return withResult(call.id, errorResult(text));
  }
  if (call.status === 'timeout') {
    const after = call.latencyMs > 0 ? `; given up after ${formatSpan(call.latencyMs)}` : '';
    return withError(call.id, REQUEST_TIMEOUT, `No answer came${after}`);
  }
  const answer = answerOf(call, call.status, server);
  return answer.status === 'rpc_error'
    ? withError(call.id, answer.error.code, answer.error.message)
    : withResult(call.id, answer.result);
}

/** The server's own answer where it is of the kind the run had, else one the scenario asked for. */
function answerOf(call: AnsweredCall, status: 'ok' | 'tool_error' | 'rpc_error', server: Server): ServerAnswer {
  const own = server.answer(call.tool, call.args, call.atMs);
  if (own.status === status) return own;
  if (status === 'ok') return { status, result: { content: [{ type: 'text', text: 'OK' }] } };
  if (status === 'tool_error') return { status, result: errorResult(`${call.tool} failed`) };
  return { status, error: { code: INTERNAL_ERROR, message: 'Internal error' } };
}

function errorResult(text: string): JsonObject {
  return { content: [{ type: 'text', text }], isError: true };
}

function withResult(id: RequestId, result: JsonObject): AgentAnswer {
  return { text: textOf(result.content), message: { jsonrpc: '2.0', id, result } };
}

function withError(id: RequestId, code: number, message: string): AgentAnswer {
  return { text: message, message: { jsonrpc: '2.0', id, error: { code, message } } };
}

/** The texts of a result's content, a line each. */
function textOf(content: JsonValue | undefined): string {
  if (!Array.isArray(content)) return '';
  return content.flatMap((part: JsonValue) => (isText(part) ? [part.text] : [])).join('\n');
}

function isText(part: JsonValue): part is { readonly text: string } {
  return (
    typeof part === 'object' && part !== null && !Array.isArray(part) && 'text' in part && typeof part.text === 'string'
  );
}
