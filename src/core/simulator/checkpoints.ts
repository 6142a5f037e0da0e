import type { EvaluatorState } from './evaluator.ts';

/** Calls between two checkpoints at first. */
const FIRST_EVERY = 8192;
/** Bytes that all checkpoints of a run may take. */
const MAX_BYTES = 16_777_216;
/** Bytes of a waiting answer, and of a request for approval with what JavaScript adds. */
const ANSWER_BYTES = 16;
const REQUEST_BYTES = 64;

/** The state just before a call. */
export interface Checkpoint {
  readonly call: number;
  readonly state: EvaluatorState;
}

/**
 * States of a run to go on from, so that no call is far from one. They are `every` calls apart; when they take more than
 * 16 MB, every other one is dropped and the distance doubles.
 */
export class Checkpoints {
  #every = FIRST_EVERY;
  #kept: Checkpoint[] = [];
  #bytes = 0;

  /** Offers the state before `call`, which is worked out only when it is kept. Calls never go back. */
  offer(call: number, save: () => EvaluatorState | null): void {
    if (call < (this.#kept.at(-1)?.call ?? 0) + this.#every) return;
    const state = save();
    if (state === null) return;
    this.#kept.push({ call, state });
    this.#bytes += bytesOf(state);
    while (this.#bytes > MAX_BYTES && this.#kept.length > 1) this.#thin();
  }

  /** The last one that is not beyond `call`; null when that is the run's beginning. */
  before(call: number): Checkpoint | null {
    return this.#kept.findLast((checkpoint) => checkpoint.call <= call) ?? null;
  }

  #thin(): void {
    this.#kept = this.#kept.filter((_, i) => i % 2 === 1);
    this.#bytes = this.#kept.reduce((sum, { state }) => sum + bytesOf(state), 0);
    this.#every *= 2;
  }
}

function bytesOf({ counters, answers, requests }: EvaluatorState): number {
  const memory = counters.reduce((sum, { byteLength }) => sum + byteLength, 0);
  return memory + ANSWER_BYTES * answers.items.length + REQUEST_BYTES * requests.length;
}
