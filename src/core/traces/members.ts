import type { JsonObject, JsonValue } from '../json.ts';

/** True for a JSON object. */
export function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** An own member of an object, whatever its name; undefined when it has none. */
export function memberOf(object: JsonObject, name: string): JsonValue | undefined {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}

/** An own member that is a text; null when it is not. */
export function textOf(object: JsonObject, name: string): string | null {
  const value = memberOf(object, name);
  return typeof value === 'string' ? value : null;
}

/** An own member that is a list, as its members; null when it is not. */
export function listOf(object: JsonObject, name: string): readonly JsonValue[] | null {
  const value = memberOf(object, name);
  return Array.isArray(value) ? (value as readonly JsonValue[]) : null;
}

/** The first of these own members that is there and not null. */
export function firstOf(object: JsonObject, names: readonly string[]): JsonValue | undefined {
  for (const name of names) {
    const value = memberOf(object, name);
    if (value !== undefined && value !== null) return value;
  }
  return undefined;
}

/** How deep a value nests: 0 for a bare one, 1 for `{}`; `most + 1` at once when it is deeper than `most`. */
export function depthOf(value: JsonValue, most: number): number {
  if (typeof value !== 'object' || value === null) return 0;
  if (most <= 0) return 1;
  let deepest = 0;
  for (const member of Object.values(value) as readonly JsonValue[]) {
    deepest = Math.max(deepest, depthOf(member, most - 1));
    if (deepest >= most) break;
  }
  return deepest + 1;
}
