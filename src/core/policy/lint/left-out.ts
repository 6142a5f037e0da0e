import type { Condition, Rule, ToolPolicy } from '../model.ts';
import { quoted } from '../wording.ts';
import { isDenyAll, type Lint, type Subject } from './subject.ts';

/**
 * Warns of `deny_if` rules that a caller avoids by leaving an argument out: a condition on a missing argument is false.
 * Not where some rule denies calls without the argument, nor where the rule says itself that it is about calls with it.
 */
export const lintLeftOutArguments: Lint = (subject) => {
  for (const tool of subject.policy.tools.values()) lintTool(subject, tool);
};

function lintTool(subject: Subject, tool: ToolPolicy): void {
  const denyRules = tool.rules.filter(({ kind }) => kind === 'deny_if');
  if (denyRules.some(isDenyAll)) return;
  const settled = guardedPaths(tool.rules);
  for (const rule of denyRules) {
    const meant = new Set(rule.conditions.filter(isPresence).map(({ path }) => path));
    for (const condition of rule.conditions) {
      const { path, op } = condition;
      if (op === 'exists' || meant.has(path) || settled.has(path)) continue;
      settled.add(path);
      warn(subject, tool, condition);
    }
  }
}

/** Paths, and the paths they lead through, without which a call is denied whatever else it holds. */
function guardedPaths(rules: readonly Rule[]): Set<string> {
  const guarded = new Set<string>();
  for (const { kind, conditions } of rules) {
    const needed = kind === 'require' ? conditions.filter((each) => !isAbsence(each)) : [];
    const only = kind === 'deny_if' && conditions.length === 1 ? conditions.filter(isAbsence) : [];
    for (const { segments } of [...needed, ...only]) {
      for (let length = 1; length <= segments.length; length++)
        guarded.add(`args.${segments.slice(0, length).join('.')}`);
    }
  }
  return guarded;
}

function isPresence({ op, value }: Condition): boolean {
  return op === 'exists' && value === true;
}

function isAbsence({ op, value }: Condition): boolean {
  return op === 'exists' && value === false;
}

function warn(subject: Subject, tool: ToolPolicy, { path, pointer }: Condition): void {
  const { page } = subject;
  const range = page.value(page.part(pointer, 'path'));
  const message = `a call without ${quoted(path)} passes this rule; require the argument`;
  const conditions = [{ path, op: 'exists', value: true }] as const;
  const fixes = page.fix('Require the argument', { kind: 'require', tool, conditions });
  subject.add('argument-left-out', { pointer, range }, message, ...fixes);
}
