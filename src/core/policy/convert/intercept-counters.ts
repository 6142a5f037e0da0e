import { compileTest } from '../../engine/operators.ts';
import type { Condition, Limit, Policy, ToolPolicy } from '../model.ts';

/** What a condition on a counter comes to in a policy whose rules cannot look at counters. */
export type CounterCondition =
  /** Its counter is never counted in, so it always holds, or never. */
  | { readonly kind: 'constant'; readonly holds: boolean }
  /** It bounds the rule's own counter: the count before a call is at most `most`. */
  | { readonly kind: 'bound'; readonly most: number }
  | { readonly kind: 'other' };

/** The counters of an Intercept policy: which are counted in, and by whom. A tool named `*` is left aside. */
export class InterceptCounters {
  /** By key, the number of limits that count in it. */
  readonly #uses = new Map<string, number>();

  constructor(policy: Policy) {
    for (const { limits } of partsOf(policy)) {
      for (const { counts, counterKey } of limits) {
        if (counts) this.#uses.set(counterKey, (this.#uses.get(counterKey) ?? 0) + 1);
      }
    }
  }

  /** Whether several limits meet in one counter, since their tool's and counter's names join to one. */
  isJoined({ counterKey }: Limit): boolean {
    return (this.#uses.get(counterKey) ?? 0) > 1;
  }

  /** `own`: the limit of the condition's rule, if it has one. */
  classify(condition: Condition, own: Limit | null): CounterCondition {
    const { counterKey, op, value } = condition;
    const holdsAtZero = compileTest(condition, 'intercept')(0);
    if (!this.#uses.has(counterKey)) return { kind: 'constant', holds: holdsAtZero };
    if (counterKey !== own?.counterKey || (op !== 'lt' && op !== 'lte')) return { kind: 'other' };
    // why: nothing is counted before the condition held once, with the counter at 0.
    if (!holdsAtZero) return { kind: 'constant', holds: false };
    return { kind: 'bound', most: op === 'lte' ? Math.floor(Number(value)) : Math.ceil(Number(value)) - 1 };
  }
}

/** The parts of a policy whose rules and limits apply to tools other than one named `*`. */
export function partsOf({ tools, everyTool }: Policy): readonly ToolPolicy[] {
  const listed = [...tools.values()].filter(({ name }) => name !== '*');
  return everyTool === null ? listed : [...listed, everyTool];
}
