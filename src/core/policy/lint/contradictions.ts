import type { Condition, Rule, ToolPolicy } from '../model.ts';
import { quoted } from '../wording.ts';
import { effortOf, isSatisfiable, MOST_CONDITIONS } from './satisfiable.ts';
import { isDenyAll, type Lint, type Subject } from './subject.ts';

/**
 * Conditions that no value meets together: within one rule, among all `require` rules of a tool, and a `deny_if` rule
 * against what is required, which it can then never meet.
 */
export const lintContradictions: Lint = (subject) => {
  for (const tool of subject.policy.tools.values()) lintTool(subject, tool);
};

type ByPath = Map<string, Condition[]>;

function lintTool(subject: Subject, { rules }: ToolPolicy): void {
  const required: ByPath = new Map();
  const spoiled = new Set<string>();
  for (const rule of rules) {
    if (rule.kind !== 'require') continue;
    for (const condition of argumentsOf(rule)) {
      const { path } = condition;
      if (spoiled.has(path) || agrees(subject, required, condition)) continue;
      spoiled.add(path);
      const message = `no value of ${quoted(path)} meets this and what is required before it, so every call is denied; change one of them`;
      subject.add('contradiction', placeOf(subject, condition), message);
    }
  }
  for (const rule of rules)
    if (rule.kind === 'deny_if' && !isDenyAll(rule)) lintDenyIf(subject, rule, required, spoiled);
}

function lintDenyIf(subject: Subject, rule: Rule, required: ByPath, spoiled: ReadonlySet<string>): void {
  const own: ByPath = new Map();
  for (const condition of argumentsOf(rule)) {
    if (agrees(subject, own, condition)) continue;
    const message = `no value of ${quoted(condition.path)} meets all conditions of this rule, so it denies nothing; change one of them`;
    subject.add('contradiction', placeOf(subject, condition), message);
    return;
  }
  for (const [path, conditions] of own) {
    const before = spoiled.has(path) ? undefined : required.get(path);
    const together = [...conditions, ...(before ?? [])];
    if (before === undefined || !subject.mayCompare(effortOf(together))) continue;
    if (isSatisfiable(together, subject.policy.dialect)) continue;
    const { pointer } = rule;
    const message = `what is required of ${quoted(path)} leaves this rule nothing to deny; remove it or change one of them`;
    const fixes = subject.page.fix('Remove the rule', { kind: 'remove', pointer });
    subject.add('never-reached', { pointer, range: subject.page.whole(pointer) }, message, ...fixes);
    return;
  }
}

function argumentsOf({ conditions }: Rule): readonly Condition[] {
  return conditions.filter(({ source }) => source === 'args');
}

/** Adds a condition to those of its path; false when it makes them impossible. */
function agrees(subject: Subject, byPath: ByPath, condition: Condition): boolean {
  const others = byPath.get(condition.path);
  if (others === undefined) {
    byPath.set(condition.path, [condition]);
    return true;
  }
  // why: beyond these none is looked at, so more of them cannot make a difference.
  if (others.length >= MOST_CONDITIONS) return true;
  others.push(condition);
  return !subject.mayCompare(effortOf(others)) || isSatisfiable(others, subject.policy.dialect);
}

function placeOf(
  { page }: Subject,
  { pointer }: Condition,
): { pointer: string; range: ReturnType<Subject['page']['whole']> } {
  return { pointer, range: page.value(page.part(pointer, 'value')) ?? page.whole(pointer) };
}
