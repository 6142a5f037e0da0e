/** The fullest moment of a window that slides over amounts: from the first to the last amount in it. */
export interface Fullest {
  readonly sum: number;
  readonly fromMs: number;
  readonly toMs: number;
}

/**
 * Largest sum of amounts in any half-open span of `windowMs`, found as the amounts come, in the order of time: each is
 * added once and dropped once. Ties: the earliest.
 */
export class WindowSum {
  readonly #windowMs: number;
  #atMs = new Float64Array(16);
  #amounts = new Float64Array(16);
  #head = 0;
  #tail = 0;
  #sum = 0;
  #best = -Infinity;
  #bestFromMs = 0;
  #bestToMs = 0;

  constructor(windowMs: number) {
    this.#windowMs = windowMs;
  }

  /** Null before the first amount. */
  get fullest(): Fullest | null {
    if (this.#best === -Infinity) return null;
    return { sum: this.#best, fromMs: this.#bestFromMs, toMs: this.#bestToMs };
  }

  add(atMs: number, amount: number): void {
    while (this.#head < this.#tail && this.#first + this.#windowMs <= atMs) this.#drop();
    if (this.#tail === this.#atMs.length) this.#makeRoom();
    this.#atMs[this.#tail] = atMs;
    this.#amounts[this.#tail++] = amount;
    this.#sum += amount;
    if (this.#sum <= this.#best) return;
    this.#best = this.#sum;
    this.#bestFromMs = this.#first;
    this.#bestToMs = atMs;
  }

  get #first(): number {
    return this.#atMs[this.#head] ?? 0;
  }

  #drop(): void {
    this.#sum -= this.#amounts[this.#head++] ?? 0;
    // why: an empty window starts without what rounding has left behind.
    if (this.#head === this.#tail) this.#sum = 0;
  }

  /** Moves what still counts to the front, of a larger array when more than half of it does. */
  #makeRoom(): void {
    const size = this.#tail - this.#head;
    const room = size > this.#atMs.length / 2 ? 2 * this.#atMs.length : this.#atMs.length;
    const atMs = new Float64Array(room);
    const amounts = new Float64Array(room);
    atMs.set(this.#atMs.subarray(this.#head, this.#tail));
    amounts.set(this.#amounts.subarray(this.#head, this.#tail));
    this.#atMs = atMs;
    this.#amounts = amounts;
    this.#head = 0;
    this.#tail = size;
  }
}
