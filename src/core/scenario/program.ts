import { durationMs } from './duration.ts';
import { afterGap, joinGaps, NO_GAP, repeatGap, type Gap } from './gap.ts';
import { instantMs } from './instant.ts';
import type { CallStep, Scenario, Step } from './model.ts';
import { offsetMs, paceOf, type Pace } from './pace.ts';

/** A call step as it is run. `enclosing`: repeats around it, outermost first, with the agent's calls in one round. */
export interface RunSpec {
  readonly step: CallStep;
  readonly pace: Pace;
  readonly times: number;
  /** Index of the first call among all calls of the agent. */
  readonly firstN: number;
  /** Calls of this step in the whole run. */
  readonly totalCalls: number;
  readonly enclosing: readonly { readonly count: number; readonly callsPerRound: number }[];
}

/** Something with calls in it, and the gap before it. */
export type ProgramItem =
  { readonly gap: Gap; readonly run: RunSpec } | { readonly gap: Gap; readonly count: number; readonly body: Program };

/** Steps without what makes no calls: every wait, and every repeat of waits only, has become part of a gap. */
export interface Program {
  readonly items: readonly ProgramItem[];
  readonly tail: Gap;
  readonly calls: number;
}

/** Calls a step comes to, repeats multiplied; exact up to 2^53, beyond it still far above any limit. */
export function callsOf(step: Step): number {
  if ('call' in step) return step.times ?? 1;
  if ('repeat' in step) return step.repeat * step.steps.reduce((sum, inner) => sum + callsOf(inner), 0);
  return 0;
}

/** What a step does to its agent's clock, from its start to the start of the next. */
export function gapOf(step: Step): Gap {
  if ('call' in step) {
    const times = step.times ?? 1;
    return { addMs: offsetMs(paceOf(step), times, times), notBeforeMs: -Infinity };
  }
  if ('wait' in step) return { addMs: durationMs(step.wait), notBeforeMs: -Infinity };
  if ('waitUntil' in step) return { addMs: 0, notBeforeMs: instantMs(step.waitUntil) };
  return repeatGap(gapOfAll(step.steps), step.repeat);
}

/** What steps one after the other do to the clock. */
function gapOfAll(steps: readonly Step[]): Gap {
  return steps.reduce((gap, step) => joinGaps(gap, gapOf(step)), NO_GAP);
}

type Enclosing = RunSpec['enclosing'];

function buildProgram(steps: readonly Step[], firstN: number, executions: number, enclosing: Enclosing): Program {
  const items: ProgramItem[] = [];
  let gap = NO_GAP;
  let n = firstN;
  for (const step of steps) {
    const calls = callsOf(step);
    if (calls === 0) {
      gap = joinGaps(gap, gapOf(step));
    } else if ('call' in step) {
      const run = { step, pace: paceOf(step), times: calls, firstN: n, totalCalls: calls * executions, enclosing };
      items.push({ gap, run });
      gap = gapOf(step);
    } else if ('repeat' in step) {
      const around = [...enclosing, { count: step.repeat, callsPerRound: calls / step.repeat }];
      const body = buildProgram(step.steps, n, executions * step.repeat, around);
      items.push({ gap, count: step.repeat, body });
      gap = NO_GAP;
    }
    n += calls;
  }
  return { items, tail: gap, calls: n - firstN };
}

/** The program of an agent's checked steps. */
export function programOf(steps: readonly Step[]): Program {
  return buildProgram(steps, 0, 1, []);
}

/** Calls a checked scenario plans, all agents together. */
export function plannedCalls(scenario: Scenario): number {
  return scenario.agents.reduce((sum, agent) => sum + agent.steps.reduce((calls, step) => calls + callsOf(step), 0), 0);
}

/** The time an agent's clock stands at after these steps, in ms since the epoch. */
export function endOf(steps: readonly Step[], startMs: number): number {
  return afterGap(startMs, gapOfAll(steps));
}

/** Index among all calls of the agent that an execution of a run starts at; executions count from 0. */
export function firstNOf(run: RunSpec, execution: number): number {
  let n = run.firstN;
  let left = execution;
  for (let k = run.enclosing.length - 1; k >= 0; k--) {
    const repeat = run.enclosing[k];
    if (repeat === undefined) break;
    n += (left % repeat.count) * repeat.callsPerRound;
    left = Math.floor(left / repeat.count);
  }
  return n;
}
