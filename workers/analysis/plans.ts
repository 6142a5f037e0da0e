import type { Steps } from '../../src/core/analysis/steps.ts';
import type { WindowMode } from '../../src/core/engine/decision.ts';
import type { Policy } from '../../src/core/policy/model.ts';
import { createScenarioCompiler } from '../../src/core/scenario/compile.ts';
import type { CallPlan } from '../../src/core/simulator/columns.ts';
import type { Run } from '../../src/core/simulator/run.ts';
import { answersOf } from '../../src/core/simulator/server-status.ts';
import { createSimulation } from '../../src/core/simulator/simulate.ts';
import { AgentStates } from '../../src/core/upstream/agent-states.ts';
import { rosterOf } from '../../src/core/upstream/roster.ts';
import type { Traffic } from '../analysis-api.ts';
import type { RunInput } from '../engine-api.ts';
import { type Slices, STRIDE } from '../slices.ts';

/** The calls of some input, or why there are none. */
export type MadePlan =
  | { readonly kind: 'plan'; readonly plan: CallPlan }
  | { readonly kind: 'scenario-invalid' }
  | { readonly kind: 'too-many'; readonly calls: number; readonly most: number };

/** Makes the calls of a scenario or a trace, unless they are more than `most`. */
export async function makePlan(input: Traffic['input'], most: number, slices: Slices): Promise<MadePlan> {
  const created = input.trace
    ? (await import('../trace-calls.ts')).traceCalls(input.trace)
    : createScenarioCompiler(input.scenario);
  if (!created.ok) return { kind: 'scenario-invalid' };
  const { compiler } = created;
  if (compiler.planned > most) return { kind: 'too-many', calls: compiler.planned, most };
  while (!compiler.advance(STRIDE)) await slices.pause();
  return { kind: 'plan', plan: compiler.finish() };
}

/** Decides a plan, with a stop now and then; the server of each run is a new one. */
export function* decideInSteps(
  policy: Policy,
  plan: CallPlan,
  world: Traffic['input']['scenario']['world'],
  windows: WindowMode,
  noPolicy: RunInput['noPolicy'] = [],
): Steps<Run> {
  const answer = answersOf(plan.table, new AgentStates(rosterOf(world)));
  const simulation = createSimulation(policy, plan, { windows, noPolicy, answer });
  while (!simulation.advance(STRIDE)) yield;
  yield;
  return simulation.finish(false);
}

/** The calls of a plan that these grants make. */
export function callsOfGrants(plan: CallPlan, grants: readonly string[]): CallPlan {
  const { calls, table } = plan;
  const isWanted = table.callers.map(({ grant }) => grants.includes(grant));
  const kept: number[] = [];
  for (let call = 0; call < calls.count; call++) if (isWanted[calls.caller[call] ?? 0]) kept.push(call);
  return {
    ...plan,
    calls: {
      count: kept.length,
      atMs: Float64Array.from(kept, (call) => calls.atMs[call] ?? 0),
      caller: Uint16Array.from(kept, (call) => calls.caller[call] ?? 0),
      tool: Uint16Array.from(kept, (call) => calls.tool[call] ?? 0),
      args: Uint32Array.from(kept, (call) => calls.args[call] ?? 0),
      upstream: Uint8Array.from(kept, (call) => calls.upstream[call] ?? 0),
      latencyMs: Uint32Array.from(kept, (call) => calls.latencyMs[call] ?? 0),
    },
  };
}
