import type { WindowMode } from '../engine/decision.ts';
import type { Policy } from '../policy/model.ts';
import { compileScenario } from '../scenario/compile.ts';
import type { Scenario } from '../scenario/model.ts';
import { complete } from '../simulator/pass.ts';
import type { Run } from '../simulator/run.ts';
import { answersOf } from '../simulator/server-status.ts';
import { createSimulation } from '../simulator/simulate.ts';
import { ticketPass } from '../simulator/ticket-pass.ts';
import { AgentStates } from '../upstream/agent-states.ts';
import { DEFAULT_ROSTER } from '../upstream/roster.ts';

/** A scenario played to its end. */
export interface Played {
  readonly run: Run;
  /** Calls that were answered with a ticket. */
  readonly tickets: ReadonlySet<number>;
  /** Calls the scenario plans; a run has more when agents repeat calls, fewer when they stop. */
  readonly planned: number;
}

const PIECE = 65_536;

/**
 * Runs a scenario of the catalogue under a policy with the simulator, in one piece; they are small enough for that, and
 * none changes the world it starts in. Throws a TypeError on a scenario with errors, which none in the catalogue has.
 */
export function playScenario(policy: Policy, scenario: Scenario, windows: WindowMode): Played {
  const compiled = compileScenario(scenario);
  if (!compiled.ok) throw new TypeError(`the scenario ${scenario.name ?? ''} has errors`);
  const { plan } = compiled;
  const answer = answersOf(plan.table, new AgentStates(DEFAULT_ROSTER));
  const simulation = createSimulation(policy, plan, { windows, answer });
  while (!simulation.advance(PIECE)) continue;
  const run = simulation.finish(false);
  const tickets = complete(ticketPass(run, new AgentStates(DEFAULT_ROSTER)), run.columns.count);
  return { run, tickets: new Set(tickets), planned: plan.calls.count };
}
