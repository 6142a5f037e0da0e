import { MAX_NAMES } from './limits.ts';

/** Numbers things in the order of first sight, by a text that tells them apart; at most `MAX_NAMES`. */
export class NameTable<T> {
  readonly list: T[] = [];
  readonly #index = new Map<string, number>();
  readonly #most: number;

  constructor(most = MAX_NAMES) {
    this.#most = most;
  }

  /** The number of a thing; -1 when there is no room for another one. */
  add(key: string, thing: T): number {
    const known = this.#index.get(key);
    if (known !== undefined) return known;
    if (this.list.length >= this.#most) return -1;
    this.#index.set(key, this.list.length);
    return this.list.push(thing) - 1;
  }
}
