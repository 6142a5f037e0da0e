/** A growing list of call indices. */
export class CallList {
  #calls = new Uint32Array(1024);
  #size = 0;

  get size(): number {
    return this.#size;
  }

  push(call: number): void {
    if (this.#size === this.#calls.length) {
      const room = new Uint32Array(2 * this.#size);
      room.set(this.#calls);
      this.#calls = room;
    }
    this.#calls[this.#size++] = call;
  }

  /** The list as it stands, in an array of exactly its length. */
  toArray(): Uint32Array {
    return this.#calls.slice(0, this.#size);
  }
}

/** First index of an ascending column, below `count`, whose value is at least `value`; `count` when there is none. */
export function lowerBound(column: ArrayLike<number>, count: number, value: number): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((column[middle] ?? 0) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
