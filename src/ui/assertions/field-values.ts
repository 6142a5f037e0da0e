import { parseDuration } from '../../core/scenario/duration.ts';
import type { CountAssertion } from '../../core/scenario/model.ts';
import type { Parsed } from '../policy/builder/builder-words.ts';

/** The bounds of a count, as its fields show them. */
export const BOUNDS = [
  { name: 'atMost', label: 'At most' },
  { name: 'atLeast', label: 'At least' },
  { name: 'exactly', label: 'Exactly' },
] as const;
export type BoundName = (typeof BOUNDS)[number]['name'];

/** A whole number from 0; nothing where the field is empty. */
export function parseBound(text: string, needed: boolean): Parsed {
  const written = text.trim();
  if (written === '' && needed) return { ok: false, message: 'A count needs a bound. Fill in another one first.' };
  if (written === '') return { ok: true, value: undefined };
  const value = Number(written);
  if (/^\d+$/.test(written) && Number.isSafeInteger(value)) return { ok: true, value };
  return { ok: false, message: 'Write a whole number, 0 or more.' };
}

/** The number of a call, counted from 1. */
export function parseCallNumber(text: string): Parsed {
  const value = Number(text.trim());
  if (/^[1-9]\d*$/.test(text.trim()) && Number.isSafeInteger(value)) return { ok: true, value };
  return { ok: false, message: 'Write the number of a call, 1 or more.' };
}

/** A span of time; nothing, which stands for the whole run, where the field is empty. */
export function parseSpan(text: string): Parsed {
  const written = text.trim();
  if (written === '') return { ok: true, value: undefined };
  if ((parseDuration(written) ?? 0) > 0) return { ok: true, value: written };
  return { ok: false, message: 'Write a number with ms, s, m, h or d, such as 60s.' };
}

/** The assertion with one of its own fields set, or left out. */
export function withField(
  assertion: CountAssertion,
  name: BoundName | 'within',
  value: number | string | undefined,
): CountAssertion {
  const { [name]: _before, ...rest } = assertion;
  return value === undefined ? rest : { ...rest, [name]: value };
}

/** The assertion with what it counts narrowed to a value, or, where that is empty, widened. */
export function withWhere(
  assertion: CountAssertion,
  name: 'tool' | 'grant' | 'outcome' | 'rule',
  value: string,
): CountAssertion {
  const { where = {}, ...rest } = assertion;
  const { [name]: _before, ...others } = where;
  const narrowed = value === '' ? others : { ...others, [name]: value };
  return Object.keys(narrowed).length === 0 ? rest : { ...rest, where: narrowed };
}
