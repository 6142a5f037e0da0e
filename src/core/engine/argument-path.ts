import type { JsonObject, JsonValue } from '../json.ts';

/** What a path leads to. */
export type Resolved = { readonly found: true; readonly value: JsonValue } | { readonly found: false };

const MISSING: Resolved = { found: false };

/**
 * The value at `segments`, walking own keys of objects only: no list index, nothing inherited, no wildcard. `null` is a
 * value. No segments give `args` itself. Never throws (docs: policy.md#conditions).
 */
export function resolveArgument(args: JsonObject, segments: readonly string[]): Resolved {
  const value = compileLookUp(segments)(args);
  return value === undefined ? MISSING : { found: true, value };
}

/** Reads one place of a call's arguments; `undefined` when it is missing. Allocates nothing. */
export type LookUp = (args: JsonObject) => JsonValue | undefined;

/** `resolveArgument` for one path, prepared once; for values read in every call. */
export function compileLookUp(segments: readonly string[]): LookUp {
  const [first, ...rest] = segments;
  if (first === undefined) return (args) => args;
  if (rest.length > 0) return (args) => walk(args, segments);
  // INVARIANT: args come from JSON, so a key that no object inherits is either own or undefined.
  return first in Object.prototype ? (args) => ownMember(args, first) : (args) => args[first];
}

function walk(args: JsonObject, segments: readonly string[]): JsonValue | undefined {
  let value: JsonValue | undefined = args;
  for (const segment of segments) {
    if (!isObject(value)) return undefined;
    value = ownMember(value, segment);
  }
  return value;
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function ownMember(object: JsonObject, key: string): JsonValue | undefined {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}
