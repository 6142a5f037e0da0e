import type { JsonValue } from '../../json.ts';
import type { Condition, Limit, Policy, Rule, ToolPolicy } from '../model.ts';
import { compileTest } from '../../engine/operators.ts';
import { deniesAll, isDenyAll, type Lint, type Subject } from './subject.ts';

/**
 * Rules and limits no call gets to, or that never decide: after a rule that denies everything, after a rule that denies
 * all they would, and limits for all tools when no tool is left.
 */
export const lintReach: Lint = (subject) => {
  for (const tool of subject.policy.tools.values()) {
    if (subject.isHidden(tool.name)) continue;
    if (deniesAll(tool)) lintDenied(subject, tool);
    lintCovered(subject, tool);
  }
  lintEveryTool(subject);
};

function lintDenied(subject: Subject, { rules, limits }: ToolPolicy): void {
  const last = rules.findIndex(isDenyAll);
  const seen = new Set(rules.slice(0, last + 1).map(({ pointer }) => pointer));
  for (const part of [...rules.slice(last + 1), ...limits]) {
    // why: an Intercept rule that counts is a rule and a limit in one place.
    if (seen.has(part.pointer)) continue;
    seen.add(part.pointer);
    warn(subject, part, 'a rule before this denies every call; remove one of the two');
  }
}

function lintCovered(subject: Subject, { rules, limits }: ToolPolicy): void {
  const { dialect } = subject.policy;
  // why: an Intercept rule with a state block counts, so it is more than its conditions.
  const counting = new Set(limits.map(({ pointer }) => pointer));
  const isPlain = ({ conditions, pointer }: Rule): boolean =>
    conditions.length > 0 && conditions.every(({ source }) => source === 'args') && !counting.has(pointer);
  for (const kind of ['require', 'deny_if'] as const) {
    const list = rules.filter((rule) => rule.kind === kind && isPlain(rule));
    for (const [index, rule] of list.entries()) {
      if (!subject.mayCompare(index)) return;
      const earlier = list.slice(0, index);
      const isIdle = earlier.some((other) =>
        kind === 'deny_if' ? implies(rule, other, dialect) : implies(other, rule, dialect),
      );
      if (isIdle) warn(subject, rule, 'an earlier rule denies every call that this one would; remove one of the two');
    }
  }
}

/** Whether every call that meets all conditions of `a` also meets all of `b`. */
function implies(a: Rule, b: Rule, dialect: Policy['dialect']): boolean {
  if (a.conditions.length * b.conditions.length > 64) return false;
  return b.conditions.every((wide) => a.conditions.some((narrow) => isNarrower(narrow, wide, dialect)));
}

const UPPER = new Set(['lt', 'lte']);
const LOWER = new Set(['gt', 'gte']);

function isNarrower(narrow: Condition, wide: Condition, dialect: Policy['dialect']): boolean {
  if (narrow.path !== wide.path) return false;
  const [a, b] = [narrow.value, wide.value];
  if (narrow.op === wide.op && isSame(a, b)) return true;
  if (typeof a !== 'number' || typeof b !== 'number' || !isBound(narrow) || !isBound(wide)) return false;
  const isSameSide = UPPER.has(narrow.op) === UPPER.has(wide.op);
  // why: the bound itself decides for an open end beside a closed one.
  if (a === b) return isSameSide && (narrow.op === 'lt' || narrow.op === 'gt' || compileTest(wide, dialect)(a));
  return isSameSide && (UPPER.has(narrow.op) ? a < b : a > b);
}

function isSame(a: JsonValue, b: JsonValue): boolean {
  if (a === b) return true;
  return typeof a === 'object' && typeof b === 'object' && JSON.stringify(a) === JSON.stringify(b);
}

function isBound({ op }: Condition): boolean {
  return UPPER.has(op) || LOWER.has(op);
}

/** Limits for all tools under `default` deny when each listed tool is hidden or denied. */
function lintEveryTool(subject: Subject): void {
  const { everyTool, dialect, defaultAction, tools, hide } = subject.policy;
  if (everyTool === null || dialect === 'intercept') return;
  const isOpen = (tool: ToolPolicy): boolean => !subject.isHidden(tool.name) && !deniesAll(tool);
  const isIdle =
    hide.some(({ name }) => name === '*') || (defaultAction === 'deny' && ![...tools.values()].some(isOpen));
  if (!isIdle) return;
  for (const limit of everyTool.limits)
    warn(subject, limit, 'every call is denied before it gets here; remove it or allow a tool');
}

function warn(subject: Subject, part: Rule | Limit, message: string): void {
  const { page } = subject;
  const { pointer } = part;
  const fixes = page.fix(`Remove the ${'counter' in part ? 'limit' : 'rule'}`, { kind: 'remove', pointer });
  subject.add('never-reached', { pointer, range: page.whole(pointer) }, message, ...fixes);
}
