import { windowEnd } from '../engine/window.ts';
import type { ArgumentFacts } from './argument-facts.ts';
import type { Binding, LimitSteps } from './bind.ts';
import type { Held, Ledger, LedgerWatch } from './ledger.ts';

/** Places in a counter's cells. `max` and `amount` (NaN: from the arguments) are its limit's, to have them at hand. */
export const CELL = { endMs: 0, used: 1, max: 2, amount: 3, size: 4 } as const;
/** Cells at the front that are nobody's, beside one for each step of a tool. */
const FREE_CELLS = 4;

/**
 * Counters with fixed windows: those of the calendar, or anchored ones, which open with the first counted call. A counter
 * has cells for the end of its window and the sum in it. A window that is over counts as empty; nothing clears it.
 */
export class WindowLedger implements Ledger {
  watch: LedgerWatch | null = null;
  readonly #steps: LimitSteps;
  readonly #ownerOf: Int32Array;
  readonly #facts: ArgumentFacts;
  readonly #anchored: boolean;
  readonly cells: Float64Array;
  readonly #firstCell: number;
  /** Limits of the tool that has most. */
  readonly mostSteps: number;
  /** What `refuse` worked out for `take`, by position among the steps of the tool. */
  readonly #cellAt: Int32Array;
  readonly #sums: Float64Array;

  constructor(binding: Binding, facts: ArgumentFacts, anchored: boolean) {
    this.#steps = binding.steps;
    this.#ownerOf = binding.ownerOf;
    this.#facts = facts;
    this.#anchored = anchored;
    const { from } = binding.steps;
    this.mostSteps = from.reduce((most, start, tool) => Math.max(most, (from[tool + 1] ?? start) - start), 0);
    this.#firstCell = FREE_CELLS + this.mostSteps;
    this.cells = new Float64Array(this.#firstCell + CELL.size * binding.counterCount);
    for (let cell = this.#firstCell; cell < this.cells.length; cell += CELL.size) this.cells[cell] = -Infinity;
    binding.steps.limit.forEach((_, step) => this.#writeTerms(step));
    this.#cellAt = new Int32Array(binding.steps.limit.length);
    this.#sums = new Float64Array(binding.steps.limit.length);
  }

  get memory(): readonly Uint8Array[] {
    return [new Uint8Array(this.cells.buffer)];
  }

  refuse(tool: number, caller: number, argsId: number, atMs: number): number {
    const { from, fixedAmount, max } = this.#steps;
    const end = from[tool + 1]!;
    for (let step = from[tool]!; step < end; step++) {
      let amount = fixedAmount[step]!;
      if (Number.isNaN(amount)) amount = this.#facts.amount(step, argsId);
      const cell = this.cellOf(step, caller);
      const used = atMs < this.cells[cell]! ? this.cells[cell + CELL.used]! : 0;
      const sum = used + amount;
      const fits = sum <= max[step]!;
      if (this.watch?.looked) this.#report(step, caller, used, amount, fits, atMs);
      if (!fits) return step;
      this.#cellAt[step] = cell;
      this.#sums[step] = sum;
    }
    return -1;
  }

  take(tool: number, caller: number, _argsId: number, call: number, atMs: number): void {
    const { from } = this.#steps;
    const end = from[tool + 1]!;
    for (let step = from[tool]!; step < end; step++) {
      const cell = this.#cellAt[step]!;
      if (atMs >= this.cells[cell]!) this.cells[cell] = this.#windowEnd(step, atMs);
      this.cells[cell + CELL.used] = this.#sums[step]!;
      if (this.watch !== null) {
        const endMs = this.cells[cell]!;
        this.watch.taken(step, caller, call, atMs, this.#sums[step]!, endMs - this.#steps.windowMs[step]!, endMs);
      }
    }
  }

  giveBack(tool: number, caller: number, argsId: number, call: number, takenMs: number, atMs: number): void {
    const { from, fixedAmount, windowMs } = this.#steps;
    const end = from[tool + 1]!;
    for (let step = from[tool]!; step < end; step++) {
      const cell = this.cellOf(step, caller);
      const endMs = this.cells[cell]!;
      const startMs = endMs - windowMs[step]!;
      // why: a later window starts after `takenMs`; then the one that was counted in is over.
      if (startMs > takenMs || atMs >= endMs) continue;
      let amount = fixedAmount[step]!;
      if (Number.isNaN(amount)) amount = this.#facts.amount(step, argsId);
      const rest = this.cells[cell + CELL.used]! - amount;
      this.cells[cell + CELL.used] = rest;
      if (this.watch !== null) this.watch.returned?.(step, caller, call, atMs, rest, startMs, endMs);
    }
  }

  retryAtMs(step: number, caller: number, argsId: number, atMs: number): number | null {
    const fixed = this.#steps.fixedAmount[step]!;
    const amount = Number.isNaN(fixed) ? this.#facts.amount(step, argsId) : fixed;
    if (amount > this.#steps.max[step]!) return null;
    const endMs = this.cells[this.cellOf(step, caller)]!;
    return atMs < endMs ? endMs : this.#windowEnd(step, atMs);
  }

  held(step: number, caller: number, atMs: number): Held | null {
    const cell = this.cellOf(step, caller);
    const [endMs, used] = [this.cells[cell]!, this.cells[cell + CELL.used]!];
    return atMs < endMs ? { used, endMs } : null;
  }

  /** Where the cells of the counter begin that a step uses for a caller. */
  cellOf(step: number, caller: number): number {
    const { counterBase, ownerBase } = this.#steps;
    return this.#firstCell + CELL.size * (counterBase[step]! + this.#ownerOf[ownerBase[step]! + caller]!);
  }

  /** Writes what a limit says into the cells of all its counters. */
  #writeTerms(step: number): void {
    const { max, fixedAmount } = this.#steps;
    const callers = this.#ownerOf.length / 3;
    for (let caller = 0; caller < callers; caller++) {
      const cell = this.cellOf(step, caller);
      this.cells[cell + CELL.max] = max[step]!;
      this.cells[cell + CELL.amount] = fixedAmount[step]!;
    }
  }

  /** End of the window that a call counted now would open. */
  #windowEnd(step: number, atMs: number): number {
    const lengthMs = this.#steps.windowMs[step]!;
    return this.#anchored ? atMs + lengthMs : windowEnd(atMs, lengthMs);
  }

  #report(step: number, caller: number, used: number, amount: number, fits: boolean, atMs: number): void {
    const open = this.cells[this.cellOf(step, caller)]!;
    const endMs = atMs < open ? open : this.#windowEnd(step, atMs);
    this.watch?.looked?.(step, caller, used, amount, fits, endMs - this.#steps.windowMs[step]!, endMs);
  }
}
