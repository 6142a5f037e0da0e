import { findTool } from '../catalogue/tools.ts';
import { SAMPLE_ARGUMENTS } from '../catalogue/seed.ts';
import { resolveArgument } from '../engine/argument-path.ts';
import type { JsonValue } from '../json.ts';
import type { Condition } from '../policy/model.ts';
import { nextAbove, nextBelow } from './next-number.ts';

/** A value to try at a path; `undefined`: nothing there. */
export interface Candidate {
  readonly value: JsonValue | undefined;
}

const COMMON: readonly JsonValue[] = ['agent-1', 'other', '', 1, 0, -1, Number.MAX_VALUE, true, false, [], {}, null];

/**
 * Values that tell apart everything the conditions on one path could ask: each value they name, the numbers on both
 * sides of it, texts and lists that hold it, none of them, and nothing at all. What an honest caller would send comes first.
 */
export function candidatesOf(
  tool: string,
  segments: readonly string[],
  conditions: readonly Condition[],
): readonly Candidate[] {
  const field = findTool(tool)?.fields.find(({ name }) => name === segments[0]);
  const usual = resolveArgument(SAMPLE_ARGUMENTS.get(tool) ?? {}, segments);
  const choices: readonly JsonValue[] = segments.length === 1 ? (field?.choices ?? []) : [];
  const named = conditions.flatMap(({ op, value }) => valuesNamed(op, value));
  const values: readonly (JsonValue | undefined)[] = [
    ...(usual.found ? [usual.value] : []),
    ...choices,
    ...named,
    ...COMMON,
    ['other'],
    undefined,
  ];
  return values.map((value): Candidate => ({ value }));
}

function valuesNamed(op: Condition['op'], value: JsonValue): readonly JsonValue[] {
  switch (op) {
    case 'eq':
    case 'neq':
      return around(value);
    case 'in':
    case 'not_in':
      return Array.isArray(value) ? value.flatMap(around) : [];
    case 'lt':
    case 'lte':
    case 'gt':
    case 'gte':
      return around(value);
    case 'contains':
      return [value, [value]];
    case 'regex':
      return typeof value === 'string' ? [plainText(value)] : [];
    case 'exists':
      return [];
  }
}

/** A value, and for a number its neighbours and itself as text. */
function around(value: JsonValue): readonly JsonValue[] {
  if (typeof value === 'string') {
    const number = Number(value);
    return value.trim() !== '' && Number.isFinite(number) ? [value, number] : [value];
  }
  if (typeof value !== 'number') return [value, JSON.stringify(value)];
  return [value, nextBelow(value), nextAbove(value), Math.floor(value), Math.ceil(value), String(value)];
}

/** The text a simple expression is made of: its literal characters, with one of each group of choices. */
function plainText(expression: string): string {
  return expression
    .replace(/^\^|\$$/g, '')
    .replace(/\\d\+?|\[0-9\]\+?/g, '1')
    .replace(/\\w\+?|\[a-z\]\+?/g, 'a')
    .replace(/\(([^|()]*)(\|[^()]*)?\)/g, '$1')
    .replace(/\.[*+]?/g, 'a')
    .replace(/\\(.)/g, '$1');
}
