import type { JsonValue } from '../core/json.ts';

/** Version that links are written in. */
export const LINK_VERSION = 1;

/**
 * One step a version: entry n turns an object of version n into version n + 1. A link of any released version opens for
 * ever, so an entry is never taken out and never changed.
 */
const STEPS: ReadonlyMap<number, (value: JsonValue) => JsonValue> = new Map();

/** True for the versions that this page opens. */
export function isKnownVersion(version: number): boolean {
  return version === LINK_VERSION || STEPS.has(version);
}

/** `value`, written as version `from` (a known one), as an object of the current version. Not yet checked. */
export function migrateLink(value: JsonValue, from: number): JsonValue {
  let current = value;
  for (let version = from; version < LINK_VERSION; version++) current = STEPS.get(version)?.(current) ?? current;
  return current;
}
