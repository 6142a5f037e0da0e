import { adviseLimit } from '../../src/core/analysis/limit-advice.ts';
import type { Policy } from '../../src/core/policy/model.ts';
import type { CallPlan } from '../../src/core/simulator/columns.ts';
import type { AnalysisAnswer, AnalysisRequest, Traffic } from '../analysis-api.ts';
import type { Slices } from '../slices.ts';
import { finish } from './finish.ts';
import { callsOfGrants, decideInSteps, makePlan, type MadePlan } from './plans.ts';

/** Each plan is decided some 75 times. */
const MOST_CALLS = 200_000;

/** Which `max` a limit should have for this traffic; see `adviseLimit`. */
export async function advise(
  { pointer, windows, legitimate, attack }: Extract<AnalysisRequest, { kind: 'limit' }>,
  policy: Policy,
  slices: Slices,
): Promise<AnalysisAnswer> {
  const good = await planOf(legitimate, slices);
  if (good.kind !== 'plan') return good;
  const bad = await planOf(attack, slices);
  if (bad.kind !== 'plan') return bad;
  const worldOf = (plan: CallPlan) => (plan === good.plan ? legitimate : attack).input.scenario.world;
  const steps = adviseLimit(policy, pointer, good.plan, bad.plan, (changed, plan) =>
    decideInSteps(changed, plan, worldOf(plan), windows),
  );
  return { kind: 'limit', advice: await finish(steps, slices) };
}

async function planOf({ input, grants }: Traffic, slices: Slices): Promise<MadePlan> {
  const made = await makePlan(input, MOST_CALLS, slices);
  return made.kind === 'plan' && grants !== null ? { kind: 'plan', plan: callsOfGrants(made.plan, grants) } : made;
}
