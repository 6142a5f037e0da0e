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
 * the call and still has to be moved on. An observer is told what happens from the call on.
 */
export class WindowReplay implements Replay {
  nextCall: number;
  readonly #run: Run;
  readonly #call: number;
  readonly #nowMs: number;
  readonly #evaluator: Evaluator;
  readonly #watch: CounterWatch;
  readonly #observer: CounterObserver | null;
  /** By tool, then caller: 1 where such calls share a counter with the call. */
  readonly #shares: Uint8Array;
  /** Forwarded calls before the call that share a counter with it and whose amounts were not returned by then. */
  readonly #counted: number[] = [];

  constructor(run: Run, call: number, observer?: CounterObserver) {
    const { atMs, count } = run.columns;
    this.#run = run;
    this.#call = call;
    this.#nowMs = entry(atMs, call);
    this.#evaluator = runEvaluator(run, 1, EXPECTED_CALLS);
    this.#observer = observer ?? null;
    this.#watch = new CounterWatch(this.#evaluator, this.#observer);
    const counters = this.#countersOf(entry(run.columns.tool, call), entry(run.columns.caller, call));
    this.#shares = this.#sharing(new Set(counters));
    this.nextCall = Math.min(call, lowerBound(atMs, count, this.#nowMs - this.#longestMs(call)));
    if (this.nextCall === call) this.#arrive();
  }

  watchedBy(observer: CounterObserver, call: number): WindowReplay | null {
    if (call !== this.#call || this.nextCall !== call) return null;
    const again = new WindowReplay(this.#run, call, observer);
    for (const counted of this.#counted) again.#count(counted);
    again.#arrive();
    return again;
  }

  advanceTo(call: number): void {
    if (call < this.nextCall) throw new RangeError(`call ${call} is counted already`);
    const end = Math.min(call, this.#run.columns.count);
    if (this.nextCall < this.#call) this.#gather(Math.min(end, this.#call));
    for (let i = this.#nextShared(this.nextCall, end); i < end; i = this.#nextShared(i + 1, end)) {
      this.#evaluator.repeat(i);
    }
    this.nextCall = end;
    const { count, atMs } = this.#run.columns;
    // why: answers come before every later call, not only before those that share a counter.
    if (end > this.#call) this.#evaluator.settleUntil(end === count ? Infinity : entry(atMs, end - 1));
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

  /** Counts the calls up to `end` as they count when the call is made. */
  #gather(end: number): void {
    for (let i = this.#nextShared(this.nextCall, end); i < end; i = this.#nextShared(i + 1, end)) {
      if (this.#evaluator.returnsAtMs(i) <= this.#nowMs) continue;
      this.#counted.push(i);
      this.#count(i);
    }
    this.nextCall = end;
    if (end === this.#call) this.#arrive();
  }

  /** why: an answer that is still out has to be waited for; of all others nothing is left but what they took. */
  #count(call: number): void {
    const { tool, caller, args, atMs } = this.#run.columns;
    if (this.#evaluator.returnsAtMs(call) < Infinity) this.#evaluator.repeat(call);
    else this.#evaluator.ledger.take(tool[call]!, caller[call]!, args[call]!, call, atMs[call]!);
  }

  #arrive(): void {
    this.nextCall = this.#call;
    if (this.#observer === null) return;
    this.#watch.begin(this.#nowMs);
    this.#evaluator.watch = this.#watch;
  }

  /** The first call from `from` on that was forwarded and shares a counter with the call; `end` when there is none. */
  #nextShared(from: number, end: number): number {
    const { tool, caller, outcome } = this.#run.columns;
    const callers = this.#run.table.callers.length;
    const shares = this.#shares;
    for (let i = from; i < end; i++) {
      // why: in this order, since few calls share a counter: a branch that is foreseen costs a tenth of one that is not.
      if (shares[tool[i]! * callers + caller[i]!] === 1 && outcome[i] === OUTCOME_CODE.allow) return i;
    }
    return end;
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
