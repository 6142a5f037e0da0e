import type { Decision } from '../engine/decision.ts';
import { lowerBound } from './call-list.ts';
import { OUTCOME_CODE } from './columns.ts';
import { CounterWatch } from './counter-watch.ts';
import { describeDecision } from './describe-decision.ts';
import { entry } from './entry.ts';
import type { Evaluator } from './evaluator.ts';
import { type Replay, stepsFor, type ToolSteps } from './replay.ts';
import type { CounterObserver, Run } from './run.ts';
import { runEvaluator } from './run-evaluator.ts';
import { SlidingLedger } from './sliding-ledger.ts';

/** Calls it is taken to decide, for what to remember of their arguments. */
const EXPECTED_CALLS = 65_536;

/**
 * A replay of a run with sliding windows for the sake of one call: only calls that count in the windows the call meets
 * are counted, the run's own decisions being known. What it says of other calls is wrong. It begins one window before
 * the call and still has to be moved on.
 */
export class WindowReplay implements Replay {
  nextCall: number;
  readonly #run: Run;
  readonly #evaluator: Evaluator;
  readonly #watch: CounterWatch;
  /** By tool, then caller: 1 where such calls share a counter with the call. */
  readonly #shares: Uint8Array;

  constructor(run: Run, call: number, observer?: CounterObserver) {
    const { atMs, count } = run.columns;
    this.#run = run;
    this.#evaluator = runEvaluator(run, 1, EXPECTED_CALLS);
    this.#watch = new CounterWatch(this.#evaluator, observer ?? null);
    if (observer) this.#evaluator.watch = this.#watch;
    const counters = this.#countersOf(entry(run.columns.tool, call), entry(run.columns.caller, call));
    this.#shares = this.#sharing(new Set(counters));
    this.nextCall = Math.min(call, lowerBound(atMs, count, entry(atMs, call) - this.#longestMs(call)));
  }

  advanceTo(call: number): void {
    if (call < this.nextCall) throw new RangeError(`call ${call} is counted already`);
    const { tool, caller, outcome, count } = this.#run.columns;
    const callers = this.#run.table.callers.length;
    const end = Math.min(call, count);
    for (let i = this.nextCall; i < end; i++) {
      if (outcome[i] !== OUTCOME_CODE.allow) continue;
      if (this.#shares[(tool[i] ?? 0) * callers + (caller[i] ?? 0)] === 1) this.#evaluator.repeat(i);
    }
    this.nextCall = end;
    if (end > 0 && end === count) this.#evaluator.settleUntil(Infinity);
  }

  decide(call: number): Decision {
    this.advanceTo(call);
    const evaluator = this.#evaluator;
    evaluator.output = { ...evaluator.output, from: call };
    const readings = this.#watch.collect(() => {
      evaluator.decide(call, call + 1);
    });
    // why: what an approval came to hangs on all of the run before, and is in the run.
    evaluator.output.decider[0] = entry(this.#run.columns.decider, call);
    evaluator.output.outcome[0] = entry(this.#run.columns.outcome, call);
    this.nextCall = call + 1;
    return describeDecision(evaluator, this.#run.policy.dialect, call, readings);
  }

  stepsOf(tool: number): ToolSteps {
    return stepsFor(this.#evaluator.binding, tool);
  }

  /** why: only Intercept's conditions see counters, and those do not slide. */
  counterSeen(): number {
    return 0;
  }

  #countersOf(tool: number, caller: number): number[] {
    const { ledger, binding } = this.#evaluator;
    if (!(ledger instanceof SlidingLedger)) return [];
    const steps: number[] = [];
    for (let step = entry(binding.steps.from, tool); step < entry(binding.steps.from, tool + 1); step++) {
      steps.push(ledger.counterOf(step, caller));
    }
    return steps;
  }

  #sharing(counters: ReadonlySet<number>): Uint8Array {
    const { tools, callers } = this.#run.table;
    return Uint8Array.from({ length: tools.length * callers.length }, (_, i) => {
      const met = this.#countersOf(Math.floor(i / callers.length), i % callers.length);
      return met.some((counter) => counters.has(counter)) ? 1 : 0;
    });
  }

  /** Of the windows the call meets. */
  #longestMs(call: number): number {
    const { from, windowMs } = this.#evaluator.binding.steps;
    const tool = entry(this.#run.columns.tool, call);
    return windowMs.subarray(from[tool], from[tool + 1]).reduce((longest, ms) => Math.max(longest, ms), 0);
  }
}
