import { SlidingLog } from '../engine/sliding-log.ts';
import type { ArgumentFacts } from './argument-facts.ts';
import type { Binding, LimitSteps } from './bind.ts';
import type { Held, Ledger, LedgerWatch } from './ledger.ts';

/** Counters with sliding windows: a call counts for one window length from its time on, the end excluded. */
export class SlidingLedger implements Ledger {
  watch: LedgerWatch | null = null;
  readonly memory = null;
  readonly #steps: LimitSteps;
  readonly #ownerOf: Int32Array;
  readonly #facts: ArgumentFacts;
  /** By counter; made when first counted. */
  readonly #logs: (SlidingLog | null)[];

  constructor(binding: Binding, facts: ArgumentFacts) {
    this.#steps = binding.steps;
    this.#ownerOf = binding.ownerOf;
    this.#facts = facts;
    this.#logs = Array.from({ length: binding.counterCount }, () => null);
  }

  refuse(tool: number, caller: number, argsId: number, atMs: number): number {
    const { from, max, windowMs } = this.#steps;
    const end = from[tool + 1]!;
    for (let step = from[tool]!; step < end; step++) {
      const amount = this.#amountOf(step, argsId);
      const log = this.#logs[this.counterOf(step, caller)] ?? null;
      if (log?.dropUntil(atMs - windowMs[step]!)) this.watch?.dropped?.(step, caller, atMs, log.used);
      const fits = log ? log.fits(amount, max[step]!) : amount <= max[step]!;
      this.watch?.looked?.(step, caller, log?.used ?? 0, amount, fits, atMs - windowMs[step]!, Infinity);
      if (!fits) return step;
    }
    return -1;
  }

  take(tool: number, caller: number, argsId: number, call: number, atMs: number): void {
    const { from, windowMs } = this.#steps;
    const end = from[tool + 1]!;
    for (let step = from[tool]!; step < end; step++) {
      const counter = this.counterOf(step, caller);
      const log = (this.#logs[counter] ??= new SlidingLog());
      log.take(atMs, call, this.#amountOf(step, argsId));
      this.watch?.taken(step, caller, call, atMs, log.used, atMs - windowMs[step]!, Infinity);
    }
  }

  giveBack(tool: number, caller: number, _argsId: number, call: number, _takenMs: number, atMs: number): void {
    const { from, windowMs } = this.#steps;
    const end = from[tool + 1]!;
    for (let step = from[tool]!; step < end; step++) {
      const log = this.#logs[this.counterOf(step, caller)];
      if (log?.dropUntil(atMs - windowMs[step]!)) this.watch?.dropped?.(step, caller, atMs, log.used);
      if (log?.giveBack(call))
        this.watch?.returned?.(step, caller, call, atMs, log.used, atMs - windowMs[step]!, Infinity);
    }
  }

  retryAtMs(step: number, caller: number, argsId: number, atMs: number): number | null {
    const amount = this.#amountOf(step, argsId);
    const max = this.#steps.max[step]!;
    if (amount > max) return null;
    const log = this.#logs[this.counterOf(step, caller)];
    if (!log) return atMs;
    return Math.max(atMs, log.blockerAtMs(amount, max) + this.#steps.windowMs[step]!);
  }

  /** What a window holds ends amount by amount: its end is Infinity. */
  held(step: number, caller: number, atMs: number): Held | null {
    const log = this.#logs[this.counterOf(step, caller)];
    if (!log) return null;
    log.dropUntil(atMs - this.#steps.windowMs[step]!);
    return { used: log.used, endMs: Infinity };
  }

  /** Lets go of what has left the window by `atMs`; the sum if that changed it, else null. For replays that watch. */
  expire(step: number, caller: number, atMs: number): number | null {
    const log = this.#logs[this.counterOf(step, caller)];
    return log?.dropUntil(atMs - this.#steps.windowMs[step]!) ? log.used : null;
  }

  /** The counter that a step uses for a caller. */
  counterOf(step: number, caller: number): number {
    const { counterBase, ownerBase } = this.#steps;
    return counterBase[step]! + this.#ownerOf[ownerBase[step]! + caller]!;
  }

  #amountOf(step: number, argsId: number): number {
    const fixed = this.#steps.fixedAmount[step]!;
    return Number.isNaN(fixed) ? this.#facts.amount(step, argsId) : fixed;
  }
}
