import { UNUSABLE } from '../engine/amount.ts';
import type { CounterReading } from '../engine/decision.ts';
import { TimedQueue } from '../engine/timed-queue.ts';
import type { Evaluator, RunWatch } from './evaluator.ts';
import type { CounterObserver } from './run.ts';
import { SlidingLedger } from './sliding-ledger.ts';

/** When a counter's window, or an amount in it, ends: what `expireNext` looks at. */
interface Ending {
  readonly step: number;
  readonly caller: number;
  readonly atMs: number;
}

/**
 * Watches the counters of a replay: collects the readings of one call, and tells an observer of every change in order of
 * time. Window ends are told when they come, although the ledgers notice them only at the next call.
 */
export class CounterWatch implements RunWatch {
  readonly #evaluator: Evaluator;
  readonly #observer: CounterObserver | null;
  #readings: CounterReading[] | null = null;
  readonly #endings: (Ending | undefined)[] = [];
  readonly #queue = new TimedQueue();
  /** By counter: the sum told last, and the window end already waited for. */
  readonly #told: Float64Array;
  readonly #awaitedMs: Float64Array;

  constructor(evaluator: Evaluator, observer: CounterObserver | null) {
    this.#evaluator = evaluator;
    this.#observer = observer;
    const counters = observer ? evaluator.binding.counterCount : 0;
    this.#told = new Float64Array(counters);
    this.#awaitedMs = new Float64Array(counters).fill(-Infinity);
  }

  get nextMs(): number {
    return this.#queue.nextMs;
  }

  /** Takes over what counters hold at `atMs`, for a replay that begins there. */
  begin(atMs: number): void {
    if (!this.#observer) return;
    const { steps, table } = this.#evaluator.binding;
    for (let step = 0; step < steps.limit.length; step++) {
      for (let caller = 0; caller < table.callers.length; caller++) this.#takeOver(step, caller, atMs);
    }
  }

  /** Runs `decide` and returns the limits that were looked at meanwhile, in order. */
  collect(decide: () => void): readonly CounterReading[] {
    const readings: CounterReading[] = [];
    this.#readings = readings;
    this.#evaluator.watch = this;
    decide();
    if (!this.#observer) this.#evaluator.watch = null;
    this.#readings = null;
    return readings;
  }

  looked(
    step: number,
    _caller: number,
    used: number,
    amount: number,
    fits: boolean,
    windowStartMs: number,
    windowEndMs: number,
  ): void {
    const limit = this.#evaluator.binding.steps.compiled[step]?.limit;
    if (!this.#readings || !limit) return;
    const { rule, pointer, counter, scope, max, windowMs } = limit;
    this.#readings.push({
      rule,
      pointer,
      counter,
      scope,
      usedBefore: used,
      amount: amount === UNUSABLE ? null : amount,
      usedAfter: fits && limit.counts ? used + amount : used,
      max,
      windowMs,
      windowStartMs,
      windowEndMs: windowEndMs === Infinity ? null : windowEndMs,
      fits,
    });
  }

  taken(
    step: number,
    caller: number,
    call: number,
    atMs: number,
    used: number,
    windowStartMs: number,
    windowEndMs: number,
  ): void {
    if (!this.#observer) return;
    const { limit, owner, counter } = this.#placeOf(step, caller);
    this.#told[counter] = used;
    this.#await(step, caller, counter, atMs, windowEndMs);
    this.#observer.taken?.(limit, owner, call, atMs, used, windowStartMs, windowEndMs);
  }

  returned(
    step: number,
    caller: number,
    call: number,
    atMs: number,
    used: number,
    windowStartMs: number,
    windowEndMs: number,
  ): void {
    if (!this.#observer) return;
    const { limit, owner, counter } = this.#placeOf(step, caller);
    this.#told[counter] = used;
    this.#observer.returned?.(limit, owner, call, atMs, used, windowStartMs, windowEndMs);
  }

  dropped(step: number, caller: number, atMs: number, used: number): void {
    if (!this.#observer) return;
    const { limit, owner, counter } = this.#placeOf(step, caller);
    this.#told[counter] = used;
    this.#observer.expired?.(limit, owner, atMs, used);
  }

  expireNext(): void {
    const number = this.#queue.pop();
    const ending = this.#endings[number];
    this.#endings[number] = undefined;
    if (!ending) return;
    const { step, caller, atMs } = ending;
    const { limit, owner, counter } = this.#placeOf(step, caller);
    const { ledger } = this.#evaluator;
    const before = this.#told[counter]!;
    const used = ledger instanceof SlidingLedger ? ledger.expire(step, caller, atMs) : before === 0 ? null : 0;
    if (used === null) return;
    this.#told[counter] = used;
    this.#observer?.expired?.(limit, owner, atMs, used);
  }

  #takeOver(step: number, caller: number, atMs: number): void {
    const held = this.#evaluator.ledger.held(step, caller, atMs);
    if (held === null) return;
    const { limit, owner, counter } = this.#placeOf(step, caller);
    this.#told[counter] = held.used;
    this.#await(step, caller, counter, atMs, held.endMs);
    this.#observer?.held?.(limit, owner, held.used, held.endMs);
  }

  /** Waits for the end of a window once, for the end of a sliding amount each time. */
  #await(step: number, caller: number, counter: number, atMs: number, windowEndMs: number): void {
    const endMs = windowEndMs === Infinity ? atMs + this.#evaluator.binding.steps.windowMs[step]! : windowEndMs;
    if (this.#awaitedMs[counter] === endMs) return;
    this.#awaitedMs[counter] = endMs;
    this.#queue.push(endMs, this.#endings.push({ step, caller, atMs: endMs }) - 1);
  }

  #placeOf(step: number, caller: number): { limit: number; owner: number; counter: number } {
    const { steps, ownerOf } = this.#evaluator.binding;
    const owner = ownerOf[steps.ownerBase[step]! + caller]!;
    return { limit: steps.limit[step]!, owner, counter: steps.counterBase[step]! + owner };
  }
}
