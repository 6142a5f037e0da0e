import type { JsonObject } from '../json.ts';
import { foundCall, foundOther, foundProblem, type FoundRecord } from './found.ts';
import { isObject, memberOf, textOf } from './members.ts';
import type { TraceFormat } from './trace.ts';

function readCall(message: JsonObject, format: TraceFormat): FoundRecord {
  const params = memberOf(message, 'params');
  const tool = isObject(params) ? textOf(params, 'name') : null;
  if (!isObject(params) || tool === null || tool === '') return foundProblem(format, 'no-tool-name');
  const args = memberOf(params, 'arguments') ?? {};
  if (!isObject(args)) return foundProblem(format, 'arguments-not-an-object');
  return { format, calls: [foundCall(tool, args)], other: null, problems: [] };
}

function isMessage(record: JsonObject): boolean {
  return Object.hasOwn(record, 'jsonrpc') || Object.hasOwn(record, 'params');
}

/**
 * A JSON-RPC message of MCP: `tools/call` requests are calls, responses and all other methods are no calls. The audit log
 * of a gateway names the method too, but has no `params`.
 */
export function readMcpMessage(record: JsonObject, format: TraceFormat = 'mcp'): FoundRecord | null {
  const method = textOf(record, 'method');
  if (method === 'tools/call') return readCall(record, format);
  if (method !== null && isMessage(record)) return foundOther(format, 'message');
  const answers = Object.hasOwn(record, 'result') || Object.hasOwn(record, 'error');
  return answers && Object.hasOwn(record, 'jsonrpc') ? foundOther(format, 'answer') : null;
}

const DIRECTIONS: readonly (string | null)[] = ['request', 'response', 'notification'];

function parsed(text: string): JsonObject | null {
  try {
    const value = JSON.parse(text) as JsonObject;
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}

/**
 * An entry of the MCP Inspector's history: `{id, timestamp, direction, message, response?}` as it is exported now, or
 * `{request, response?}` with JSON texts as older versions kept it.
 */
export function readInspectorEntry(record: JsonObject): FoundRecord | null {
  const message = memberOf(record, 'message');
  if (isObject(message) && DIRECTIONS.includes(textOf(record, 'direction'))) {
    return readMcpMessage(message, 'inspector');
  }
  const request = textOf(record, 'request');
  const older = request?.startsWith('{') === true ? parsed(request) : null;
  if (older === null || textOf(older, 'method') === null) return null;
  return readMcpMessage({ jsonrpc: '2.0', ...older }, 'inspector');
}
