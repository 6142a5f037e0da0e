import type { FieldType } from '../../core/catalogue/tools.ts';
import type { JsonObject, JsonValue } from '../../core/json.ts';

function readJson(text: string): JsonValue | undefined {
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return undefined;
  }
}

/**
 * What a person typed as an argument: nothing is no argument (`undefined`); JSON where it is JSON, except that a text
 * field takes words as they are; `{"$pick": …}` and the like are templates everywhere; the rest is text.
 */
export function readArgument(text: string, type: FieldType): JsonValue | undefined {
  if (text === '') return undefined;
  const json = readJson(text);
  const isTemplate = typeof json === 'object' && json !== null && Object.keys(json).some((key) => key.startsWith('$'));
  if (type === 'string' && !isTemplate && typeof json !== 'string') return text;
  return json === undefined ? text : json;
}

/** The text that `readArgument` reads back as `value`. */
export function writeArgument(value: JsonValue | undefined, type: FieldType): string {
  if (value === undefined) return '';
  if (typeof value !== 'string') return JSON.stringify(value);
  return readArgument(value, type) === value ? value : JSON.stringify(value);
}

/** `args` with one argument set, or without it when `value` is undefined. Order is kept; any name is safe. */
export function withArgument(args: JsonObject, name: string, value: JsonValue | undefined): JsonObject {
  const members = Object.entries(args).filter(([key]) => value !== undefined || key !== name);
  const at = members.findIndex(([key]) => key === name);
  if (value !== undefined) members.splice(at < 0 ? members.length : at, at < 0 ? 0 : 1, [name, value]);
  return Object.fromEntries(members);
}
