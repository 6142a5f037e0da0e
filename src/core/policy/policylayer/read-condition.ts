import type { Fix } from '../../diagnostic.ts';
import type { JsonValue } from '../../json.ts';
import { OPERATORS, type Condition, type Operator, type Pattern } from '../model.ts';
import { replacement } from '../report.ts';
import { quoted } from '../wording.ts';
import { toJson, visitNodes } from './json-node.ts';
import { need, readChoice, readObject, readText, type Place, type Reading } from './place.ts';
import { CONDITION_FIELDS, PATH_PREFIX } from './vocabulary.ts';

/** Reads one condition; null when it has errors, all of which are reported. */
export function readCondition(reading: Reading, place: Place): Condition | null {
  const fields = readObject(reading, place, CONDITION_FIELDS, 'a condition');
  if (fields === null) return null;
  const pathPlace = need(reading, fields, 'path');
  const segments = readPath(reading, pathPlace);
  const op = readChoice(reading, need(reading, fields, 'op'), OPERATORS);
  const valuePlace = need(reading, fields, 'value');
  if (valuePlace !== null) warnOfRounding(reading, valuePlace);
  if (op === null || valuePlace === null) return null;
  const value = toJson(valuePlace.node);
  if (!checkOperand(reading, op, value, valuePlace)) return null;
  const pattern = op === 'regex' && typeof value === 'string' ? readPattern(reading, value, valuePlace) : null;
  if (segments === null || (op === 'regex' && pattern === null)) return null;
  const path = `${PATH_PREFIX}${segments.join('.')}`;
  return { source: 'args', segments, counterKey: '', path, op, value, pattern, pointer: place.pointer };
}

/** The segments behind `args.`; null when absent, or reported when the text is no path. */
export function readPath(reading: Reading, place: Place | null | undefined): readonly string[] | null {
  const path = readText(reading, place);
  if (path === null || place === null || place === undefined) return null;
  const refuse = (why: string, ...fixes: Fix[]): null => {
    reading.report.add('bad-path', place.node.range, place.pointer, `${quoted(path)} ${why}`, ...fixes);
    return null;
  };
  if (path === 'args' || path === PATH_PREFIX) return refuse('names no argument; write `args.` and a field name');
  const fixTo = (parts: readonly string[]): Fix[] => {
    const better = `${PATH_PREFIX}${parts.filter((part) => part !== '').join('.')}`;
    return better === PATH_PREFIX
      ? []
      : [replacement(`Write ${quoted(better)}`, place.node.range, JSON.stringify(better))];
  };
  if (!path.startsWith(PATH_PREFIX)) {
    return refuse('does not begin with `args.`; write the argument as `args.…`', ...fixTo(path.split('.')));
  }
  const segments = path.slice(PATH_PREFIX.length).split('.');
  if (segments.includes('')) return refuse('has an empty part; write one name between two dots', ...fixTo(segments));
  return segments;
}

/** Refuses values with which the operator could never hold. */
function checkOperand(reading: Reading, op: Operator, value: JsonValue, place: Place): boolean {
  const wanted = wantedOperand(op, value);
  if (wanted === null) return true;
  // why: a number out of range is reported where it stands.
  if (typeof value === 'number' && !Number.isFinite(value)) return false;
  const { start, end } = place.node.range;
  const fix = operandFix(op, value, reading.text.slice(start, end));
  const fixes = fix === null ? [] : [replacement(`Write ${quoted(fix)}`, place.node.range, fix)];
  const message = `\`${op}\` cannot compare with ${quoted(JSON.stringify(value))}; write ${wanted}`;
  reading.report.add('wrong-operand', place.node.range, place.pointer, message, ...fixes);
  return false;
}

/** What the operator takes, in words; null when the value is of that kind. */
function wantedOperand(op: Operator, value: JsonValue): string | null {
  switch (op) {
    case 'in':
    case 'not_in':
      return Array.isArray(value) ? null : 'a list `[ … ]`';
    case 'lt':
    case 'lte':
    case 'gt':
    case 'gte':
      return typeof value === 'number' && Number.isFinite(value) ? null : 'a number';
    case 'regex':
      return typeof value === 'string' ? null : 'an expression in double quotes';
    case 'exists':
      return typeof value === 'boolean' ? null : '`true` or `false`';
    default:
      return null;
  }
}

function operandFix(op: Operator, value: JsonValue, written: string): string | null {
  if (op === 'in' || op === 'not_in') return `[${written}]`;
  if (op === 'exists') return value === 'true' || value === 'false' ? value : null;
  if (op === 'regex') return typeof value === 'number' ? JSON.stringify(written) : null;
  return typeof value === 'string' && /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/.test(value) ? value : null;
}

function readPattern(reading: Reading, source: string, place: Place): Pattern | null {
  const compiled = reading.compilePattern(source);
  if (compiled.ok) return compiled.pattern;
  const message = `this expression is not RE2, ${compiled.reason}; rewrite that part`;
  reading.report.add('bad-pattern', place.node.range, place.pointer, message);
  return null;
}

/** Whole numbers that a double cannot hold are compared as their neighbours. */
function warnOfRounding(reading: Reading, place: Place): void {
  visitNodes(place.node, ({ kind, range }, pointer) => {
    const { start, end } = range;
    if (kind !== 'scalar' || end - start < 16) return;
    const written = reading.text.slice(start, end);
    if (!/^-?\d{16,308}$/.test(written) || BigInt(written) === BigInt(Number(written))) return;
    const read = BigInt(Number(written)).toString();
    const message = `${quoted(written)} is read as ${quoted(read)}; write it as text to compare every digit`;
    reading.report.add('number-rounded', range, place.pointer + pointer(), message);
  });
}
