import { UNUSABLE } from '../engine/amount.ts';
import { StoredCounters } from '../engine/stored-counters.ts';
import { windowEnd, windowStart } from '../engine/window.ts';
import type { ArgumentFacts } from './argument-facts.ts';
import type { Binding, LimitSteps } from './bind.ts';
import type { Held, Ledger, LedgerWatch } from './ledger.ts';

const INT64_MAX = 2n ** 63n - 1n;
const INT64_MIN = -(2n ** 63n);

/**
 * Intercept's counters. It reserves limit after limit, and when one is full it gives the earlier ones back as it would
 * after a failure, so a refused call may leave traces: a value cut off at zero, a window begun.
 */
export class StoredLedger implements Ledger {
  watch: LedgerWatch | null = null;
  readonly #steps: LimitSteps;
  readonly #facts: ArgumentFacts;
  readonly #counters: StoredCounters;
  /** By step; null beyond 64 bits. */
  readonly #max: readonly (bigint | null)[];
  /** By step; undefined where the amount that the step has as a number is exact. */
  readonly #exactAmount: readonly (bigint | undefined)[];

  constructor(binding: Binding, facts: ArgumentFacts) {
    this.#steps = binding.steps;
    this.#facts = facts;
    this.#counters = new StoredCounters(binding.counterKeys.length);
    this.#max = binding.steps.compiled.map(({ limit }) => toInt64(limit.exactMax ?? limit.max));
    this.#exactAmount = binding.steps.compiled.map(({ limit: { amount } }) =>
      amount.kind === 'static' ? amount.exact : undefined,
    );
  }

  get memory(): readonly Uint8Array[] {
    return this.#counters.memory;
  }

  /** What a condition on a counter sees. */
  current(counter: number, atMs: number): number {
    return this.#counters.current(counter, atMs);
  }

  refuse(tool: number, caller: number, argsId: number, atMs: number): number {
    const { from } = this.#steps;
    const end = from[tool + 1]!;
    for (let step = from[tool]!; step < end; step++) {
      if (this.#reserve(step, caller, argsId, atMs)) continue;
      for (let earlier = from[tool]!; earlier < step; earlier++) this.#return(earlier, argsId);
      return step;
    }
    return -1;
  }

  take(tool: number, caller: number, _argsId: number, call: number, atMs: number): void {
    const { watch } = this;
    if (watch === null) return;
    const { from, windowMs } = this.#steps;
    for (let step = from[tool]!; step < from[tool + 1]!; step++) {
      if (!this.#counts(step)) continue;
      const startMs = windowStart(atMs, windowMs[step]!);
      watch.taken(step, caller, call, atMs, this.#found(step, startMs), startMs, startMs + windowMs[step]!);
    }
  }

  giveBack(tool: number, caller: number, argsId: number, call: number, _takenMs: number, atMs: number): void {
    const { from, windowMs } = this.#steps;
    for (let step = from[tool]!; step < from[tool + 1]!; step++) {
      if (!this.#return(step, argsId)) continue;
      const startMs = windowStart(atMs, windowMs[step]!);
      const endMs = startMs + windowMs[step]!;
      this.watch?.returned?.(step, caller, call, atMs, this.#found(step, startMs), startMs, endMs);
    }
  }

  retryAtMs(step: number, _caller: number, argsId: number, atMs: number): number | null {
    const amount = this.#amountOf(step, argsId);
    const max = this.#max[step] ?? null;
    if (amount === UNUSABLE || max === null || this.#exact(step, amount) > max) return null;
    return windowEnd(atMs, this.#steps.windowMs[step]!);
  }

  held(step: number, _caller: number, atMs: number): Held | null {
    if (!this.#counts(step)) return null;
    const startMs = windowStart(atMs, this.#steps.windowMs[step]!);
    const used = this.#found(step, startMs);
    return used === 0 ? null : { used, endMs: startMs + this.#steps.windowMs[step]! };
  }

  #reserve(step: number, caller: number, argsId: number, atMs: number): boolean {
    const amount = this.#amountOf(step, argsId);
    const counts = this.#counts(step);
    const max = this.#max[step] ?? null;
    const windowMs = this.#steps.windowMs[step]!;
    const startMs = windowStart(atMs, windowMs);
    const used = counts && this.watch !== null ? this.#found(step, startMs) : 0;
    const fits =
      amount !== UNUSABLE &&
      (!counts ||
        (max !== null &&
          this.#counters.reserve(this.#counterOf(step), this.#exact(step, amount), max, startMs, windowMs)));
    this.watch?.looked?.(step, caller, used, amount, fits, startMs, startMs + windowMs);
    return fits;
  }

  #return(step: number, argsId: number): boolean {
    if (!this.#counts(step)) return false;
    this.#counters.giveBack(this.#counterOf(step), this.#exact(step, this.#amountOf(step, argsId)));
    return true;
  }

  #found(step: number, startMs: number): number {
    return Number(this.#counters.found(this.#counterOf(step), startMs));
  }

  #counts(step: number): boolean {
    return this.#steps.compiled[step]?.limit.counts ?? false;
  }

  #counterOf(step: number): number {
    return this.#steps.compiled[step]?.counter ?? 0;
  }

  #exact(step: number, amount: number): bigint {
    return this.#exactAmount[step] ?? BigInt(amount);
  }

  #amountOf(step: number, argsId: number): number {
    const fixed = this.#steps.fixedAmount[step]!;
    return Number.isNaN(fixed) ? this.#facts.amount(step, argsId) : fixed;
  }
}

function toInt64(max: number | bigint): bigint | null {
  if (typeof max === 'number' && !Number.isFinite(max)) return null;
  const exact = typeof max === 'bigint' ? max : BigInt(Math.trunc(max));
  return exact >= INT64_MIN && exact <= INT64_MAX ? exact : null;
}
