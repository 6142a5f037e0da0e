import { TimedQueue } from '../engine/timed-queue.ts';
import { type CallPlan, OUTCOME_CODE, type Reaction } from './columns.ts';
import type { Evaluator } from './evaluator.ts';
import type { RowBuffer } from './row-buffer.ts';

/** A run spans at most 31 days of virtual time (spec: scenario); no call is repeated after that. */
const MAX_SPAN_MS = 31 * 86_400_000;

/** A call that will be made again. */
interface Retry {
  readonly planned: number;
  /** Retries after a denial so far, this one included. */
  readonly attempts: number;
}

/**
 * Makes the calls of a plan while agents react to what they are told. Of one millisecond, planned calls come first, then
 * repeated ones in the order of the answers that caused them. `respectRetryAt`: not before the time a denial names.
 */
export class AgentReactions {
  readonly #plan: CallPlan;
  readonly #evaluator: Evaluator;
  readonly #rows: RowBuffer;
  readonly #stopped: Uint8Array;
  readonly #queue = new TimedQueue();
  /** Retries by number, in the order they were asked for; emptied entries are undefined. */
  readonly #retries: (Retry | undefined)[] = [];
  readonly #lastMs: number;
  #planned = 0;

  constructor(plan: CallPlan, evaluator: Evaluator, rows: RowBuffer) {
    this.#plan = plan;
    this.#evaluator = evaluator;
    this.#rows = rows;
    this.#stopped = new Uint8Array(plan.table.callers.length);
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
    if (plannedMs <= retryMs) {
      this.#decide(row, { planned: this.#planned++, attempts: 0 }, plannedMs);
    } else {
      const number = this.#queue.pop();
      const retry = this.#retries[number];
      this.#retries[number] = undefined;
      if (retry) this.#decide(row, retry, retryMs);
    }
    return true;
  }

  /** Passes over calls of callers that have stopped. */
  #skipStopped(): void {
    const { calls } = this.#plan;
    while (this.#planned < calls.count && this.#stopped[calls.caller[this.#planned]!] !== 0) this.#planned++;
    while (this.#queue.size > 0) {
      const retry = this.#retries[this.#queue.next];
      if (retry && this.#stopped[calls.caller[retry.planned]!] === 0) break;
      this.#retries[this.#queue.pop()] = undefined;
    }
  }

  #decide(row: number, call: Retry, atMs: number): void {
    const { calls } = this.#plan;
    const evaluator = this.#evaluator;
    this.#rows.write(row, calls, call.planned, atMs);
    evaluator.input = this.#rows.calls;
    evaluator.output = this.#rows.decisions;
    evaluator.decide(row, row + 1);
    const outcome = evaluator.output.outcome[row];
    const reaction = this.#plan.reactions[calls.caller[call.planned]!];
    if (!reaction || outcome === OUTCOME_CODE.allow) return;
    if (outcome === OUTCOME_CODE.approval) this.#askAgain(call, atMs, reaction);
    else if (reaction.stopOnDenied) this.#stopped[calls.caller[call.planned]!] = 1;
    else this.#retry(row, call, atMs, reaction);
  }

  #askAgain(call: Retry, atMs: number, { approvalRetryAfterMs }: Reaction): void {
    if (approvalRetryAfterMs !== null) this.#schedule(call, atMs + approvalRetryAfterMs);
  }

  #retry(row: number, { planned, attempts }: Retry, atMs: number, { retry }: Reaction): void {
    if (!retry || attempts >= retry.max) return;
    const delayMs = Math.round(retry.delayMs * retry.factor ** attempts);
    const decider = this.#evaluator.output.decider[row]!;
    const toldMs = retry.respectRetryAt ? this.#evaluator.retryAtMs(row, decider) : null;
    this.#schedule({ planned, attempts: attempts + 1 }, Math.max(atMs + delayMs, toldMs ?? 0));
  }

  #schedule(retry: Retry, atMs: number): void {
    // why: a delay that grew beyond all bounds may be no number any more.
    if (!(atMs <= this.#lastMs)) return;
    this.#queue.push(atMs, this.#retries.push(retry) - 1);
  }
}
