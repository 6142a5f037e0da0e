import { formatNumber } from '../../engine/number-text.ts';
import { formatValue } from '../../engine/value-text.ts';
import type { JsonValue } from '../../json.ts';
import type { Operand, Operator } from '../model.ts';

const WHOLE_LIMIT = 2 ** 63;
/** What PolicyLayer's reader takes, less the levels around a value. */
const DEEPEST = 80;

/** A JSON value as Intercept is to read it: whole numbers of 64 bits as such, with the digits they print with. */
export function toOperand(value: JsonValue): Operand {
  if (typeof value === 'number') {
    const isWhole = Number.isInteger(value) && Math.abs(value) < WHOLE_LIMIT && !Object.is(value, -0);
    return isWhole ? BigInt(String(value)) : value;
  }
  if (value === null || typeof value !== 'object') return value;
  if (isList(value)) return value.map(toOperand);
  return new Map(Object.entries(value).map(([key, member]) => [key, toOperand(member)]));
}

function isList(value: Extract<JsonValue, object>): value is readonly JsonValue[] {
  return Array.isArray(value);
}

/** Whether a value can stand in a PolicyLayer document: finite numbers only, not nested too deeply. */
export function isWritable(value: JsonValue, depth = 0): boolean {
  if (typeof value === 'number') return Number.isFinite(value);
  if (value === null || typeof value !== 'object') return true;
  return depth < DEEPEST && Object.values(value).every((member: JsonValue) => isWritable(member, depth + 1));
}

/** Whether an operand is a whole number beyond 64 bits, which Intercept does not compare as a number. */
export function isBeyond64Bits(value: Operand): boolean {
  return typeof value === 'bigint' && value !== BigInt.asIntN(64, value);
}

/**
 * Whether an operator decides every argument alike in both dialects: with `native` in a PolicyLayer document and `yaml` in
 * an Intercept one. Only equality may not, since it compares texts. May say no where no argument tells them apart.
 */
export function comparesAlike(op: Operator, native: JsonValue, yaml: Operand): boolean {
  switch (op) {
    case 'eq':
    case 'neq':
    case 'contains':
      return equalsAlike(native, yaml);
    case 'in':
    case 'not_in': {
      if (!Array.isArray(native) || !Array.isArray(yaml)) return false;
      const others: readonly Operand[] = yaml;
      return native.every((item: JsonValue, i) => equalsAlike(item, others[i] ?? null));
    }
    default:
      return true;
  }
}

function equalsAlike(native: JsonValue, yaml: Operand): boolean {
  const text = formatValue(native, 'plain');
  if (text !== formatValue(yaml, 'float')) return false;
  if (typeof native === 'number') return native === Number(yaml) && !isBeyond64Bits(yaml);
  if (native === null || typeof native === 'boolean') return true;
  const isList = text.startsWith('[') || text.startsWith('map[');
  return !(isList ? text.split(/[ [\]:]/) : [text]).some(isPrintedByOne);
}

/** Whether the text is what one dialect, and not the other, prints for some number that is an argument. */
function isPrintedByOne(text: string): boolean {
  if (!/^-?\d/.test(text)) return false;
  const value = Number(text);
  const [native, yaml] = [formatNumber(value, 'plain'), formatNumber(value, 'float')];
  return native !== yaml && (text === native || text === yaml);
}
