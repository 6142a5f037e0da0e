import type { Severity } from '../diagnostic.ts';

interface CodeEntry {
  readonly severity: Severity;
  /** One line the page shows beside the message. */
  readonly explanation: string;
}

const error = (explanation: string): CodeEntry => ({ severity: 'error', explanation });
const warning = (explanation: string): CodeEntry => ({ severity: 'warning', explanation });
const note = (explanation: string): CodeEntry => ({ severity: 'note', explanation });

/** Every remark on a `policylayer` text: its severity, and why it is made. Each has a case in `tests/cases/policy`. */
export const POLICY_CODES = {
  // The text is not JSON.
  'empty-document': error('A policy is one JSON object; there is none yet.'),
  'not-a-value': error('JSON knows objects, lists, text in double quotes, numbers, true, false and null.'),
  'missing-quotes': error('In JSON, names and text stand in double quotes.'),
  'missing-comma': error('Members and elements are separated by commas.'),
  'extra-comma': error('A comma stands between two values, and only one.'),
  'missing-colon': error('A colon stands between a name and its value.'),
  'missing-value': error('Every name in an object has a value.'),
  'missing-name': error('Every value in an object has a name in double quotes.'),
  'unexpected-text': error('Nothing of JSON can stand at this place.'),
  'unclosed-bracket': error('Every opening bracket has a closing one.'),
  'wrong-bracket': error('An object ends with `}`, a list with `]`.'),
  'unclosed-text': error('Text ends with a double quote on the line where it begins.'),
  'unclosed-comment': error('A comment that begins with `/*` ends with `*/`.'),
  'bad-escape': error('After a backslash come `"`, `\\`, `/`, `b`, `f`, `n`, `r`, `t`, or `u` and four hex digits.'),
  'control-character': error('Tabs and other control characters are written as escapes inside text.'),
  'nested-too-deep': error('Policies are a few levels deep; 100 are the most that are read.'),
  'too-many-mistakes': error('A text with this many mistakes is probably not JSON at all.'),
  comment: warning('Gateways read strict JSON, where comments are errors.'),
  'trailing-comma': warning('Gateways read strict JSON, where a comma before a closing bracket is an error.'),

  // The JSON is not a policy.
  'duplicate-name': error('Of two members with one name, a gateway would silently drop one.'),
  'number-too-large': error('Numbers are IEEE doubles, which end at about 1.8e308.'),
  'number-rounded': warning('Numbers are IEEE doubles, which hold about 16 digits.'),
  'wrong-type': error('Each field takes one kind of value.'),
  'unknown-field': error('A field nobody knows does nothing, which is seldom what was meant.'),
  'missing-field': error('Without this field the gateway cannot decide.'),
  'wrong-version': error('Version "1" is the only one there is.'),
  'unknown-choice': error('This field takes one of a few words.'),
  'blank-name': error('A name without a letter cannot be matched or reported.'),
  'repeated-hide': error('A tool is hidden once; the second entry does nothing.'),
  'bad-path': error('A path names an argument: `args.`, then field names joined by dots.'),
  'bad-pattern': error('Expressions are RE2: no look-around, no back-references, time linear in the text.'),
  'wrong-operand': error('The operator cannot compare with a value of this kind, so the condition would never hold.'),
  'bad-max': error('A limit’s max is a whole number from 0 to 2^53 − 1.'),
  'bad-window': error('A shorthand window is a whole number of seconds from 1 to 86400.'),
  'bad-increment': error('An increment is a number above 0.'),
  'repeated-counter': error('Two limits of one list cannot share a counter.'),
  'increment-twice': error('The amount is either fixed or read from an argument.'),
  'increment-from-in-all-tools': error('Limits for all tools count calls, since tools share no arguments.'),
  'reason-without-action': error('A reason is given for an action; without one it is never shown.'),
  'reader-not-loaded': error('Reading Intercept policies needs a part that is loaded on demand.'),

  // The policy may not do what was meant.
  'unknown-tool': warning('The server has no tool of this name, so nothing here ever applies.'),
  'star-tool': warning('Under `tools`, `*` is a name like any other; limits for every tool go into `all_tools`.'),
  'hidden-and-listed': warning('A hidden tool is refused before its own rules are looked at.'),
  'nothing-allowed': warning('With `default` deny and no tool listed, every call is refused.'),
  'hide-everything': warning('The entry `*` hides all tools and refuses every call.'),
  'max-zero': warning('A limit whose max is 0 refuses every call that counts.'),
  'argument-left-out': warning('A condition on a missing argument is false, so leaving it out avoids the rule.'),
  shorthand: note('The short form is read as the long one; gateways document only the long one.'),
} as const satisfies Record<string, CodeEntry>;

export type PolicyCode = keyof typeof POLICY_CODES;
