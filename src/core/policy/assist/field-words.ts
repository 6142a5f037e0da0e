import type { Dialect } from '../model.ts';
import type { Part } from './grammar.ts';

// What every field means. A data file: one entry a field, one or two sentences each.

type Words = Readonly<Record<string, string>>;

const CONDITION: Words = {
  path: 'The argument to look at, such as `args.amount`. Names are joined by dots; lists cannot be stepped into.',
  op: 'How the argument is compared with `value`.',
  value: 'What the argument is compared with. `in` and `not_in` take a list, `exists` takes true or false.',
};

const LIMIT: Words = {
  counter: 'Name of the counter. The same name under two tools is two counters.',
  window: 'How long the counter counts before it starts again: a calendar minute, hour or day in UTC.',
  max: 'The most that fits into one window, a whole number. 0 denies every call.',
  scope: 'Who shares the counter: all sessions of a grant, or each session alone. Without it: the grant.',
  on_deny: 'What the agent is told when this limit denies.',
  increment: 'What one call takes from the counter; 1 when absent. Not together with `increment_from`.',
  increment_from:
    'The argument whose number a call takes from the counter, such as `args.amount`. A call without a usable number, or with a negative one, is denied.',
};

const POLICYLAYER: Readonly<Partial<Record<Part, Words>>> = {
  policy: {
    version: 'Version of the format; always `"1"`.',
    default: 'What happens to tools that are not named in `tools`.',
    description: 'A note for people. It decides nothing.',
    hide: 'Tools that agents do not see in the list and cannot call. `"*"` hides every tool.',
    all_tools: 'Limits that count the calls of every tool together.',
    tools: 'Rules and limits by tool. Under `default: deny` a tool must be named here to be allowed.',
  },
  all_tools: { limits: 'Limits over all tools, checked after the limits of the tool itself.' },
  tool: {
    require: 'Rules that must hold: the first whose conditions do not all hold denies the call.',
    deny_if: 'Rules that deny: the first whose conditions all hold denies the call. They come after `require`.',
    limits: 'What may be used in a window. All limits are checked before any is taken; a denied call takes nothing.',
    action: 'Shorthand for the whole tool: allow it, deny it, or let a person approve each call.',
    reason: 'What the agent is told about `action`. It needs an `action` beside it.',
    rate_limit: 'Shorthand for one limit on the number of calls, counted for each session.',
  },
  rule: {
    conditions: 'All of them must hold together. An empty list always holds.',
    on_deny: 'What the agent is told when this rule denies.',
  },
  condition: CONDITION,
  limit: LIMIT,
  'shared limit': LIMIT,
  rate_limit: {
    max: 'The most calls in one window.',
    window:
      'Length of the window in seconds, from 1 to 86400. 60, 3600 and 86400 are the calendar minute, hour and day.',
  },
};

const INTERCEPT: Readonly<Partial<Record<Part, Words>>> = {
  policy: {
    version: 'Version of the format; always `"1"`.',
    description: 'A note for people. It decides nothing.',
    default: 'What happens to tools that are not named in `tools`; `allow` when absent.',
    hide: 'Tools that agents do not see in the list and cannot call.',
    tools: 'Rules by tool. The name `"*"` holds rules for every tool.',
  },
  tool: { rules: 'Looked at in order; the first rule that does not pass denies the call.' },
  rule: {
    name: 'What decisions call this rule.',
    action: '`evaluate` denies unless all conditions hold; `deny` denies every call. Without it: `evaluate`.',
    rate_limit: 'Calls in a window, such as `10/minute`. It stands alone, without conditions and state.',
    conditions: 'All of them must hold, or the call is denied.',
    on_deny: 'What the agent is told when this rule denies.',
    state: 'The counter this rule keeps. It counts only when a condition compares that counter with `lt` or `lte`.',
  },
  condition: {
    ...CONDITION,
    path: 'The argument to look at, such as `args.amount`, or a counter, such as `state.create_escrow.spend`.',
  },
  state: {
    counter: 'Name of the counter; conditions read it as `state.<tool>.<counter>`.',
    window: LIMIT['window'] ?? '',
    increment: 'What one call takes, a whole number; 1 when absent or 0.',
    increment_from:
      'The argument whose number a call takes. Fractions are cut off, negative amounts count, and a missing number denies the call.',
  },
};

/** What a field means, in words for people; null for a name that is no field. */
export function fieldWords(dialect: Dialect, part: Part, name: string): string | null {
  const words = (dialect === 'intercept' ? INTERCEPT : POLICYLAYER)[part] ?? {};
  return Object.hasOwn(words, name) ? (words[name] ?? null) : null;
}
