import type { Decision } from '../engine/decision.ts';
import { UPSTREAM_CODE } from './columns.ts';
import { CounterWatch } from './counter-watch.ts';
import { describeDecision } from './describe-decision.ts';
import { Evaluator } from './evaluator.ts';
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
}

const SLICE = 65_536;

/**
 * The state of a run just before call `untilCall`. `observer` sees every change of a counter on the way; when a replay
 * has gone through all calls, it also sees the answers and window ends that come after the last one.
 */
export function replay(run: Run, untilCall: number, observer?: CounterObserver): Replay {
  const again = new RunReplay(run, observer ?? null);
  again.advanceTo(untilCall);
  return again;
}

class RunReplay implements Replay {
  nextCall = 0;
  readonly #run: Run;
  readonly #evaluator: Evaluator;
  readonly #watch: CounterWatch;

  constructor(run: Run, observer: CounterObserver | null) {
    this.#run = run;
    const { columns, policy, table, windows, noPolicy, plan } = run;
    const scratch = Math.min(SLICE, columns.count);
    this.#evaluator = new Evaluator(
      {
        policy,
        table,
        expectedCalls: columns.count,
        windows,
        noPolicy,
        approvals: plan.approvals,
        // why: forwarded calls have their answer in the run, so nobody asks.
        answer: () => UPSTREAM_CODE.ok,
      },
      { ...columns, upstream: columns.status },
      { from: 0, outcome: new Uint8Array(scratch), decider: new Uint16Array(scratch), status: new Uint8Array(scratch) },
    );
    this.#watch = new CounterWatch(this.#evaluator, observer);
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

  stepsOf(tool: number): ToolSteps {
    const { toolRefusal, rules, steps, approval } = this.#evaluator.binding;
    return {
      refusal: toolRefusal[tool] || null,
      rules: (rules[tool] ?? []).map(({ decider }) => decider),
      limits: [...steps.limit.subarray(steps.from[tool], steps.from[tool + 1])],
      approval: approval[tool] || null,
    };
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
