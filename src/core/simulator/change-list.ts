/** Changes of a number over time, in order of time: it was `used[i]` from `atMs[i]` on, for `i` below `size`. */
export interface Changes {
  readonly atMs: Float64Array;
  readonly used: Float64Array;
  readonly size: number;
  /**
   * 0 while all changes are kept; else, of those in any stretch of so many ms, only first, lowest, highest and last are.
   */
  readonly grainMs: number;
}

/** Changes kept of one number. */
export const MAX_CHANGES = 131_072;
/** Stretches that changes are thinned in, of equal length: with four changes each they fill half the list. */
const GRAINS = MAX_CHANGES / 8;
/** Shortest stretch; shorter ones would part what happens at one instant. */
const LEAST_GRAIN_MS = 0.001;

/**
 * A list of changes that grows to `MAX_CHANGES`; then it is thinned evenly over its time.
 * why: thinning neighbours in the list would leave least of what was thinned most often, the beginning of a run.
 */
export class ChangeList implements Changes {
  atMs = new Float64Array(64);
  used = new Float64Array(64);
  size = 0;
  grainMs = 0;
  readonly #fromMs: number;

  /** `fromMs`: start of the time looked at. One change may lie before it. */
  constructor(fromMs: number) {
    this.#fromMs = fromMs;
  }

  /** Adds a change; `atMs` is not before that of the last one. */
  push(atMs: number, used: number): void {
    if (this.size === MAX_CHANGES) this.#thin();
    else if (this.size === this.atMs.length) this.#grow();
    this.atMs[this.size] = atMs;
    this.used[this.size++] = used;
  }

  #grow(): void {
    const { atMs, used, size } = this;
    this.atMs = new Float64Array(2 * size);
    this.used = new Float64Array(2 * size);
    this.atMs.set(atMs);
    this.used.set(used);
  }

  #thin(): void {
    const { atMs, used, size } = this;
    // why: one change may lie before the time looked at, and far before it.
    const startMs = Math.max(atMs[0] ?? 0, this.#fromMs);
    const grainMs = Math.max(((atMs[size - 1] ?? 0) - startMs) / GRAINS, LEAST_GRAIN_MS);
    const grainOf = (i: number): number => Math.floor(((atMs[i] ?? 0) - startMs) / grainMs);
    this.grainMs = grainMs;
    this.size = 0;
    for (let from = 0; from < size;) {
      const grain = grainOf(from);
      let to = from + 1;
      while (to < size && grainOf(to) === grain) to++;
      for (const i of extremesOf(used, from, to)) {
        atMs[this.size] = atMs[i] ?? 0;
        used[this.size++] = used[i] ?? 0;
      }
      from = to;
    }
  }
}

/** Indices of the first, lowest, highest and last value of `from … to`, ascending, without repeats. */
export function extremesOf(values: Float64Array, from: number, to: number): number[] {
  let [low, high] = [from, from];
  for (let i = from + 1; i < to; i++) {
    const now = values[i] ?? 0;
    if (now < (values[low] ?? 0)) low = i;
    if (now > (values[high] ?? 0)) high = i;
  }
  return [...new Set([from, low, high, to - 1])].sort((a, b) => a - b);
}
