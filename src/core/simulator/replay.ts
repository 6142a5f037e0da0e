import type { Decision } from '../engine/decision.ts';
import type { Binding } from './bind.ts';
import type { Checkpoint } from './checkpoints.ts';
import { CounterWatch } from './counter-watch.ts';
import { describeDecision } from './describe-decision.ts';
import type { Evaluator } from './evaluator.ts';
import { runEvaluator } from './run-evaluator.ts';
import { StoredLedger } from './stored-ledger.ts';
import type { CounterObserver, Run } from './run.ts';

/** What may settle a call of one tool, in the order it is looked at; indices into `Run.deciders` and `Run.limits`. */
export interface ToolSteps {
  /** `(hidden)` or `(default deny)`; null when rules and limits are looked at. */
  readonly refusal: number | null;
  readonly rules: readonly number[];
  readonly limits: readonly number[];
  readonly approval: number | null;
}

/** A run brought to a point in time again, by deciding its calls once more with the answers they got. */
export interface Replay {
  /** The call that is decided next. */
  readonly nextCall: number;
  /** Decides calls up to `call` (not included). Going back throws a RangeError. */
  advanceTo(call: number): void;
  /** The full decision of a call; those before it are decided on the way. Going back throws a RangeError. */
  decide(call: number): Decision;
  stepsOf(tool: number): ToolSteps;
  /** What a condition on an Intercept counter sees at a call that is not decided yet; 0 for a counter nobody keeps. */
  counterSeen(counterKey: string, call: number): number;
  /** Another replay that stands where this one does, at `call`, with an observer; null when this one stands elsewhere, or would have to copy too much. */
  watchedBy(observer: CounterObserver, call: number): Replay | null;
}

/** A replay that can also stand at a moment between two calls. */
export interface TimedReplay extends Replay {
  /** Applies answers and window ends up to `atMs`, which is before the call decided next. */
  settleUntil(atMs: number): void;
}

const SLICE = 65_536;
/** Calls that a replay is moved on by rather than begun anew closer to where it has to go. */
const NEAR = 16_384;
/** Calls that a replay from a checkpoint is taken to decide, for what to remember of their arguments. */
const EXPECTED_CALLS = 65_536;

/**
 * The state of a run just before call `untilCall`. `observer` sees every change of a counter on the way; when a replay
 * has gone through all calls, it also sees the answers and window ends that come after the last one.
 */
export function replay(run: Run, untilCall: number, observer?: CounterObserver): Replay {
  const again = new RunReplay(run, observer ?? null);
  again.advanceTo(untilCall);
  return again;
}

/**
 * A replay with little left to do up to `call`: `going` where that is near, else one from a checkpoint, or from the first
 * call where the run has none. It still has to be moved on. `observer`, if any, is that of `going` or a new one.
 */
export function replayNear<Going extends Replay>(
  run: Run,
  going: Going | null,
  call: number,
  observer?: CounterObserver,
): Going | TimedReplay {
  const from = run.checkpoints.before(call);
  const reached = going !== null && going.nextCall <= call ? going.nextCall : -1;
  if (going !== null && reached >= 0 && (call - reached <= NEAR || reached >= (from?.call ?? 0))) return going;
  return new RunReplay(run, observer ?? null, from);
}

/** What may settle a call of a tool. */
export function stepsFor({ toolRefusal, rules, steps, approval }: Binding, tool: number): ToolSteps {
  return {
    refusal: toolRefusal[tool] || null,
    rules: (rules[tool] ?? []).map(({ decider }) => decider),
    limits: [...steps.limit.subarray(steps.from[tool], steps.from[tool + 1])],
    approval: approval[tool] || null,
  };
}

class RunReplay implements TimedReplay {
  nextCall = 0;
  readonly #run: Run;
  readonly #evaluator: Evaluator;
  readonly #watch: CounterWatch;

  constructor(run: Run, observer: CounterObserver | null, from: Checkpoint | null = null) {
    this.#run = run;
    const { columns } = run;
    const calls = from === null ? columns.count : EXPECTED_CALLS;
    this.#evaluator = runEvaluator(run, Math.min(SLICE, columns.count), calls);
    this.#watch = new CounterWatch(this.#evaluator, observer);
    if (from !== null) {
      this.nextCall = from.call;
      this.#evaluator.restore(from.state);
      // why: windows and answers that end before the next call are still to come.
      this.#watch.begin(columns.atMs[Math.max(0, from.call - 1)] ?? 0);
    }
    if (observer) this.#evaluator.watch = this.#watch;
  }

  advanceTo(call: number): void {
    if (call < this.nextCall) throw new RangeError(`call ${call} is decided already`);
    const end = Math.min(call, this.#run.columns.count);
    while (this.nextCall < end) this.#decideTo(Math.min(end, this.nextCall + SLICE));
    if (end > 0 && end === this.#run.columns.count) this.#evaluator.settleUntil(Infinity);
  }

  decide(call: number): Decision {
    if (call >= this.#run.columns.count) throw new RangeError(`the run has no call ${call}`);
    this.advanceTo(call);
    const readings = this.#watch.collect(() => this.#decideTo(call + 1));
    return describeDecision(this.#evaluator, this.#run.policy.dialect, call, readings);
  }

  settleUntil(atMs: number): void {
    this.#evaluator.settleUntil(atMs);
  }

  watchedBy(observer: CounterObserver, call: number): Replay | null {
    const state = call === this.nextCall ? this.#evaluator.save() : null;
    return state && new RunReplay(this.#run, observer, { call, state });
  }

  stepsOf(tool: number): ToolSteps {
    return stepsFor(this.#evaluator.binding, tool);
  }

  counterSeen(counterKey: string, call: number): number {
    this.advanceTo(call);
    const { ledger, binding } = this.#evaluator;
    const counter = binding.counterKeys.indexOf(counterKey);
    if (!(ledger instanceof StoredLedger) || counter < 0) return 0;
    const atMs = this.#run.columns.atMs[call]!;
    this.#evaluator.settleUntil(atMs);
    return ledger.current(counter, atMs);
  }

  #decideTo(end: number): void {
    // why: decisions on the way are in the run already and are read from nowhere else; a call that is watched is written
    // in full, whatever stood here before.
    this.#evaluator.output = { ...this.#evaluator.output, from: this.nextCall };
    this.#evaluator.decide(this.nextCall, end);
    this.nextCall = end;
  }
}
