import type { WindowMode } from '../engine/decision.ts';
import type { Policy } from '../policy/model.ts';
import { Checkpoints } from './checkpoints.ts';
import type { CallPlan } from './columns.ts';
import type { Answer } from './decision-columns.ts';
import { Evaluator } from './evaluator.ts';
import { AgentReactions } from './reactions.ts';
import { RowBuffer } from './row-buffer.ts';
import { MAX_CALLS } from '../scenario/limits.ts';
import type { Run } from './run.ts';

/** What decides a run besides its policy and plan. */
export interface SimulationOptions {
  readonly windows: WindowMode;
  /** Grants without a policy. */
  readonly noPolicy?: readonly string[];
  /** What the server answers; asked once for each forwarded call that the plan does not make fail, in order. */
  readonly answer: Answer;
}

/** A run in the making. How `advance` slices it changes nothing. */
export interface Simulation {
  /** Calls decided so far, retries included. */
  readonly decided: number;
  /** Decides up to `maxCalls` more calls; true when there is none left. */
  advance(maxCalls: number): boolean;
  /** The run as far as it got. A run cut off at `MAX_CALLS` is partial whatever `partial` says. */
  finish(partial: boolean): Run;
}

/** Starts deciding the calls of a plan under a policy. Deterministic; never throws on what a person wrote. */
export function createSimulation(policy: Policy, plan: CallPlan, options: SimulationOptions): Simulation {
  const rows = new RowBuffer(plan.calls);
  const noPolicy = options.noPolicy ?? [];
  const evaluator = new Evaluator(
    {
      policy,
      table: plan.table,
      expectedCalls: plan.calls.count,
      windows: options.windows,
      noPolicy,
      approvals: plan.approvals,
      answer: options.answer,
    },
    plan.calls,
    rows.decisions,
  );
  const reactions = plan.reactions.some((reaction) => reaction !== null)
    ? new AgentReactions(plan, evaluator, rows)
    : null;
  const planned = Math.min(plan.calls.count, MAX_CALLS);
  const checkpoints = new Checkpoints();
  let decided = 0;
  let finished = false;

  return {
    get decided() {
      return decided;
    },
    advance(maxCalls) {
      const until = Math.min(decided + maxCalls, MAX_CALLS);
      if (reactions) {
        while (decided < until && reactions.decideNext(decided)) decided++;
        finished = !reactions.hasNext() || decided === MAX_CALLS;
      } else {
        const to = Math.min(until, planned);
        evaluator.decide(decided, to);
        decided = to;
        finished = decided === planned;
      }
      checkpoints.offer(decided, () => evaluator.save());
      return finished;
    },
    finish(partial) {
      const { deciders, limits } = evaluator.binding;
      const cutOff = decided === MAX_CALLS && (reactions?.hasNext() ?? plan.calls.count > MAX_CALLS);
      return {
        policy,
        plan,
        table: plan.table,
        windows: options.windows,
        noPolicy,
        columns: rows.columns(decided),
        partial: partial || cutOff,
        deciders,
        limits,
        checkpoints,
      };
    },
  };
}
