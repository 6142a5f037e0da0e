/** Amounts up to 2^32 in steps of 2^-20 add up without rounding, below the largest `max`. */
const EXACT_BOUND = 2 ** 32;
const EXACT_STEPS = 2 ** 20;
/** Four times the rounding of one addition. */
const ROUNDING = 4 * Number.EPSILON;

/**
 * Amounts of one counter that still count in a sliding window, oldest first, and their sum: IEEE doubles added in the
 * order taken. Leaving and returned amounts are subtracted while that is exact; otherwise the sum is added up again when
 * the difference could matter, so it never depends on what has left.
 */
export class SlidingLog {
  #atMs = new Float64Array(16);
  #amounts = new Float64Array(16);
  #calls = new Uint32Array(16);
  #head = 0;
  #size = 0;
  #sum = 0;
  /** Largest sum, and additions and subtractions, since the sum was last added up; 0 operations: the sum is exact. */
  #peak = 0;
  #operations = 0;
  #rounds = false;

  /** Sum of the amounts that count. */
  get used(): number {
    if (this.#operations > 0) this.#addUp();
    return this.#sum;
  }

  /** Whether `amount` fits beside what counts. */
  fits(amount: number, max: number): boolean {
    if (this.#operations > 0 && this.#isClose(this.#sum + amount, max)) this.#addUp();
    return this.#sum + amount <= max;
  }

  /** INVARIANT: `atMs` and `call` never go back. */
  take(atMs: number, call: number, amount: number): void {
    if (this.#size === this.#calls.length) this.#grow();
    const place = this.#placeOf(this.#size++);
    this.#atMs[place] = atMs;
    this.#calls[place] = call;
    this.#amounts[place] = amount;
    this.#sum += amount;
    if (this.#sum > this.#peak) this.#peak = this.#sum;
    if (this.#operations > 0) this.#operations++;
    if (amount > EXACT_BOUND || !Number.isInteger(amount * EXACT_STEPS)) this.#rounds = true;
  }

  /** Lets go of what was taken at or before `atMs`. Returns whether the sum may have changed. */
  dropUntil(atMs: number): boolean {
    let changed = false;
    while (this.#size > 0 && this.#atMs[this.#head]! <= atMs) {
      changed = this.#subtract(this.#amounts[this.#head]!) || changed;
      this.#head = this.#placeOf(1);
      this.#size--;
    }
    if (this.#size === 0) this.#reset();
    return changed;
  }

  /** Returns the amount of a call, if it still counts. */
  giveBack(call: number): boolean {
    let low = 0;
    let high = this.#size;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#calls[this.#placeOf(middle)]! < call) low = middle + 1;
      else high = middle;
    }
    const place = this.#placeOf(low);
    if (low === this.#size || this.#calls[place] !== call) return false;
    const amount = this.#amounts[place]!;
    this.#amounts[place] = 0;
    this.#subtract(amount);
    return true;
  }

  /** When the last amount was taken that has to leave before `amount` fits. INVARIANT: `amount` alone is within `max`. */
  blockerAtMs(amount: number, max: number): number {
    let rest = this.used;
    for (let i = 0; i < this.#size; i++) {
      const place = this.#placeOf(i);
      rest -= this.#amounts[place]!;
      if (this.#rounds) rest = this.#sumFrom(i + 1, rest, amount, max);
      if (rest + amount <= max) return this.#atMs[place]!;
    }
    return -Infinity;
  }

  /** The sum from an entry on: `estimate` unless rounding could decide whether `amount` fits. */
  #sumFrom(first: number, estimate: number, amount: number, max: number): number {
    if (Math.abs(estimate + amount - max) > ROUNDING * (this.#size + 2) * (this.#peak + amount)) return estimate;
    let sum = 0;
    for (let i = first; i < this.#size; i++) sum += this.#amounts[this.#placeOf(i)]!;
    return sum;
  }

  #isClose(sum: number, max: number): boolean {
    return Math.abs(sum - max) <= ROUNDING * (this.#operations + 2) * (this.#peak + max);
  }

  #subtract(amount: number): boolean {
    if (amount === 0) return false;
    this.#sum -= amount;
    // why: the first inexact step starts from a sum of `size` additions.
    if (this.#rounds) this.#operations += this.#operations > 0 ? 1 : this.#size + 1;
    return true;
  }

  #addUp(): void {
    let sum = 0;
    for (let i = 0; i < this.#size; i++) sum += this.#amounts[this.#placeOf(i)]!;
    this.#sum = sum;
    this.#peak = sum;
    this.#operations = 0;
  }

  #reset(): void {
    this.#sum = 0;
    this.#peak = 0;
    this.#operations = 0;
    this.#rounds = false;
  }

  /** INVARIANT: lengths are powers of two. */
  #placeOf(index: number): number {
    return (this.#head + index) & (this.#calls.length - 1);
  }

  #grow(): void {
    const atMs = new Float64Array(2 * this.#size);
    const amounts = new Float64Array(2 * this.#size);
    const calls = new Uint32Array(2 * this.#size);
    for (let i = 0; i < this.#size; i++) {
      const place = this.#placeOf(i);
      atMs[i] = this.#atMs[place]!;
      amounts[i] = this.#amounts[place]!;
      calls[i] = this.#calls[place]!;
    }
    this.#atMs = atMs;
    this.#amounts = amounts;
    this.#calls = calls;
    this.#head = 0;
  }
}
