type Column = Float64Array | Uint32Array | Uint16Array | Uint8Array;

/** A typed array that grows by doubling. */
export class GrowingColumn<T extends Column> {
  readonly #make: (length: number) => T;
  #room: T;
  #size = 0;

  /** `make` gives an array of zeros. */
  constructor(make: (length: number) => T) {
    this.#make = make;
    this.#room = make(1024);
  }

  get size(): number {
    return this.#size;
  }

  push(value: number): void {
    if (this.#size === this.#room.length) {
      const wider = this.#make(2 * this.#size);
      wider.set(this.#room);
      this.#room = wider;
    }
    this.#room[this.#size++] = value;
  }

  /** The values, in an array of exactly their number. */
  toArray(): T {
    const exact = this.#make(this.#size);
    exact.set(this.#room.subarray(0, this.#size));
    return exact;
  }
}
