import type { ToolField } from '../../catalogue/tools.ts';
import type { JsonValue } from '../../json.ts';
import { compileTest } from '../../engine/operators.ts';
import type { Condition, Dialect } from '../model.ts';

/** What a condition comes to for the values an argument can have, when it is there: `open` where it depends on them. */
export type Fit = 'never' | 'always' | 'open';

/** Every value of a field, where these are few. */
export function choicesOf(field: ToolField): readonly JsonValue[] | null {
  return field.type === 'boolean' ? [true, false] : (field.choices ?? null);
}

/**
 * What a condition comes to whatever its argument is (`field` null), or for the values the tool's input takes there. A
 * gateway also sees calls the server would refuse; what holds for those alone protects nothing. Never wrong where it does
 * not say `open`.
 */
export function fitOf(condition: Condition, field: ToolField | null, dialect: Dialect): Fit {
  const { op, value, segments } = condition;
  if (Array.isArray(value) && value.length === 0 && (op === 'in' || op === 'not_in'))
    return op === 'in' ? 'never' : 'always';
  if (field === null || field.type === 'any') return 'open';
  if (segments.length > 1) return op === 'exists' && value === false ? 'always' : 'never';
  if (op === 'exists') return field.required && value === false ? 'never' : 'open';
  const choices = choicesOf(field);
  if (choices !== null) {
    const test = compileTest(condition, dialect);
    const holding = choices.filter((choice) => test(choice)).length;
    return holding === 0 ? 'never' : holding === choices.length ? 'always' : 'open';
  }
  if (op === 'eq' || op === 'neq' || op === 'in' || op === 'not_in') return equalityFit(condition, field, dialect);
  return otherFit(condition, field);
}

function equalityFit({ op, value, ...rest }: Condition, field: ToolField, dialect: Dialect): Fit {
  const items = (op === 'in' || op === 'not_in') && Array.isArray(value) ? value : [value];
  const negated = op === 'neq' || op === 'not_in';
  const canMeet = items.some((item) => {
    if (field.type === 'string') return true;
    // why: a list prints in brackets, so only lists and such text can be equal to one.
    if (field.type === 'strings') return Array.isArray(item) || (typeof item === 'string' && item.startsWith('['));
    if (typeof item === 'number') return true;
    if (typeof item !== 'string' || item.trim() === '') return false;
    const { operand: _, ...plain } = rest;
    return compileTest({ ...plain, op: 'eq', value: item }, dialect)(Number(item));
  });
  if (canMeet) return 'open';
  return negated ? 'always' : 'never';
}

const ANY_TEXT = new Set(['', '^', '$', '.*', '^.*', '.*$', '(?s).*', '(?s)^.*$']);

function otherFit({ op, value }: Condition, { type }: ToolField): Fit {
  switch (op) {
    case 'regex':
      if (type !== 'string') return 'never';
      return typeof value === 'string' && ANY_TEXT.has(value) ? 'always' : 'open';
    case 'contains':
      if (type === 'number') return 'never';
      if (type === 'strings') return 'open';
      if (typeof value !== 'string') return 'never';
      return value === '' ? 'always' : 'open';
    default:
      return type === 'number' ? 'open' : 'never';
  }
}
