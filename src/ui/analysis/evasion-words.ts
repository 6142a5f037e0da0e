import type { Closing, OpenReason } from '../../core/analysis/close-ways.ts';
import type { ClosingRule } from '../../core/analysis/closing-rules.ts';
import type { Evasion } from '../../core/analysis/evasion.ts';
import type { MutationKind } from '../../core/analysis/mutations.ts';
import type { SloppyKind } from '../../core/analysis/sloppiness.ts';
import type { JsonObject, JsonValue } from '../../core/json.ts';
import type { Dialect } from '../../core/policy/model.ts';

/** What an agent does to an argument, in words. */
export const MUTATION_WORDS: Readonly<Record<MutationKind, string>> = {
  'left-out': 'left out',
  null: 'null in its place',
  'number-as-text': 'the number as text',
  'exponent-text': 'the number as text, with an exponent',
  'text-as-number': 'the text as a number',
  case: 'other case',
  'white-space': 'white space',
  'zero-width': 'a character without width',
  'look-alike': 'a letter that looks the same',
  'in-a-list': 'put into a list',
  'empty-list': 'an empty list',
  'in-an-object': 'put into an object',
  negative: 'a negative number',
  fraction: 'a fraction',
  huge: 'a huge number',
  'extra-argument': 'an extra argument',
};

/** What is wrong with a rule that denies a harmless call, in words. */
export const SLOPPY_WORDS: Readonly<Record<SloppyKind, string>> = {
  'inside-a-word':
    'It finds its text inside a longer word. Compare whole texts with `eq` or `in`, or whole words with `regex` and `\\b`.',
  'left-out': 'The tool does not ask for this argument. Allow calls without it, or say in `on_deny` that it is needed.',
  'white-space': 'White space stands behind the text. Allow it in the rule with `\\s*$`.',
  'extra-argument': 'The server does not look at this argument, so denying it holds nothing off.',
};

/** Why ways stay open, in words. */
export const OPEN_WORDS: Readonly<Record<OpenReason, string>> = {
  'denies-allowed': 'Open, since a rule that closes it would deny calls that were allowed',
  'no-rule': 'Open, since no rule on arguments closes it',
};

/** How many of the ways around a rule its closing rules close. */
export function closedWords({ closing, ways, inRun }: Evasion): string {
  const { rules, closes } = closing;
  const what = rules.length === 1 ? 'This rule closes' : `These ${rules.length} rules close`;
  const all =
    closes === ways.length ? (closes === 1 ? 'the way' : `all ${closes} ways`) : `${closes} of ${ways.length} ways`;
  const none = rules.length === 1 ? 'denies no call' : 'deny no call';
  return `${what} ${all} and ${none} that ${inRun ? 'the run' : 'the policy'} allowed:`;
}

/** Says of which arguments the rules make that they must be there; empty for none. */
export function missingWords({ rules }: Closing): string {
  const wanted = rules.flatMap(({ list, conditions }) =>
    list === 'require' ? conditions.filter(({ op, value }) => op === 'exists' && value === true) : [],
  );
  const paths = [...new Set(wanted.map(({ segments }) => ['args', ...segments].join('.')))];
  return paths.length === 0 ? '' : `Calls without ${paths.join(', ')} are denied then.`;
}

/** The ways that stay open, by reason: `args.amount: put into a list, null in its place`. */
export function openWays({ closing, ways }: Evasion): readonly { readonly why: OpenReason; readonly ways: string }[] {
  return (['denies-allowed', 'no-rule'] as const).flatMap((why) => {
    const open = closing.open.filter((each) => each.why === why);
    if (open.length === 0) return [];
    const words = open.flatMap(({ way }) => {
      const mutation = ways[way]?.mutation;
      return mutation === undefined
        ? []
        : [`${['args', ...mutation.segments].join('.')} ${MUTATION_WORDS[mutation.kind]}`];
    });
    return [{ why, ways: [...new Set(words)].join(', ') }];
  });
}

/** One argument of two calls; `word` says how it differs, empty when it does not. */
export interface PairRow {
  readonly name: string;
  readonly left: string;
  readonly right: string;
  readonly word: '' | 'left out' | 'added' | 'changed';
}

/** Arguments of two calls side by side, values as JSON, in the order of the first. Odd characters of what differs are escaped. */
export function pairRows(left: JsonObject, right: JsonObject): PairRow[] {
  const names = [...new Set([...Object.keys(left), ...Object.keys(right)])];
  return names.map((name): PairRow => {
    const before = Object.hasOwn(left, name) ? JSON.stringify(left[name]) : 'missing';
    const after = Object.hasOwn(right, name) ? JSON.stringify(right[name]) : 'missing';
    const word = before === after ? '' : after === 'missing' ? 'left out' : before === 'missing' ? 'added' : 'changed';
    const show = word === '' ? (text: string) => text : escaped;
    return { name, left: show(before), right: show(after), word };
  });
}

/** A text with everything outside plain ASCII written as an escape, so that look-alikes can be told apart. */
function escaped(text: string): string {
  return text.replace(/[^ -~]/gu, (character) =>
    Array.from({ length: character.length }, (_, at) => character.charCodeAt(at))
      .map((code) => `\\u${code.toString(16).padStart(4, '0')}`)
      .join(''),
  );
}

/** A rule's conditions as the builder takes them. */
export function conditionsOf({
  conditions,
}: ClosingRule): { path: string; op: ClosingRule['conditions'][number]['op']; value: JsonValue }[] {
  return conditions.map(({ segments, op, value }) => ({ path: ['args', ...segments].join('.'), op, value }));
}

/** The rule as it is written in a dialect, under the list it belongs to. */
export function ruleText(rule: ClosingRule, dialect: Dialect): string {
  const conditions = conditionsOf(rule);
  if (dialect === 'policylayer') return `"${rule.list}": [${JSON.stringify({ conditions })}]`;
  const lines = conditions.map(
    ({ path, op, value }) => `      - path: ${path}\n        op: ${op}\n        value: ${JSON.stringify(value)}`,
  );
  return `rules:\n  - action: evaluate\n    conditions:\n${lines.join('\n')}`;
}
