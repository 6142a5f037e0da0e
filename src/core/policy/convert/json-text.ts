import type { JsonValue } from '../../json.ts';

/** What a document is built from: values, with members as a Map, which keeps their order whatever their names. */
export type JsonPart = JsonValue | readonly JsonPart[] | ReadonlyMap<string, JsonPart>;

/**
 * Strict JSON, two spaces a level, without a line break at the end. Numbers read back the same: `-0` stays, and whole
 * numbers have all their digits up to 1e21. Numbers must be finite. Nesting is walked by recursion: keep it below 1,000.
 */
export function formatJson(value: JsonPart, indent = ''): string {
  if (typeof value === 'number') return formatNumber(value);
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const inner = `${indent}  `;
  if (isList(value))
    return bracketed(
      '[',
      ']',
      value.map((item) => formatJson(item, inner)),
      indent,
    );
  const members = isMap(value) ? [...value] : Object.entries(value);
  const lines = members.map(([name, member]) => `${JSON.stringify(name)}: ${formatJson(member, inner)}`);
  return bracketed('{', '}', lines, indent);
}

function bracketed(open: string, close: string, lines: readonly string[], indent: string): string {
  if (lines.length === 0) return `${open}${close}`;
  return `${open}\n${lines.map((line) => `${indent}  ${line}`).join(',\n')}\n${indent}${close}`;
}

function formatNumber(value: number): string {
  if (Object.is(value, -0)) return '-0';
  return Number.isInteger(value) && Math.abs(value) < 1e21 ? BigInt(value).toString() : JSON.stringify(value);
}

type Container = Exclude<JsonPart, null | boolean | number | string>;

function isList(value: Container): value is readonly JsonPart[] {
  return Array.isArray(value);
}

function isMap(value: Exclude<Container, readonly JsonPart[]>): value is ReadonlyMap<string, JsonPart> {
  return value instanceof Map;
}
