import { TimedQueue } from '../engine/timed-queue.ts';
import { type CallPlan, OUTCOME_CODE, type Reaction } from './columns.ts';
import type { Evaluator } from './evaluator.ts';
import type { RowBuffer } from './row-buffer.ts';

/** A run spans at most 31 days of virtual time (docs: scenario.md#sizes); no call is repeated after that. */
const MAX_SPAN_MS = 31 * 86_400_000;
/** Planned calls have numbers below this, so that a caller and a number make one rank. */
const RANK_STEP = 0x1_0000_0000;

/**
 * Makes the calls of a plan while agents react to what they are told. Calls of one millisecond come in the order of
 * callers, those of one caller in the order they were planned in, repeated ones among them. `respectRetryAt`: not before
 * the time a denial names.
 */
export class AgentReactions {
  readonly #plan: CallPlan;
  readonly #evaluator: Evaluator;
  readonly #rows: RowBuffer;
  readonly #stopped: Uint8Array;
  /** Ranks of the planned calls that will be made again; each waits at most once. */
  readonly #queue = new TimedQueue();
  /** By planned call: retries after a denial so far. */
  readonly #attempts: Uint16Array;
  readonly #lastMs: number;
  #planned = 0;

  constructor(plan: CallPlan, evaluator: Evaluator, rows: RowBuffer) {
    this.#plan = plan;
    this.#evaluator = evaluator;
    this.#rows = rows;
    this.#stopped = new Uint8Array(plan.table.callers.length);
    this.#attempts = new Uint16Array(plan.calls.count);
    this.#lastMs = (plan.calls.atMs[0] ?? 0) + MAX_SPAN_MS;
  }

  hasNext(): boolean {
    this.#skipStopped();
    return this.#planned < this.#plan.calls.count || this.#queue.size > 0;
  }

  /** Makes and decides the next call as row `row`; false when there is none. */
  decideNext(row: number): boolean {
    if (!this.hasNext()) return false;
    const { calls } = this.#plan;
    const plannedMs = this.#planned < calls.count ? calls.atMs[this.#planned]! : Infinity;
    const retryMs = this.#queue.nextMs;
    const isPlanned = plannedMs < retryMs || (plannedMs === retryMs && this.#rankOf(this.#planned) < this.#queue.next);
    if (isPlanned) this.#decide(row, this.#planned++, plannedMs);
    else this.#decide(row, this.#queue.pop() % RANK_STEP, retryMs);
    return true;
  }

  #rankOf(planned: number): number {
    return this.#plan.calls.caller[planned]! * RANK_STEP + planned;
  }

  /** Passes over calls of callers that have stopped. */
  #skipStopped(): void {
    const { calls } = this.#plan;
    while (this.#planned < calls.count && this.#stopped[calls.caller[this.#planned]!] !== 0) this.#planned++;
    while (this.#queue.size > 0 && this.#stopped[Math.floor(this.#queue.next / RANK_STEP)] !== 0) this.#queue.pop();
  }

  #decide(row: number, planned: number, atMs: number): void {
    const { calls } = this.#plan;
    const evaluator = this.#evaluator;
    this.#rows.write(row, calls, planned, atMs);
    evaluator.input = this.#rows.calls;
    evaluator.output = this.#rows.decisions;
    evaluator.decide(row, row + 1);
    const outcome = evaluator.output.outcome[row];
    const reaction = this.#plan.reactions[calls.caller[planned]!];
    if (!reaction || outcome === OUTCOME_CODE.allow) return;
    if (outcome === OUTCOME_CODE.approval) this.#askAgain(planned, atMs, reaction);
    else if (reaction.stopOnDenied) this.#stopped[calls.caller[planned]!] = 1;
    else this.#retry(row, planned, atMs, reaction);
  }

  #askAgain(planned: number, atMs: number, { approvalRetryAfterMs }: Reaction): void {
    if (approvalRetryAfterMs !== null) this.#schedule(planned, atMs + approvalRetryAfterMs);
  }

  #retry(row: number, planned: number, atMs: number, { retry }: Reaction): void {
    const attempts = this.#attempts[planned]!;
    if (!retry || attempts >= retry.max) return;
    const delayMs = Math.round(retry.delayMs * retry.factor ** attempts);
    const decider = this.#evaluator.output.decider[row]!;
    const toldMs = retry.respectRetryAt ? this.#evaluator.retryAtMs(row, decider) : null;
    this.#attempts[planned] = attempts + 1;
    this.#schedule(planned, Math.max(atMs + delayMs, toldMs ?? 0));
  }

  #schedule(planned: number, atMs: number): void {
    // why: a delay that grew beyond all bounds may be no number any more.
    if (atMs <= this.#lastMs) this.#queue.push(atMs, this.#rankOf(planned));
  }
}
