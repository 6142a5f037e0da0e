import { worstCase } from '../../src/core/analysis/worst-case.ts';
import { numberOf, worstScenario, worstSessions } from '../../src/core/analysis/worst-scenario.ts';
import { TOOL_NAMES } from '../../src/core/catalogue/tools.ts';
import type { Policy } from '../../src/core/policy/model.ts';
import type { Scenario } from '../../src/core/scenario/model.ts';
import { OUTCOME_CODE } from '../../src/core/simulator/columns.ts';
import type { AnalysisAnswer, AnalysisRequest, ShownTraffic } from '../analysis-api.ts';
import type { Slices } from '../slices.ts';
import { finish } from './finish.ts';
import { decideInSteps, makePlan } from './plans.ts';

/** A larger scenario is not decided before it is opened. */
const MOST_DECIDED = 1_000_000;

/** The scenario that reaches a number of the worst case, and what it shows, as the evaluator decides it. */
export async function scenarioOf(
  { callers, question }: Extract<AnalysisRequest, { kind: 'worst-scenario' }>,
  policy: Policy,
  slices: Slices,
): Promise<AnalysisAnswer> {
  const worst = await finish(worstCase(policy, TOOL_NAMES, callers), slices);
  const endless = numberOf(worst, question) === Infinity;
  // why: tools that a grant's limits bound add nothing to further sessions.
  const free = TOOL_NAMES.filter((tool) => numberOf(worst, { ...question, tool }) === Infinity);
  const ofOne = endless && callers === 'grant' ? await finish(worstCase(policy, free, 'session'), slices) : null;
  const sessions = ofOne && worstSessions(ofOne, question);
  // why: where one session has no bound either, it shows that, with amounts that its own limits let through.
  const scenario =
    sessions ??
    worstScenario(ofOne !== null && numberOf(ofOne, question) === Infinity ? ofOne : worst, policy, question);
  if (scenario === null) return { kind: 'worst-scenario', scenario, shows: null };
  const made = await decided(scenario, policy, slices);
  if (made === null) return { kind: 'worst-scenario', scenario, shows: null };
  const fewer = sessions && (await decided({ ...sessions, agents: sessions.agents.slice(0, -1) }, policy, slices));
  const shows: ShownTraffic = {
    ...made,
    agents: scenario.agents.length,
    endless,
    sessionAdds: fewer && made.passing - fewer.passing,
  };
  return { kind: 'worst-scenario', scenario, shows };
}

/** Calls of a scenario, and how many of them pass; null for more than are decided. */
async function decided(
  scenario: Scenario,
  policy: Policy,
  slices: Slices,
): Promise<{ readonly calls: number; readonly passing: number } | null> {
  const made = await makePlan({ scenario }, MOST_DECIDED, slices);
  if (made.kind !== 'plan') return null;
  const { columns } = await finish(decideInSteps(policy, made.plan, scenario.world, 'calendar'), slices);
  let passing = 0;
  for (let call = 0; call < columns.count; call++) if (columns.outcome[call] === OUTCOME_CODE.allow) passing++;
  return { calls: columns.count, passing };
}
