import type { JsonValue } from '../../json.ts';

/** Widest value that stays on one line. */
const WIDTH = 100;

/** A value on one line; null when that is longer than `room`, which is found out without writing it all. */
function inline(value: JsonValue, room: number): string | null {
  if (typeof value !== 'object' || value === null) {
    const text = JSON.stringify(value);
    return text.length > room ? null : text;
  }
  const isList = Array.isArray(value);
  const parts: string[] = [];
  let left = room - 2;
  for (const [name, member] of Object.entries(value)) {
    const key = isList ? '' : `${JSON.stringify(name)}: `;
    const text = inline(member, left - key.length);
    if (text === null) return null;
    parts.push(key + text);
    left -= key.length + text.length + 2;
  }
  if (parts.length === 0) return isList ? '[]' : '{}';
  return isList ? `[${parts.join(', ')}]` : `{ ${parts.join(', ')} }`;
}

function print(value: JsonValue, indent: string, used: number, isRoot = false): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const isList = Array.isArray(value);
  const isEmpty = Object.keys(value).length === 0;
  const short = isRoot && !isEmpty ? null : inline(value, WIDTH - indent.length - used);
  if (short !== null || isEmpty) return short ?? (isList ? '[]' : '{}');
  const deeper = `${indent}  `;
  const parts = isList
    ? value.map((item: JsonValue) => deeper + print(item, deeper, 1))
    : Object.entries(value).map(([name, member]) => {
        const key = `${JSON.stringify(name)}: `;
        return deeper + key + print(member, deeper, key.length + 1);
      });
  return `${isList ? '[' : '{'}\n${parts.join(',\n')}\n${indent}${isList ? ']' : '}'}`;
}

/** A document as people read it: two spaces, and what fits on a line of 100 on one line. Ends with a line end. */
export function printDocument(value: JsonValue): string {
  return `${print(value, '', 0, true)}\n`;
}
