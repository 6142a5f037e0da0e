import { compilePolicy } from '../engine/compile.ts';
import { compileTest, resolveArgument } from '../engine/operators.ts';
import type { JsonObject } from '../json.ts';
import type { Condition, Dialect, Policy, Rule } from '../policy/model.ts';
import type { ConditionReading, RuleReading } from './explanation.ts';

/** A rule that was looked at, beside the rule itself. */
export interface LookedRule extends RuleReading {
  readonly source: Rule;
}

/** What a condition on an Intercept counter sees, by the counter's key. */
export type SeenCounter = (counterKey: string) => number;

/**
 * The rules that a call of a tool was tested by, in order, up to the first that denies. Every condition of a rule is
 * read, with the engine's own test, though deciding stops at the first that settles the rule.
 */
export function readRules(policy: Policy, tool: string, args: JsonObject, seen: SeenCounter): readonly LookedRule[] {
  const looked: LookedRule[] = [];
  for (const { rule } of compilePolicy(policy).tool(tool).rules) {
    const conditions = rule.conditions.map((condition) => readCondition(condition, policy.dialect, args, seen));
    const holds = conditions.every((condition) => condition.holds);
    looked.push({ rule: rule.rule, pointer: rule.pointer, conditions, holds, source: rule });
    if (holds === (rule.kind === 'deny_if')) break;
  }
  return looked;
}

function readCondition(condition: Condition, dialect: Dialect, args: JsonObject, seen: SeenCounter): ConditionReading {
  const { path, op, value, pointer } = condition;
  const found = condition.source === 'counter' ? seen(condition.counterKey) : valueAt(condition, args);
  return {
    path,
    op,
    value,
    saw: found === undefined ? { kind: 'missing' } : { kind: 'value', value: found },
    holds: compileTest(condition, dialect)(found),
    pointer,
  };
}

function valueAt(condition: Condition, args: JsonObject) {
  const found = resolveArgument(args, condition.segments);
  return found.found ? found.value : undefined;
}
