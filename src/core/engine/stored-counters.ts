import { windowStart } from './window.ts';

/**
 * Counters as Intercept stores them: one 64-bit integer a counter beside the window it was last counted in. A
 * reservation in a window with another start begins at 0; what is given back is subtracted whatever the window, never
 * below zero. Sums wrap at 64 bits, as Go's do. Windows are compared by their start alone.
 */
export class StoredCounters {
  readonly #values: BigInt64Array;
  readonly #startMs: Float64Array;
  readonly #windowMs: Float64Array;

  constructor(count: number) {
    this.#values = new BigInt64Array(count);
    this.#startMs = new Float64Array(count).fill(NaN);
    this.#windowMs = new Float64Array(count);
  }

  /** All that is stored, as the memory it is kept in. */
  get memory(): readonly Uint8Array[] {
    return [this.#values, this.#startMs, this.#windowMs].map(({ buffer }) => new Uint8Array(buffer));
  }

  /** What a reservation in the window that starts at `startMs` finds. */
  found(counter: number, startMs: number): bigint {
    return this.#startMs[counter] === startMs ? this.#values[counter]! : 0n;
  }

  /** Counts `amount` if it fits below `max`, else changes nothing. */
  reserve(counter: number, amount: bigint, max: bigint, startMs: number, windowMs: number): boolean {
    const sum = BigInt.asIntN(64, this.found(counter, startMs) + amount);
    if (sum > max) return false;
    this.#values[counter] = sum;
    this.#startMs[counter] = startMs;
    this.#windowMs[counter] = windowMs;
    return true;
  }

  /** Subtracts from the stored value, to no less than 0. */
  giveBack(counter: number, amount: bigint): void {
    const rest = BigInt.asIntN(64, this.#values[counter]! - amount);
    this.#values[counter] = rest < 0n ? 0n : rest;
  }

  /** What a `state.` condition sees: the value if the window it was stored with is the present one, else 0. */
  current(counter: number, atMs: number): number {
    const startMs = this.#startMs[counter]!;
    if (windowStart(atMs, this.#windowMs[counter]!) !== startMs) return 0;
    return Number(this.#values[counter]!);
  }
}
