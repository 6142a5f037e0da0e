import type { FieldType } from '../../catalogue/tools.ts';
import type { Dialect, Operator } from '../model.ts';
import type { Kind } from './grammar.ts';

// What operators and the words of each field mean. A data file.

const MISSING_IS_FALSE = 'A missing argument never holds';

/** What an operator says of an argument, and what it makes of a missing one. */
export const OPERATOR_WORDS: Readonly<Record<Operator, { readonly means: string; readonly missing: string }>> = {
  eq: {
    means: 'Equal: numbers by value, all else as text, so `"1"` equals 1. Case matters.',
    missing: `${MISSING_IS_FALSE}.`,
  },
  neq: {
    means: 'Not equal, compared as `eq` does.',
    missing: `${MISSING_IS_FALSE} here either: leaving the argument out makes \`neq\` false.`,
  },
  in: { means: 'Equal to one element of the list.', missing: `${MISSING_IS_FALSE}.` },
  not_in: {
    means: 'Equal to no element of the list.',
    missing: `${MISSING_IS_FALSE} here either: leaving the argument out makes \`not_in\` false.`,
  },
  lt: { means: 'Less than. Both must be numbers; text is not converted.', missing: `${MISSING_IS_FALSE}.` },
  lte: { means: 'At most. Both must be numbers; text is not converted.', missing: `${MISSING_IS_FALSE}.` },
  gt: {
    means: 'Greater than. Both must be numbers; text is not converted.',
    missing: `${MISSING_IS_FALSE}, so a \`deny_if\` with it is passed by leaving the argument out.`,
  },
  gte: {
    means: 'At least. Both must be numbers; text is not converted.',
    missing: `${MISSING_IS_FALSE}, so a \`deny_if\` with it is passed by leaving the argument out.`,
  },
  regex: {
    means: 'The RE2 expression is found somewhere in the text; write `^` and `$` to match all of it.',
    missing: `${MISSING_IS_FALSE}, and neither does one that is no text.`,
  },
  contains: {
    means: 'Text: the value is found in it. List: one element equals the value.',
    missing: `${MISSING_IS_FALSE}.`,
  },
  exists: {
    means: 'With true: the argument is there. With false: it is not. null counts as absent.',
    missing: 'The one operator that can hold for a missing argument.',
  },
};

/** Operators that can hold for an argument of a type, the most useful first. */
export const OPERATORS_FOR: Readonly<Record<FieldType, readonly Operator[]>> = {
  string: ['eq', 'neq', 'in', 'not_in', 'regex', 'contains', 'exists'],
  number: ['lte', 'lt', 'gte', 'gt', 'eq', 'neq', 'in', 'not_in', 'exists'],
  boolean: ['eq', 'neq', 'exists'],
  strings: ['contains', 'exists'],
  any: ['exists', 'eq', 'neq', 'in', 'not_in', 'lt', 'lte', 'gt', 'gte', 'regex', 'contains'],
};

/** A word that a field takes, with its meaning. */
export interface Choice {
  readonly word: string;
  readonly means: string;
  /** Written without quotes in JSON. */
  readonly bare?: boolean;
}

const WINDOWS: readonly Choice[] = [
  { word: 'minute', means: 'Starts again with every calendar minute, UTC.' },
  { word: 'hour', means: 'Starts again with every calendar hour, UTC.' },
  { word: 'day', means: 'Starts again at midnight, UTC.' },
];

const COMMON: Readonly<Partial<Record<Kind, readonly Choice[]>>> = {
  version: [{ word: '1', means: 'The only version there is.' }],
  default: [
    { word: 'deny', means: 'Tools that are not named in `tools` are denied.' },
    { word: 'allow', means: 'Tools that are not named in `tools` are allowed.' },
  ],
  window: WINDOWS,
  scope: [
    { word: 'grant', means: 'All sessions of one grant share the counter.' },
    { word: 'session', means: 'Each session of a grant has its own counter; a new session starts at 0.' },
  ],
  seconds: [
    { word: '60', means: 'A calendar minute.', bare: true },
    { word: '3600', means: 'A calendar hour.', bare: true },
    { word: '86400', means: 'A calendar day.', bare: true },
  ],
  rate: [
    { word: '10/minute', means: 'Ten calls a calendar minute.' },
    { word: '100/hour', means: 'A hundred calls a calendar hour.' },
    { word: '1000/day', means: 'A thousand calls a calendar day.' },
  ],
};

const ACTIONS: Readonly<Record<Dialect, readonly Choice[]>> = {
  policylayer: [
    { word: 'allow', means: 'The tool is allowed, within its rules and limits.' },
    { word: 'deny', means: 'Every call is denied; the tool stays in the list.' },
    { word: 'require_approval', means: 'A call that passes all rules and limits waits for a person.' },
  ],
  intercept: [
    { word: 'evaluate', means: 'Denies the call unless all conditions hold.' },
    { word: 'deny', means: 'Denies every call; takes no conditions.' },
  ],
};

/** The words a kind of value takes, in the order to offer them; none where anything may stand. */
export function choicesFor(dialect: Dialect, kind: Kind): readonly Choice[] {
  return kind === 'action' ? ACTIONS[dialect] : (COMMON[kind] ?? []);
}
