import type { JsonObject, JsonValue } from '../json.ts';
import { UPSTREAM_CODE } from '../simulator/columns.ts';
import { foundOther, foundProblem, type FoundRecord } from './found.ts';
import { memberOf, textOf } from './members.ts';

/**
 * A line of Intercept's event log: `{ts, type, instance, …}`. Calls are of type `tool_call` and carry a hash of their
 * arguments, never the arguments; all other types (startup, reload, heartbeat) are no calls.
 */
export function readInterceptEvent(record: JsonObject): FoundRecord | null {
  const type = textOf(record, 'type');
  if (type === null || textOf(record, 'instance') === null || !Object.hasOwn(record, 'ts')) return null;
  if (type !== 'tool_call') return foundOther('intercept', 'event');
  const tool = textOf(record, 'tool');
  if (tool === null || tool === '') return foundProblem('intercept', 'no-tool-name');
  const call = { tool, args: null, id: null, upstream: UPSTREAM_CODE.ok, latencyMs: 0 };
  return { format: 'intercept', calls: [call], other: null, problems: [] };
}

const STATUSES: ReadonlyMap<JsonValue | undefined, number> = new Map(Object.entries(UPSTREAM_CODE));

/** Longest recorded latency that is kept, in ms; a run keeps it in 32 bits. */
const MOST_LATENCY = 0xffff_ffff;

/**
 * An audit log entry (docs: policy.md#what-a-decision-says). It holds names of arguments, not their values; the answer
 * it records is what the server answers again, and a call that was not forwarded would have succeeded.
 */
export function readAuditEntry(record: JsonObject): FoundRecord | null {
  if (textOf(record, 'outcome') === null || textOf(record, 'tool') === null) return null;
  if (!Object.hasOwn(record, 'argumentKeys') && !Object.hasOwn(record, 'requestId')) return null;
  const method = textOf(record, 'method');
  if (method !== null && method !== 'tools/call') return foundOther('audit-log', 'message');
  const tool = textOf(record, 'tool') ?? '';
  if (tool === '') return foundProblem('audit-log', 'no-tool-name');
  const upstream = STATUSES.get(memberOf(record, 'upstreamStatus')) ?? UPSTREAM_CODE.ok;
  const latency = memberOf(record, 'upstreamLatencyMs');
  const latencyMs = typeof latency === 'number' && latency > 0 ? Math.min(MOST_LATENCY, Math.round(latency)) : 0;
  return {
    format: 'audit-log',
    calls: [{ tool, args: null, id: null, upstream, latencyMs }],
    other: null,
    problems: [],
  };
}
