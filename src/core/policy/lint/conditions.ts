import type { ToolField } from '../../catalogue/tools.ts';
import type { Fix } from '../../diagnostic.ts';
import type { JsonValue } from '../../json.ts';
import type { Condition, Rule } from '../model.ts';
import { anyOf, quoted } from '../wording.ts';
import { choicesOf, fitOf } from './fit.ts';
import type { Lint, Subject } from './subject.ts';

/** Values of one list that are looked at by themselves. */
const MOST_ITEMS = 50;

/** Conditions that come to the same for every call the server would take, and arguments no tool has. */
export const lintConditions: Lint = (subject) => {
  for (const { name, rules } of subject.policy.tools.values()) {
    for (const rule of rules) {
      for (const condition of rule.conditions)
        if (condition.source === 'args') lintCondition(subject, name, rule, condition);
    }
  }
};

function lintCondition(subject: Subject, tool: string, rule: Rule, condition: Condition): void {
  const { page, policy } = subject;
  const field = subject.fieldOf(tool, condition.segments);
  if (field === null && subject.tools?.has(tool) === true) {
    lintUnknown(subject, tool, condition);
    return;
  }
  // why: a rule against calls without a required argument guards the rules after it.
  if (condition.op === 'exists' && rule.kind === 'deny_if') return;
  const fit = fitOf(condition, field, policy.dialect);
  if (fit === 'open') {
    lintItems(subject, field, condition);
    return;
  }
  const { pointer } = condition;
  const because = field === null ? 'the list is empty' : `${quoted(condition.path)} is ${kindWords(field)}`;
  const outcome = outcomeWords(rule, fit);
  const [advice, fixes] = adviceFor(subject, field, condition);
  const message = `this ${fit === 'never' ? 'can never hold' : 'always holds'}, since ${because}, ${outcome}; ${advice}`;
  const range = page.value(page.part(pointer, 'value')) ?? page.whole(pointer);
  subject.add(fit === 'never' ? 'never-holds' : 'always-holds', { pointer, range }, message, ...fixes);
}

function outcomeWords({ kind, conditions }: Rule, fit: 'never' | 'always'): string {
  if (kind === 'require') return fit === 'never' ? 'so the rule denies every call' : 'so it asks for nothing';
  if (fit === 'never') return 'so the rule denies nothing';
  return conditions.length === 1 ? 'so the rule denies every call with it' : 'so it decides nothing';
}

function lintUnknown(subject: Subject, tool: string, { path, segments, pointer }: Condition): void {
  const { page } = subject;
  const [first = '', ...rest] = segments;
  const names = subject.tools?.get(tool)?.fields.map(({ name }) => name) ?? [];
  const near = subject.nearest(first, names);
  const place = page.part(pointer, 'path');
  const better = near === null ? null : `args.${[near, ...rest].join('.')}`;
  const advice = better === null ? `it takes ${anyOf(names)}` : `write ${quoted(better)}`;
  const message = `${quoted(tool)} has no argument ${quoted(path)}; ${advice}`;
  const fixes =
    better === null ? [] : page.fix(`Write ${quoted(better)}`, { kind: 'write', pointer: place, value: better });
  subject.add('unknown-argument', { pointer, range: page.value(place) ?? page.whole(pointer) }, message, ...fixes);
}

/** Items of a list that no value of the argument can meet. */
function lintItems(subject: Subject, field: ToolField | null, condition: Condition): void {
  const { page, policy } = subject;
  const { value, op, path, pointer } = condition;
  if (field === null || choicesOf(field) === null || !Array.isArray(value) || (op !== 'in' && op !== 'not_in')) return;
  value.slice(0, MOST_ITEMS).forEach((item: JsonValue, index) => {
    const { operand: _, ...plain } = condition;
    if (fitOf({ ...plain, op: 'eq', value: item }, field, policy.dialect) !== 'never') return;
    const place = page.item(page.part(pointer, 'value'), index);
    const [advice, fixes] = choiceAdvice(subject, field, item, place);
    const message = `${quoted(path)} is ${kindWords(field)} and never ${quoted(JSON.stringify(item))}; ${advice}`;
    subject.add('never-holds', { pointer, range: page.value(place) }, message, ...fixes);
  });
}

function kindWords(field: ToolField): string {
  if (field.choices !== undefined) return `one of ${field.choices.map(quoted).join(', ')}`;
  const words = {
    string: 'text',
    number: 'a number',
    boolean: 'true or false',
    strings: 'a list of texts',
    any: 'anything',
  };
  return words[field.type];
}

const WAYS = {
  string: 'compare text with `eq`, `in`, `regex` or `contains`',
  number: 'compare it with a number',
  boolean: 'compare it with `true` or `false`',
  strings: 'ask what the list holds with `contains`',
  any: 'remove it',
} as const;

function adviceFor(
  subject: Subject,
  field: ToolField | null,
  { op, value, segments, pointer }: Condition,
): readonly [string, readonly Fix[]] {
  if (field === null) return ['name some values', []];
  if (segments.length > 1) return [`nothing is inside ${quoted(`args.${segments[0] ?? ''}`)}; shorten the path`, []];
  if (op === 'exists') return ['every call has it; remove this', []];
  const isSingle = op === 'eq' || op === 'neq';
  if (field.choices !== undefined && isSingle) {
    return choiceAdvice(subject, field, value, subject.page.part(pointer, 'value'));
  }
  return [WAYS[field.type], []];
}

function choiceAdvice(
  subject: Subject,
  field: ToolField,
  item: JsonValue,
  pointer: string,
): readonly [string, readonly Fix[]] {
  const near = typeof item === 'string' ? subject.nearest(item, field.choices ?? []) : null;
  if (near === null) return [field.choices === undefined ? WAYS[field.type] : `use ${anyOf(field.choices)}`, []];
  const change = { kind: 'write', pointer, value: near } as const;
  return [`write ${quoted(near)}`, subject.page.fix(`Write ${quoted(near)}`, change)];
}
