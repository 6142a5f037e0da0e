import { jsonDepth } from '../core/json-depth.ts';
import type { JsonObject, JsonValue } from '../core/json.ts';
import { MOST_DEPTH, MOST_INFLATED } from './limits.ts';
import { isKnownVersion, LINK_VERSION, migrateLink } from './migrate.ts';
import { linkProblem, type LinkProblem } from './problems.ts';
import { readLinkObject, type LinkContent, type ScenarioReader } from './schema.ts';

/** A link or file that opened. `engine` is the version that wrote it; `ignored` fields are unknown and left out. */
export interface OpenedLink {
  readonly kind: 'opened';
  readonly content: LinkContent;
  readonly engine: string;
  readonly ignored: readonly string[];
}

/** A count for sentences: `1,048,576`. */
export function count(value: number): string {
  return value.toLocaleString('en-GB');
}

/** The problem of content that inflates, or is, larger than `MOST_INFLATED`. */
export function tooLarge(raw: string): LinkProblem {
  return linkProblem('too-large', `More than ${count(MOST_INFLATED)} bytes came out, so reading stopped.`, raw);
}

function parse(text: string): JsonValue | undefined {
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return undefined;
  }
}

function versionOf(value: JsonValue): JsonValue | undefined {
  return typeof value === 'object' && value !== null ? (value as JsonObject)['v'] : undefined;
}

/**
 * Reads the JSON text of a link object: size, depth, syntax, version, schema, in this order. `written` is the version in
 * front of a link's payload; without it (files) the object's own `v` counts. Never throws.
 */
export function readContent(text: string, readScenario: ScenarioReader, written?: number): OpenedLink | LinkProblem {
  if (new TextEncoder().encode(text).length > MOST_INFLATED) return tooLarge(text);
  if (jsonDepth(text) > MOST_DEPTH) {
    return linkProblem('too-deep', `Its content is nested over ${MOST_DEPTH} levels deep, so it was not read.`, text);
  }
  const value = parse(text);
  if (value === undefined) {
    return linkProblem('damaged', `Its content, ${count(text.length)} characters, is not whole JSON.`, text);
  }
  const own = versionOf(value);
  const version = written ?? own;
  if (typeof own === 'number' && Number.isInteger(own) && !isKnownVersion(own)) {
    return linkProblem('unknown-version', unknownVersionWords(own), text);
  }
  const reading = readLinkObject(
    migrateLink(value, typeof version === 'number' ? version : LINK_VERSION),
    readScenario,
  );
  if (reading.ok) return { kind: 'opened', content: reading.content, engine: reading.engine, ignored: reading.ignored };
  return linkProblem('invalid', `It was read whole, but its content ${reading.message}.`, text);
}

/** What to say of a link in a version that is not known here. */
export function unknownVersionWords(version: number): string {
  return `It is written in version ${version}, this page reads version ${LINK_VERSION}. Nothing of it was opened.`;
}
