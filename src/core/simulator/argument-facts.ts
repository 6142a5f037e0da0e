import { UNUSABLE } from '../engine/amount.ts';
import type { ReadCounter } from '../engine/compile.ts';
import type { JsonObject } from '../json.ts';
import type { Binding } from './bind.ts';

/** Bytes a call that remembered facts may take. */
const BYTES_A_CALL = 8;
const NO_RULES = -1;
const NOT_REMEMBERED = -2;

/**
 * What follows from a call's tool and arguments alone: the rule that denies it, and the amounts its limits count. Worked
 * out once for equal argument ids while there are at most half as many ids as calls, else for every call.
 */
export class ArgumentFacts {
  readonly #binding: Binding;
  readonly #readCounter: ReadCounter;
  /** By tool: place of its verdicts, or why there are none. */
  readonly #verdictBase: Int32Array;
  /** Decider + 1; 0: not worked out yet. Those of a tool are at `placeOf(tool)` + id. */
  readonly verdicts: Uint16Array;
  /** By step: place of its amounts, or `NOT_REMEMBERED`. */
  readonly #amountBase: Int32Array;
  /** NaN: not worked out yet. */
  readonly #amounts: Float64Array;
  #lastId = -1;
  #lastArgs: JsonObject = {};

  /** `readCounter` serves conditions on Intercept's counters; rules with such are never remembered. */
  constructor(binding: Binding, calls: number, readCounter: ReadCounter) {
    this.#binding = binding;
    this.#readCounter = readCounter;
    const { argsCount } = binding.table;
    const budget = 2 * argsCount <= calls ? BYTES_A_CALL * calls : 0;
    const verdicts = layOut(binding.rules.map(verdictPlace), argsCount, budget / 2);
    const amounts = layOut(
      Array.from(binding.steps.fixedAmount, amountPlace),
      argsCount,
      budget / 8 - verdicts.size / 4,
    );
    this.#verdictBase = verdicts.base;
    this.verdicts = new Uint16Array(verdicts.size);
    this.#amountBase = amounts.base;
    this.#amounts = new Float64Array(amounts.size).fill(NaN);
  }

  /** Whether the rules of a tool are worked out once for equal arguments, or there are none. */
  isRemembered(tool: number): boolean {
    return this.#verdictBase[tool] !== NOT_REMEMBERED;
  }

  /** Where the verdicts of a tool begin; negative when it has none. */
  placeOf(tool: number): number {
    return this.#verdictBase[tool]!;
  }

  /** Decider of the first rule that denies; 0 when all pass. */
  verdict(tool: number, argsId: number): number {
    const base = this.#verdictBase[tool]!;
    if (base === NO_RULES) return 0;
    if (base < 0) return this.#evaluate(tool, argsId);
    const known = this.verdicts[base + argsId]!;
    if (known !== 0) return known - 1;
    const decider = this.#evaluate(tool, argsId);
    this.verdicts[base + argsId] = decider + 1;
    return decider;
  }

  /** What a limit counts for a call, where that comes from the arguments. */
  amount(step: number, argsId: number): number {
    const base = this.#amountBase[step]!;
    if (base < 0) return this.#measure(step, argsId);
    let amount = this.#amounts[base + argsId]!;
    if (Number.isNaN(amount)) this.#amounts[base + argsId] = amount = this.#measure(step, argsId);
    return amount;
  }

  #evaluate(tool: number, argsId: number): number {
    const args = this.#argsAt(argsId);
    const rules = this.#binding.rules[tool]!;
    for (let i = 0; i < rules.length; i++) {
      const { compiled, decider } = rules[i]!;
      if (compiled.denies(args, this.#readCounter)) return decider;
    }
    return 0;
  }

  #measure(step: number, argsId: number): number {
    return this.#binding.steps.compiled[step]?.amountOf(this.#argsAt(argsId)) ?? UNUSABLE;
  }

  /** why: one call may ask several times, and a table may build arguments on demand. */
  #argsAt(id: number): JsonObject {
    if (id !== this.#lastId) {
      this.#lastArgs = this.#binding.table.argsAt(id);
      this.#lastId = id;
    }
    return this.#lastArgs;
  }
}

function verdictPlace(rules: Binding['rules'][number]): number {
  if (rules.length === 0) return NO_RULES;
  return rules.some(({ compiled }) => compiled.readsCounters) ? NOT_REMEMBERED : 0;
}

function amountPlace(fixedAmount: number): number {
  return Number.isNaN(fixedAmount) ? 0 : NOT_REMEMBERED;
}

/** Gives a place of `width` entries to each item that is 0, if all fit into `room` entries; else to none. */
function layOut(items: readonly number[], width: number, room: number): { base: Int32Array; size: number } {
  const wanted = items.filter((item) => item === 0).length * width;
  if (wanted > room) return { base: Int32Array.from(items, (item) => item || NOT_REMEMBERED), size: 0 };
  let size = 0;
  const base = Int32Array.from(items, (item) => {
    if (item !== 0) return item;
    size += width;
    return size - width;
  });
  return { base, size };
}
