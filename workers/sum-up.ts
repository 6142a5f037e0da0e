import { TOOL_NAMES } from '../src/core/catalogue/tools.ts';
import { boundaryBurstPass } from '../src/core/simulator/boundary-burst.ts';
import { counterPass } from '../src/core/simulator/counter-pass.ts';
import { CounterWindows } from '../src/core/simulator/counter-windows.ts';
import { digestPass } from '../src/core/simulator/digest.ts';
import type { Run } from '../src/core/simulator/run.ts';
import { type RunSummary, summarize } from '../src/core/simulator/summary.ts';
import { type TallyEntry, tallyPass } from '../src/core/simulator/tally.ts';
import { ticketPass } from '../src/core/simulator/ticket-pass.ts';
import { findVisibleDenied } from '../src/core/simulator/visible-denied.ts';
import { AgentStates } from '../src/core/upstream/agent-states.ts';
import type { RosterEntry } from '../src/core/upstream/roster.ts';
import type { Slices } from './slices.ts';

/** What is worked out once for a run and kept for the questions about it. */
export interface SummedUp {
  /** `plannedCalls` are those of the run's plan. */
  readonly summary: Omit<RunSummary, 'runId' | 'decideMs'>;
  readonly tally: readonly TallyEntry[];
  /** Calls that got a ticket. */
  readonly tickets: Uint32Array;
  /** why: with the last object of a class V8 drops the code it made for it; the next run would begin slowly again. */
  readonly workings: readonly unknown[];
}

/** Sums up a run in slices, `roster` being the agents it started with: one pass over its calls, one over what they took, one search for bursts. */
export async function sumUp(run: Run, roster: readonly RosterEntry[], slices: Slices): Promise<SummedUp> {
  const { count } = run.columns;
  const passes = [tallyPass(run), digestPass(run), ticketPass(run, new AgentStates(roster))] as const;
  await slices.run(passes, 0, count);
  const [tally, digest, tickets] = [passes[0].finish(), passes[1].finish(), passes[2].finish()];

  const windows = new CounterWindows(run);
  if (run.limits.length > 0) await fillWindows(run, windows, slices);
  const counters = windows.finish();

  const bursts = boundaryBurstPass(run, windows.overfull);
  await slices.run([bursts], 0, count);
  const summary = {
    ...summarize(run, tally, TOOL_NAMES),
    digest,
    counters: counters.rows,
    moreCounters: counters.more,
    findings: [...bursts.finish(), ...findVisibleDenied(run, tally, TOOL_NAMES)],
    tickets: tickets.length,
  };
  return { summary, tally, tickets, workings: [...passes, windows, bursts] };
}

async function fillWindows(run: Run, windows: CounterWindows, slices: Slices): Promise<void> {
  const { count } = run.columns;
  if (run.policy.dialect !== 'intercept') return slices.run([counterPass(run, windows)], 0, count);
  const { replay } = await import('../src/core/simulator/replay.ts');
  return slices.replay(replay(run, 0, windows), count);
}

/** The summary of a run that a newer one stopped: nothing is kept of it. */
export function nothingDecided(runId: number): RunSummary {
  return {
    runId,
    partial: true,
    plannedCalls: 0,
    calls: 0,
    allowed: 0,
    denied: 0,
    approvals: 0,
    hidden: 0,
    firstMs: 0,
    lastMs: 0,
    digest: '',
    tools: [],
    grants: [],
    rules: [],
    counters: [],
    moreCounters: 0,
    findings: [],
    tickets: 0,
    decideMs: 0,
  };
}
