import type { JsonObject, JsonValue } from '../json.ts';
import type { Around, FoundRecord, Recogniser } from './found.ts';
import { readAuditEntry, readInterceptEvent } from './from-gateways.ts';
import { readInspectorEntry, readMcpMessage } from './from-mcp.ts';
import { readTranscript } from './from-transcripts.ts';
import { firstOf, isObject, memberOf } from './members.ts';
import { readTime } from './recorded-time.ts';

/** INVARIANT: gateways come first, since their entries name a method as MCP messages do. */
const RECOGNISERS: readonly Recogniser[] = [
  readInterceptEvent,
  readAuditEntry,
  readInspectorEntry,
  (record) => readMcpMessage(record),
  readTranscript,
];

const TIMES = ['timestamp', 'ts', 'time', '@timestamp', 'at', 'date', 'datetime', 'created_at', 'createdAt', 'created'];
const GRANTS = ['grant', 'agent', 'agentName', 'agent_name', 'client'];
const SESSIONS = ['session', 'sessionId', 'session_id', 'mcpSessionId', 'mcp-session-id', 'connectionId', 'instance'];
/** Members that hold a whole conversation or log, in place of the object itself. */
const LISTS = [
  'messages',
  'input',
  'output',
  'choices',
  'entries',
  'history',
  'requests',
  'events',
  'items',
  'records',
];
/** Members that hold one record, as an object or as its JSON text. */
const WRAPPED = ['message', 'payload', 'request', 'msg', 'data', 'body', 'raw', 'item', 'delta', 'response'];
/** How many wrappers may stand around a record. */
const MOST_WRAPPERS = 4;

/** A record that was found inside an object, or nothing known. */
export interface Recognised {
  readonly record: FoundRecord | null;
  readonly around: Around;
}

function nameOf(object: JsonObject, names: readonly string[]): string | null {
  const value = firstOf(object, names);
  return typeof value === 'string' && value !== '' ? value : null;
}

function around(object: JsonObject, outer: Around): Around {
  const stamp = firstOf(object, TIMES);
  return {
    time: (stamp === undefined ? null : readTime(stamp)) ?? outer.time,
    grant: nameOf(object, GRANTS) ?? outer.grant,
    session: nameOf(object, SESSIONS) ?? outer.session,
  };
}

/** A record that is itself held as text, such as a logged line. */
function unpacked(value: JsonValue | undefined): JsonValue | undefined {
  if (typeof value !== 'string' || !/^\s*[{[]/.test(value)) return value;
  try {
    return JSON.parse(value) as JsonValue;
  } catch {
    return undefined;
  }
}

/** Recognises records in a value and hands each on; one that holds nothing known is handed on as `record: null`. */
export function recognise(value: JsonObject, outer: Around, give: (found: Recognised) => void, wrappers = 0): void {
  const within = around(value, outer);
  for (const recogniser of RECOGNISERS) {
    const record = recogniser(value);
    if (record === null) continue;
    give({ record, around: within });
    return;
  }
  const held = wrappers < MOST_WRAPPERS ? listIn(value) : null;
  if (held !== null) {
    for (const member of held) {
      if (isObject(member)) recognise(member, within, give, wrappers + 1);
      else give({ record: null, around: within });
    }
    return;
  }
  const inner = wrappers < MOST_WRAPPERS ? wrappedIn(value) : null;
  if (inner === null) give({ record: null, around: within });
  else recognise(inner, within, give, wrappers + 1);
}

function listIn(value: JsonObject): readonly JsonValue[] | null {
  for (const name of LISTS) {
    const member = memberOf(value, name);
    if (!Array.isArray(member)) continue;
    const list = member as readonly JsonValue[];
    if (list.some(isObject)) return list;
  }
  return null;
}

function wrappedIn(value: JsonObject): JsonObject | null {
  for (const name of WRAPPED) {
    const member = unpacked(memberOf(value, name));
    if (isObject(member)) return member;
  }
  return null;
}
