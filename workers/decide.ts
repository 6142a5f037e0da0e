import type { Diagnostic } from '../src/core/diagnostic.ts';
import type { Policy } from '../src/core/policy/model.ts';
import { createScenarioCompiler, type ScenarioCompiler } from '../src/core/scenario/compile.ts';
import type { CallPlan } from '../src/core/simulator/columns.ts';
import type { Run } from '../src/core/simulator/run.ts';
import { answersOf } from '../src/core/simulator/server-status.ts';
import { createSimulation, type Simulation } from '../src/core/simulator/simulate.ts';
import { AgentStates } from '../src/core/upstream/agent-states.ts';
import { rosterOf } from '../src/core/upstream/roster.ts';
import type { RunInput } from './engine-api.ts';
import { type Slices, STRIDE } from './slices.ts';

/** A run and the time it took to decide; or why there is none. */
export type Decided =
  | {
      readonly kind: 'decided';
      readonly run: Run;
      readonly planned: number;
      readonly decideMs: number;
    }
  | { readonly kind: 'scenario-invalid'; readonly diagnostics: readonly Diagnostic[] };

/** How a job is going on, and whether the person asked to stop it. */
export interface Going {
  readonly slices: Slices;
  /** Told after every stride; `decided` never goes back. */
  readonly tell: (decided: number, planned: number) => void;
  readonly isCancelled: () => boolean;
}

const NO_CALLS: CallPlan = {
  calls: {
    count: 0,
    atMs: new Float64Array(0),
    caller: new Uint16Array(0),
    tool: new Uint16Array(0),
    args: new Uint32Array(0),
    upstream: new Uint8Array(0),
    latencyMs: new Uint32Array(0),
  },
  table: { callers: [], tools: [], argsCount: 0, argsAt: () => ({}) },
  reactions: [],
  approvals: { mode: 'ignore', afterMs: 0 },
};

/** The calls made last, and the text of the scenario they were made from. */
export interface MadeCalls {
  readonly scenario: string;
  readonly plan: CallPlan;
}

/** Keeps the calls made last: an edit of the policy leaves them as they are. */
export class KeptCalls {
  last: MadeCalls | null = null;
  /** why: with the last object of a class V8 drops the code it made for it; the next run would begin slowly again. */
  simulation: Simulation | null = null;
}

/**
 * Makes the calls of a scenario, unless `kept` has them, and decides them, in slices. Cancelled while it decides, it gives what was decided so
 * far; while it makes calls, a run of none.
 */
export async function decide(policy: Policy, input: RunInput, going: Going, kept = new KeptCalls()): Promise<Decided> {
  const created = input.trace
    ? (await import('./trace-calls.ts')).traceCalls(input.trace)
    : createScenarioCompiler(input.scenario);
  if (!created.ok) {
    const { checkScenario } = await import('../src/core/scenario/check.ts');
    return { kind: 'scenario-invalid', diagnostics: checkScenario(input.scenario).diagnostics };
  }
  const { compiler } = created;
  const planned = compiler.planned;
  const text = input.trace ? null : JSON.stringify(input.scenario);
  const known = kept.last !== null && kept.last.scenario === text ? kept.last.plan : null;
  // why: calls of two scenarios at a time would double what a long run takes.
  if (known === null) kept.last = null;
  const areMade = known !== null || (await makeCalls(compiler, going));
  const plan = known ?? (areMade ? compiler.finish() : NO_CALLS);
  if (text !== null && areMade) kept.last = { scenario: text, plan };
  const simulation = createSimulation(policy, plan, {
    windows: input.windows,
    noPolicy: input.noPolicy ?? [],
    answer: answersOf(plan.table, new AgentStates(rosterOf(input.scenario.world))),
  });
  kept.simulation = simulation;
  let decideMs = 0;
  let finished = false;
  while (!finished && !going.isCancelled()) {
    const startMs = performance.now();
    finished = simulation.advance(STRIDE);
    decideMs += performance.now() - startMs;
    going.tell(simulation.decided, Math.max(planned, simulation.decided));
    await going.slices.pause();
  }
  return { kind: 'decided', run: simulation.finish(!areMade || !finished), planned, decideMs };
}

/** Whether all calls were made; false when the person stopped it. */
async function makeCalls(compiler: ScenarioCompiler, { slices, tell, isCancelled }: Going): Promise<boolean> {
  while (!compiler.advance(STRIDE)) {
    if (isCancelled()) return false;
    tell(0, compiler.planned);
    await slices.pause();
  }
  return true;
}
