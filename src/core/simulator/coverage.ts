import { type CompiledLimit, type CompiledRule, compilePolicy } from '../engine/compile.ts';
import type { Approval, Limit, Rule } from '../policy/model.ts';
import { OUTCOME_CODE } from './columns.ts';
import { entry as at } from './entry.ts';
import { groupBy } from './group.ts';
import type { Decider, Run } from './run.ts';
import type { TallyEntry } from './tally.ts';

/** What one rule, limit or approval did in a run. */
export interface RuleCoverage {
  readonly pointer: string;
  readonly kind: 'require' | 'deny_if' | 'limit' | 'approval';
  /** Calls that came this far; 0 when none ever did. */
  readonly reached: number;
  /** Calls it did not let pass. */
  readonly decided: number;
}

/** One thing that can stop a call. `by`: the kind of decider it is in the run. */
interface Step {
  readonly pointer: string;
  readonly kind: RuleCoverage['kind'];
  readonly by: 'rule' | 'limit' | 'approval';
}

/** Refused before any rule was looked at. */
const REFUSED: readonly Decider['kind'][] = ['no-policy', 'hidden', 'default'];

/**
 * How many calls reached every rule, limit and approval of the policy of a run and how many it decided, in the order of
 * the policy. Worked out from the tally alone: a call reaches what stands behind everything that did not stop it. A rule
 * and a limit that are one in the text (Intercept) are one here.
 */
export function ruleCoverage(run: Run, tally: readonly TallyEntry[]): readonly RuleCoverage[] {
  const { policy, table } = run;
  const compiled = compilePolicy(policy);
  const byTool = groupBy(tally, ({ tool }) => at(table.tools, tool));
  const found = new Map<string, RuleCoverage>();
  for (const name of new Set([...policy.tools.keys(), ...byTool.keys()])) {
    for (const one of coverTool(stepsOf(compiled.tool(name)), run, byTool.get(name) ?? [])) add(found, one);
  }
  if (policy.everyTool !== null) {
    for (const { pointer, kind } of stepsOf({ ...policy.everyTool, approval: null })) {
      add(found, { pointer, kind, reached: 0, decided: 0 });
    }
  }
  return [...found.values()];
}

function add(found: Map<string, RuleCoverage>, one: RuleCoverage): void {
  const known = found.get(one.pointer);
  const reached = (known?.reached ?? 0) + one.reached;
  found.set(one.pointer, { ...(known ?? one), reached, decided: (known?.decided ?? 0) + one.decided });
}

/** What the steps of one tool did to its calls, each pointer once. */
function coverTool(steps: readonly Step[], run: Run, entries: readonly TallyEntry[]): Iterable<RuleCoverage> {
  const stopped = new Map<string, number>();
  let left = 0;
  for (const { decider, outcome, calls } of entries) {
    const { kind, pointer } = at(run.deciders, decider);
    if (REFUSED.includes(kind)) continue;
    left += calls;
    if (outcome === OUTCOME_CODE.allow) continue;
    const key = `${kind === 'refused-approval' ? 'approval' : kind} ${pointer}`;
    stopped.set(key, (stopped.get(key) ?? 0) + calls);
  }
  const covered = new Map<string, RuleCoverage>();
  for (const { by, pointer, kind } of steps) {
    const key = `${by} ${pointer}`;
    const decided = stopped.get(key) ?? 0;
    stopped.delete(key);
    const known = covered.get(pointer) ?? { pointer, kind, reached: left, decided: 0 };
    covered.set(pointer, { ...known, decided: known.decided + decided });
    left -= decided;
  }
  return covered.values();
}

type Parts = {
  readonly rules: readonly (CompiledRule | Rule)[];
  readonly limits: readonly (CompiledLimit | Limit)[];
  readonly approval: Approval | null;
};

function stepsOf({ rules, limits, approval }: Parts): readonly Step[] {
  return [
    ...rules.map((part): Step => {
      const { pointer, kind } = 'conditions' in part ? part : part.rule;
      return { pointer, kind, by: 'rule' };
    }),
    ...limits.map((part): Step => {
      const { pointer } = 'pointer' in part ? part : part.limit;
      return { pointer, kind: 'limit', by: 'limit' };
    }),
    ...(approval === null ? [] : [{ pointer: approval.pointer, kind: 'approval', by: 'approval' } as const]),
  ];
}
