import type { BuilderCondition, BuilderTool } from '../../../core/policy/builder/model.ts';
import type { JsonValue } from '../../../core/json.ts';
import { findTool, type FieldType, type ToolField } from '../../../core/catalogue/tools.ts';
import { OPERATORS, type Operator } from '../../../core/policy/model.ts';
import { countOf } from '../../kit/format-number.ts';

/** What a field holds: a value to write, no value at all, or words on what is wrong with it. */
export type Parsed =
  { readonly ok: true; readonly value: JsonValue | undefined } | { readonly ok: false; readonly message: string };

/** `Write, medium risk, stated`; where it does not come from the catalogue it is inferred. */
export function toolWords(name: string): string {
  const tool = findTool(name);
  if (tool === null) return 'Not on this server';
  return `${tool.category}, ${tool.risk.toLowerCase()} risk, ${tool.source === 'cat' ? 'stated' : 'inferred'}`;
}

/** What is written for a tool: `1 require, 1 deny_if, 1 limit`, or what follows from nothing being written. */
export function partWords(tool: BuilderTool): string {
  const kinds = ['require', 'deny_if', 'evaluate', 'deny'] as const;
  const parts = kinds.flatMap((kind) => {
    const count = tool.rules.filter((rule) => rule.kind === kind).length;
    return count === 0 ? [] : [`${String(count)} ${kind}`];
  });
  if (tool.limits.length > 0) parts.push(countOf(tool.limits.length, 'limit'));
  if (tool.approval !== null) parts.push('approval');
  if (parts.length > 0) return parts.join(', ');
  if (!tool.readable) return 'not a set of rules';
  if (tool.state === 'hide') return 'hidden from tools/list';
  return tool.listed ? 'no rules, allowed' : `not listed, ${tool.state === 'deny' ? 'denied' : 'allowed'} by default`;
}

/** A value as a field shows it. */
export function shownValue(value: JsonValue | undefined): string {
  if (value === undefined) return '';
  if (typeof value === 'string') return value;
  if (
    Array.isArray(value) &&
    value.every(
      (item) => typeof item === 'string' && item !== '' && !/^[\s"\d[{-]|,|\s$|^(?:true|false|null)$/.test(item),
    )
  ) {
    return value.join(', ');
  }
  return JSON.stringify(value);
}

/** Operators that make sense for an argument; all of them where its type is not known, and always the present one. */
export function operatorsFor(tool: string, { argument, op }: BuilderCondition): readonly Operator[] {
  const type = fieldAt(tool, argument)?.type;
  const fits = new Set<string>(type === undefined ? OPERATORS : BY_TYPE[type]);
  return OPERATORS.filter((each) => fits.has(each) || each === op);
}

const EVERYTHING = ['eq', 'neq', 'in', 'not_in', 'exists'] as const;
const BY_TYPE: Readonly<Record<FieldType, readonly Operator[]>> = {
  string: [...EVERYTHING, 'regex', 'contains'],
  number: [...EVERYTHING, 'lt', 'lte', 'gt', 'gte'],
  boolean: ['eq', 'neq', 'exists'],
  strings: ['contains', 'exists'],
  any: OPERATORS,
};

/** The argument a path leads to, where the catalogue knows it. */
export function fieldAt(tool: string, path: JsonValue | undefined): ToolField | undefined {
  return findTool(tool)?.fields.find(({ name }) => path === `args.${name}`);
}

/** Paths of a tool's arguments, with what they are; `type` keeps those of one type. */
export function pathsOf(tool: string, type?: FieldType): readonly { readonly path: string; readonly words: string }[] {
  return (findTool(tool)?.fields ?? [])
    .filter((field) => type === undefined || field.type === type)
    .map(({ name, description }) => ({ path: `args.${name}`, words: description }));
}

/** What a condition's value field says, for an operator and, where known, an argument. */
export function parseValue(
  text: string,
  op: JsonValue | undefined,
  before: JsonValue | undefined,
  field: ToolField | undefined,
): Parsed {
  switch (op) {
    case 'in':
    case 'not_in':
      return parseList(text);
    case 'lt':
    case 'lte':
    case 'gt':
    case 'gte':
      return parseNumber(text);
    case 'regex':
      return { ok: true, value: text };
    default:
      return { ok: true, value: parseSingle(text, before, field) };
  }
}

/** A number, whole and at least `min` where asked for. */
export function parseNumber(text: string, whole?: { readonly min: number }): Parsed {
  const number = Number(text);
  if (text.trim() === '' || !Number.isFinite(number)) return { ok: false, message: 'Write a number.' };
  if (whole === undefined) return { ok: true, value: number };
  if (Number.isSafeInteger(number) && number >= whole.min) return { ok: true, value: number };
  return { ok: false, message: `Write a whole number of at least ${String(whole.min)}.` };
}

function parseSingle(text: string, before: JsonValue | undefined, field: ToolField | undefined): JsonValue {
  if (field?.type === 'string' || field?.type === 'strings') return text;
  const isText = typeof before === 'string' && field === undefined;
  const known = /^(?:true|false|null|-?\d+(?:\.\d+)?)$/.test(text.trim());
  if (!isText && (known || /^[[{"]/.test(text.trim()))) return jsonOf(text) ?? text;
  // why: a text that was a text stays one, so that `"5"` does not become 5 by being touched.
  return isText && known && before === '' ? (jsonOf(text) ?? text) : text;
}

function parseList(text: string): Parsed {
  const trimmed = text.trim();
  if (trimmed.startsWith('[')) {
    const list = jsonOf(trimmed);
    return Array.isArray(list)
      ? { ok: true, value: list }
      : { ok: false, message: 'Write values with commas between them, or a JSON list.' };
  }
  const items = trimmed === '' ? [] : trimmed.split(',').map((item) => item.trim());
  if (items.some((item) => item === '')) return { ok: false, message: 'A value is missing beside a comma.' };
  return {
    ok: true,
    value: items.map((item) =>
      /^(?:true|false|null|-?\d+(?:\.\d+)?|".*")$/.test(item) ? (jsonOf(item) ?? item) : item,
    ),
  };
}

function jsonOf(text: string): JsonValue | undefined {
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return undefined;
  }
}
