import type { Pass } from './pass.ts';
import type { Run } from './run.ts';

/** How often one combination of caller, tool, decider and outcome occurred. Indices as in `RunColumns`. */
export interface TallyEntry {
  readonly caller: number;
  readonly tool: number;
  readonly decider: number;
  readonly outcome: number;
  readonly calls: number;
}

/**
 * Counts every combination of caller, tool, decider and outcome of a run, in the order of their first call. All counts
 * of a summary are sums of these; there are few of them, however many calls there are.
 */
export function tallyPass(run: Run): Pass<readonly TallyEntry[]> {
  const { caller, tool, decider, outcome } = run.columns;
  const seen = new PairCounter();
  return {
    add(from, to) {
      for (let i = from; i < to; i++) {
        const who = ((caller[i] ?? 0) << 16) | (tool[i] ?? 0);
        seen.count(who >>> 0, ((decider[i] ?? 0) << 2) | (outcome[i] ?? 0));
      }
    },
    finish: () =>
      seen.entries().map(([first, second, calls]) => ({
        caller: first >>> 16,
        tool: first & 0xffff,
        decider: second >>> 2,
        outcome: second & 3,
        calls,
      })),
  };
}

/** Counts pairs of unsigned 32-bit numbers: open addressing over typed arrays, entries in the order of first sight. */
class PairCounter {
  #slots = new Int32Array(256).fill(-1);
  #first = new Uint32Array(128);
  #second = new Uint32Array(128);
  #counts = new Float64Array(128);
  #size = 0;
  #last = -1;

  count(first: number, second: number): void {
    const last = this.#last;
    if (last >= 0 && this.#first[last] === first && this.#second[last] === second) {
      this.#counts[last] = (this.#counts[last] ?? 0) + 1;
      return;
    }
    let slot = this.#slotOf(first, second);
    if ((this.#slots[slot] ?? 0) < 0) {
      if (this.#size === this.#first.length) {
        this.#grow();
        slot = this.#slotOf(first, second);
      }
      this.#first[this.#size] = first;
      this.#second[this.#size] = second;
      this.#slots[slot] = this.#size++;
    }
    this.#last = this.#slots[slot] ?? 0;
    this.#counts[this.#last] = (this.#counts[this.#last] ?? 0) + 1;
  }

  entries(): [first: number, second: number, calls: number][] {
    return Array.from({ length: this.#size }, (_, i) => [
      this.#first[i] ?? 0,
      this.#second[i] ?? 0,
      this.#counts[i] ?? 0,
    ]);
  }

  /** The slot that holds the pair, or the free one where it belongs. */
  #slotOf(first: number, second: number): number {
    const slots = this.#slots;
    const mask = slots.length - 1;
    const mixed = Math.imul(Math.imul(first, 0x2c1b3c6d) ^ second, 0x297a2d39);
    let slot = (mixed ^ (mixed >>> 15)) & mask;
    for (let entry = slots[slot] ?? 0; entry >= 0; entry = slots[slot] ?? 0) {
      if (this.#first[entry] === first && this.#second[entry] === second) break;
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  /** Doubles everything. INVARIANT: at most half of the slots are taken. */
  #grow(): void {
    const room = 2 * this.#first.length;
    this.#first = extend(this.#first, new Uint32Array(room));
    this.#second = extend(this.#second, new Uint32Array(room));
    this.#counts = extend(this.#counts, new Float64Array(room));
    this.#slots = new Int32Array(2 * room).fill(-1);
    for (let i = 0; i < this.#size; i++) this.#slots[this.#slotOf(this.#first[i] ?? 0, this.#second[i] ?? 0)] = i;
  }
}

function extend<T extends Uint32Array | Float64Array>(from: T, to: T): T {
  to.set(from);
  return to;
}
