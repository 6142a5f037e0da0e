/** What a queue held at one time. */
export interface QueuedItems {
  readonly atMs: Float64Array;
  readonly items: Float64Array;
}

/**
 * Whole numbers waiting for their time, earliest first; those of one millisecond in the order of the numbers. A binary
 * heap over two typed arrays, 16 bytes an item.
 */
export class TimedQueue {
  #atMs = new Float64Array(64);
  #items = new Float64Array(64);
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** Time of the earliest item; Infinity when empty. */
  get nextMs(): number {
    return this.#size > 0 ? this.#atMs[0]! : Infinity;
  }

  /** The earliest item, left in place; -1 when empty. */
  get next(): number {
    return this.#size > 0 ? this.#items[0]! : -1;
  }

  push(atMs: number, item: number): void {
    if (this.#size === this.#items.length) this.#grow();
    let hole = this.#size++;
    while (hole > 0) {
      const parent = (hole - 1) >> 1;
      if (!this.#isAfter(parent, atMs, item)) break;
      this.#move(parent, hole);
      hole = parent;
    }
    this.#put(hole, atMs, item);
  }

  /** Takes the earliest item out; -1 when empty. */
  pop(): number {
    if (this.#size === 0) return -1;
    const first = this.#items[0]!;
    this.#size--;
    if (this.#size > 0) this.#sink(this.#atMs[this.#size]!, this.#items[this.#size]!);
    return first;
  }

  /** A copy that nothing changes, for `restore`. */
  save(): QueuedItems {
    return { atMs: this.#atMs.slice(0, this.#size), items: this.#items.slice(0, this.#size) };
  }

  /** Holds what was saved, and nothing else. */
  restore({ atMs, items }: QueuedItems): void {
    this.#size = 0;
    items.forEach((item, i) => this.push(atMs[i]!, item));
  }

  /** Finds the place of an item from the top down, the top being free. */
  #sink(atMs: number, item: number): void {
    let hole = 0;
    for (;;) {
      let child = 2 * hole + 1;
      if (child >= this.#size) break;
      const right = child + 1;
      if (right < this.#size && this.#isAfter(child, this.#atMs[right]!, this.#items[right]!)) child = right;
      if (this.#isAfter(child, atMs, item)) break;
      this.#move(child, hole);
      hole = child;
    }
    this.#put(hole, atMs, item);
  }

  #isAfter(index: number, atMs: number, item: number): boolean {
    const other = this.#atMs[index]!;
    return other > atMs || (other === atMs && this.#items[index]! > item);
  }

  #move(from: number, to: number): void {
    this.#put(to, this.#atMs[from]!, this.#items[from]!);
  }

  #put(index: number, atMs: number, item: number): void {
    this.#atMs[index] = atMs;
    this.#items[index] = item;
  }

  #grow(): void {
    const atMs = new Float64Array(2 * this.#items.length);
    const items = new Float64Array(2 * this.#items.length);
    atMs.set(this.#atMs);
    items.set(this.#items);
    this.#atMs = atMs;
    this.#items = items;
  }
}
