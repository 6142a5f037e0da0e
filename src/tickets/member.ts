import type { JsonObject, JsonValue } from '../core/json.ts';

/** True for a JSON object: not null, not a list. */
export function isJsonObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** An object's own member; undefined where there is none or `value` is no object, whatever the name (`__proto__`). */
export function member(value: JsonValue | undefined, name: string): JsonValue | undefined {
  return isJsonObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
}

/** An object's own member that is text; empty for anything else. */
export function textMember(value: JsonValue, name: string): string {
  const found = member(value, name);
  return typeof found === 'string' ? found : '';
}

/** A value for a sentence: text as it is, anything else as JSON, `missing` for none, cut after 120 characters. */
export function show(value: JsonValue | undefined): string {
  const text = value === undefined ? 'missing' : typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > 120 ? `${text.slice(0, 120)}…` : text;
}
