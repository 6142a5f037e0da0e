import type { Operand } from '../policy/model.ts';
import { formatNumber, type NumberStyle } from './number-text.ts';

/**
 * A value as the text it is compared by: `<nil>`, `true`, strings as they are, numbers in `style`, lists `[a b]`, objects
 * `map[k:v …]` with keys in code point order. Whole numbers kept as bigint print as plain digits. Depth is no concern.
 */
export function formatValue(value: Operand, style: NumberStyle): string {
  if (typeof value === 'string') return value;
  let text = '';
  // why: a stack of our own, because arguments may be nested deeper than the call stack. Strings on it print themselves.
  const pending: Operand[] = [value];
  while (pending.length > 0) {
    const next = pending.pop() ?? null;
    if (typeof next === 'object' && next !== null) pushParts(next, pending);
    else text += formatScalar(next, style);
  }
  return text;
}

/** Orders strings by code point, which is also the order of their UTF-8 bytes; UTF-16 order differs above U+D800. */
export function compareCodePoints(left: string, right: string): number {
  const length = Math.min(left.length, right.length);
  for (let index = 0; index < length; index++) {
    const a = left.charCodeAt(index);
    const b = right.charCodeAt(index);
    if (a !== b) return orderedUnit(a) - orderedUnit(b);
  }
  return left.length - right.length;
}

/** Moves surrogates behind every other code unit. */
function orderedUnit(unit: number): number {
  if (unit < 0xd800) return unit;
  return unit < 0xe000 ? unit + 0x2000 : unit - 0x800;
}

function formatScalar(value: null | boolean | number | bigint | string, style: NumberStyle): string {
  if (value === null) return '<nil>';
  return typeof value === 'number' ? formatNumber(value, style) : String(value);
}

type Container = Exclude<Operand, null | boolean | number | bigint | string>;

/** Pushes the pieces of a list or an object in reverse, so that they are popped in order. */
function pushParts(value: Container, pending: Operand[]): void {
  pending.push(']');
  if (isList(value)) {
    for (let index = value.length - 1; index >= 0; index--) pending.push(value[index] ?? null, index > 0 ? ' ' : '[');
    if (value.length === 0) pending.push('[');
    return;
  }
  const members = membersOf(value).sort(([left], [right]) => compareCodePoints(right, left));
  members.forEach(([key, member], index) => {
    pending.push(member, `${key}:`, index < members.length - 1 ? ' ' : 'map[');
  });
  if (members.length === 0) pending.push('map[');
}

function isList(value: Container): value is readonly Operand[] {
  return Array.isArray(value);
}

function membersOf(value: Exclude<Container, readonly Operand[]>): [string, Operand][] {
  return isMap(value) ? [...value] : Object.entries(value);
}

function isMap(value: Container): value is ReadonlyMap<string, Operand> {
  return value instanceof Map;
}
