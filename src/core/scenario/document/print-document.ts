import type { JsonValue } from '../../json.ts';

/** Widest value that stays on one line. */
const WIDTH = 100;

function inline(value: JsonValue): string {
  if (Array.isArray(value)) return `[${value.map(inline).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value).map(([name, member]) => `${JSON.stringify(name)}: ${inline(member)}`);
  return members.length === 0 ? '{}' : `{ ${members.join(', ')} }`;
}

function print(value: JsonValue, indent: string, used: number, isRoot = false): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const short = inline(value);
  const isList = Array.isArray(value);
  if (!isRoot && indent.length + used + short.length <= WIDTH) return short;
  const deeper = `${indent}  `;
  const parts = isList
    ? value.map((item: JsonValue) => deeper + print(item, deeper, 1))
    : Object.entries(value).map(([name, member]) => {
        const key = `${JSON.stringify(name)}: `;
        return deeper + key + print(member, deeper, key.length + 1);
      });
  if (parts.length === 0) return short;
  return `${isList ? '[' : '{'}\n${parts.join(',\n')}\n${indent}${isList ? ']' : '}'}`;
}

/** A document as people read it: two spaces, and what fits on a line of 100 on one line. Ends with a line end. */
export function printDocument(value: JsonValue): string {
  return `${print(value, '', 0, true)}\n`;
}
