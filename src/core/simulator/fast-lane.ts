import type { ArgumentFacts } from './argument-facts.ts';
import type { Binding } from './bind.ts';
import { type CallColumns, UPSTREAM_CODE } from './columns.ts';
import type { Answer, DecisionColumns } from './decision-columns.ts';
import { CELL, type WindowLedger } from './window-ledger.ts';

/**
 * Fields of a row behind its first, which is a decider that refuses all, 0, or `NOT_HERE`. `VERDICTS` is negative where
 * the first decides, `END` the row's length.
 */
const VERDICTS = 1;
const STEP = 2;
const END = 3;
const CELLS = 4;
const NOT_HERE = -1;
// why: V8 takes constants of this module as such, members of an imported object not.
const { used: USED, amount: AMOUNT, max: MAX } = CELL;
const { auto: AUTO, ok: OK } = UPSTREAM_CODE;
/** Numbers in the rows of all tools and callers together: 16 MB. */
const MAX_ROWS = 4_000_000;

/**
 * Decides plain calls quickly: fixed windows that are open, fixed amounts, rules already worked out, no approval. It
 * takes the same steps as `Evaluator`, which decides every call that is not plain and says what each step means.
 */
export class FastLane {
  readonly #ledger: WindowLedger;
  readonly #facts: ArgumentFacts;
  readonly #answer: Answer;
  readonly #outcomeOf: Uint8Array;
  readonly #deciderOf: Uint16Array;
  readonly #callers: number;
  readonly #stride: number;
  /** One row for each tool and caller: all that a call of theirs needs, in one place. */
  readonly #rows: Int32Array;

  constructor(binding: Binding, facts: ArgumentFacts, ledger: WindowLedger, answer: Answer) {
    this.#ledger = ledger;
    this.#facts = facts;
    this.#answer = answer;
    this.#outcomeOf = binding.outcomeOf;
    this.#deciderOf = binding.steps.decider;
    this.#callers = binding.table.callers.length;
    this.#stride = CELLS + ledger.mostSteps;
    this.#rows = layOutRows(binding, facts, ledger, this.#stride);
  }

  /** Whether the tables are small enough to have rows. */
  get isOpen(): boolean {
    return this.#rows.length > 0;
  }

  /**
   * Decides plain calls from `from` on, before `to` and before `dueMs`. Returns the first call it leaves to others; the
   * call before that one may be a failed one, of which nothing has been returned yet.
   * INVARIANT: decider and outcome of the calls ahead are 0, so those of allowed calls need no writing.
   */
  decide(input: CallColumns, output: DecisionColumns, from: number, to: number, dueMs: number): number {
    const { atMs, caller, tool, args, upstream } = input;
    const { outcome, decider, status, from: first } = output;
    const { cells } = this.#ledger;
    const { verdicts } = this.#facts;
    const rows = this.#rows;
    const outcomeOf = this.#outcomeOf;
    const deciderOf = this.#deciderOf;
    const answer = this.#answer;
    // why: V8 keeps numbers that passed through `| 0` as they are, all others are looked at anew for each call.
    const callers = this.#callers | 0;
    const stride = this.#stride | 0;
    const offset = first | 0;
    const end = (dueMs === Infinity ? to : firstDue(atMs, dueMs, from, to)) | 0;
    for (let call = from | 0; call < end; call++) {
      const now = atMs[call]!;
      const row = Math.imul(Math.imul(tool[call]!, callers) + caller[call]!, stride);
      const place = rows[row + VERDICTS]!;
      let by = place >= 0 ? verdicts[place + args[call]!]! - 1 : rows[row]!;
      if (by < 0) {
        if (place < 0) return call;
        by = this.#facts.verdict(tool[call]!, args[call]!);
      }
      if (by === 0) {
        const rowEnd = row + rows[row + END]!;
        let at = row + CELLS;
        for (; at < rowEnd; at++) {
          const cell = rows[at]!;
          const used = cells[cell + USED]!;
          const sum = used + cells[cell + AMOUNT]!;
          if (now >= cells[cell]! || !(sum <= cells[cell + MAX]!)) break;
          // why: what a counter held stays at the front of the cells, in case a later limit refuses.
          cells[at - row] = used;
          cells[cell + USED] = sum;
        }
        if (at < rowEnd) {
          for (let taken = row + CELLS; taken < at; taken++) cells[rows[taken]! + USED] = cells[taken - row]!;
          // why: a window that is over is opened by others; but a call that a later limit refuses opens none.
          if (now >= cells[rows[at]!]!) at = firstFull(cells, rows, at, rowEnd, now);
          if (at === rowEnd) return call;
          by = deciderOf[rows[row + STEP]! + at - row - CELLS]!;
        }
      }
      const out = call - offset;
      if (by !== 0) {
        decider[out] = by;
        outcome[out] = outcomeOf[by]!;
        continue;
      }
      let code = upstream[call]!;
      if (code === AUTO) code = answer(tool[call]!, args[call]!);
      else if (code === OK) answer(tool[call]!, args[call]!);
      status[out] = code;
      if (code !== OK) return call + 1;
    }
    return end;
  }
}

/** The first of the places `at … end` whose counter has no room, windows that are over being empty; `end`: none. */
function firstFull(cells: Float64Array, rows: Int32Array, at: number, end: number, now: number): number {
  for (; at < end; at++) {
    const cell = rows[at]!;
    const used = now < cells[cell]! ? cells[cell + USED]! : 0;
    if (!(used + cells[cell + AMOUNT]! <= cells[cell + MAX]!)) break;
  }
  return at;
}

/** The first of calls `from … to` at or after `dueMs`; `to` when there is none. */
function firstDue(atMs: Float64Array, dueMs: number, from: number, to: number): number {
  let [low, high] = [from, to];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (atMs[middle]! < dueMs) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Rows of all tools and callers, tool by tool; none if that would be too many. */
function layOutRows(binding: Binding, facts: ArgumentFacts, ledger: WindowLedger, stride: number): Int32Array {
  const { table, toolRefusal, callerRefusal, approval, steps } = binding;
  const callers = table.callers.length;
  if (table.tools.length * callers * stride > MAX_ROWS) return new Int32Array(0);
  const rows = new Int32Array(table.tools.length * callers * stride);
  table.tools.forEach((_, tool) => {
    const from = steps.from[tool]!;
    const to = steps.from[tool + 1]!;
    const plain =
      approval[tool] === 0 && facts.isRemembered(tool) && !steps.fixedAmount.subarray(from, to).some(Number.isNaN);
    for (let caller = 0; caller < callers; caller++) {
      const row = (tool * callers + caller) * stride;
      rows[row] = callerRefusal[caller]! || toolRefusal[tool]! || (plain ? 0 : NOT_HERE);
      rows[row + VERDICTS] = rows[row] === 0 ? facts.placeOf(tool) : NOT_HERE;
      rows[row + STEP] = from;
      rows[row + END] = CELLS + to - from;
      for (let step = from; step < to; step++) rows[row + CELLS + step - from] = ledger.cellOf(step, caller);
    }
  });
  return rows;
}
