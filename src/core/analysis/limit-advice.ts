import type { Limit, Policy, ToolPolicy } from '../policy/model.ts';
import { OUTCOME_CODE, type CallPlan } from '../simulator/columns.ts';
import type { Run } from '../simulator/run.ts';
import type { Steps } from './steps.ts';

/** Decides a plan under a policy; every run of one plan is answered alike by the server. */
export type Decide = (policy: Policy, plan: CallPlan) => Steps<Run>;

/** What gets through at one max: calls allowed of the legitimate traffic and of the attack. */
export interface AdvicePoint {
  readonly max: number;
  readonly legitimate: number;
  readonly attack: number;
}

/**
 * Which `max` a limit should have. `least`: the smallest that denies no legitimate call by this limit, null when none does
 * up to 2^53 − 1 · `used`: the most the legitimate traffic needs of the present max, as a share (above 1: it is too tight)
 * · `points`: the curve, by rising max, with the present max and `least` among them · totals in calls.
 */
export interface LimitAdvice {
  readonly rule: string;
  readonly max: number;
  readonly least: number | null;
  readonly used: number | null;
  readonly legitimateCalls: number;
  readonly attackCalls: number;
  readonly points: readonly AdvicePoint[];
}

/** Points of the curve between nothing and twice what is needed. */
const CURVE_POINTS = 20;

/**
 * Looks for the `max` of the limit at `pointer` that lets all of `legitimate` through and as little of `attack` as can be.
 * All other rules and limits stay as they are. Null when the policy has no such limit. Runs each plan about 75 times
 * and stops where `decide` does.
 */
export function* adviseLimit(
  policy: Policy,
  pointer: string,
  legitimate: CallPlan,
  attack: CallPlan,
  decide: Decide,
): Steps<LimitAdvice | null> {
  const limit = findLimit(policy, pointer);
  if (limit === null) return null;
  const least = yield* leastMax(limit.max, function* (max) {
    return deniedBy(yield* decide(withMax(policy, pointer, max), legitimate), limit.rule);
  });
  const top = Math.max(limit.max, least ?? 0);
  // why: with nothing needed the present max is what there is to draw.
  const reach = least === null || least === 0 ? top : least;
  const steps = Array.from({ length: CURVE_POINTS + 1 }, (_, step) => Math.round((reach * 2 * step) / CURVE_POINTS));
  const maxima = [...new Set([...steps, limit.max, ...(least === null ? [] : [least])])].sort((a, b) => a - b);
  const points: AdvicePoint[] = [];
  for (const max of maxima) {
    const changed = withMax(policy, pointer, max);
    const passing = allowed(yield* decide(changed, legitimate));
    points.push({ max, legitimate: passing, attack: allowed(yield* decide(changed, attack)) });
  }
  return {
    rule: limit.rule,
    max: limit.max,
    least,
    used: least === null || limit.max === 0 ? null : least / limit.max,
    legitimateCalls: legitimate.calls.count,
    attackCalls: attack.calls.count,
    points,
  };
}

function findLimit(policy: Policy, pointer: string): Limit | null {
  const places = [...policy.tools.values(), ...(policy.everyTool === null ? [] : [policy.everyTool])];
  return places.flatMap(({ limits }) => limits).find((limit) => limit.pointer === pointer) ?? null;
}

/** The policy with another `max` for the limit at `pointer`. */
function withMax(policy: Policy, pointer: string, max: number): Policy {
  const change = (tool: ToolPolicy): ToolPolicy => ({
    ...tool,
    limits: tool.limits.map((limit): Limit => {
      if (limit.pointer !== pointer) return limit;
      const { exactMax: _, ...rest } = limit;
      return { ...rest, max };
    }),
  });
  return {
    ...policy,
    tools: new Map([...policy.tools].map(([name, tool]) => [name, change(tool)])),
    everyTool: policy.everyTool === null ? null : change(policy.everyTool),
  };
}

/** The least whole max at which nothing is denied; a larger max never denies more by the same limit. */
function* leastMax(present: number, deniedAt: (max: number) => Steps<number>): Steps<number | null> {
  let high = Math.max(1, present);
  while ((yield* deniedAt(high)) > 0) {
    if (high >= Number.MAX_SAFE_INTEGER) return null;
    high = Math.min(Number.MAX_SAFE_INTEGER, high * 4);
  }
  let low = -1;
  while (high - low > 1) {
    const middle = low + Math.floor((high - low) / 2);
    if ((yield* deniedAt(middle)) > 0) low = middle;
    else high = middle;
  }
  return high;
}

function deniedBy({ columns, deciders }: Run, rule: string): number {
  const denies = deciders.map((decider) => decider.kind === 'limit' && decider.rule === rule);
  let denied = 0;
  for (let call = 0; call < columns.count; call++) if (denies[columns.decider[call] ?? 0]) denied++;
  return denied;
}

function allowed({ columns }: Run): number {
  let count = 0;
  for (let call = 0; call < columns.count; call++) if (columns.outcome[call] === OUTCOME_CODE.allow) count++;
  return count;
}
