import type { Dialect } from '../policy/model.ts';
import { lowerBound } from './call-list.ts';
import { OUTCOME_CODE } from './columns.ts';
import { entry } from './entry.ts';
import type { CounterObserver, Run } from './run.ts';
import { STATUS_NAMES } from './run.ts';

/**
 * What one limit took for a call and held while the answer was out. `fate` · `kept`: the answer is none that gives back ·
 * `returned`: to the window it was taken from · `lost`: that window was over by then, so nothing came back ·
 * `moved`: subtracted from what the counter held in a later window (`intercept`).
 * `returned` is the amount the counter fell by, `usedAfter` what it then held; 0 and null when it was not touched.
 */
export interface HeldAmount {
  readonly pointer: string;
  readonly amount: number;
  readonly fromMs: number;
  /** When the answer arrived. */
  readonly untilMs: number;
  readonly fate: 'kept' | 'returned' | 'lost' | 'moved';
  readonly returned: number;
  readonly usedAfter: number | null;
}

interface Taken {
  readonly limit: number;
  readonly amount: number;
  readonly windowStartMs: number;
}

interface Returned {
  readonly returned: number;
  readonly usedAfter: number;
  readonly windowStartMs: number;
  readonly isSliding: boolean;
}

/** Follows the counters of a replay, and notes what one call takes and what its answer gives back. */
export class HeldAmountObserver implements CounterObserver {
  readonly #run: Run;
  /** What each counter held last, by its key and owner. */
  readonly #used = new Map<string, number>();
  #call = -1;
  #taken: Taken[] = [];
  #returned = new Map<number, Returned>();

  constructor(run: Run) {
    this.#run = run;
  }

  /** Notes this call from now on, which must not be decided yet. */
  follow(call: number): void {
    this.#call = call;
    this.#taken = [];
    this.#returned = new Map();
  }

  held(limit: number, owner: number, used: number): void {
    this.#change(limit, owner, used);
  }

  taken(limit: number, owner: number, call: number, _atMs: number, used: number, windowStartMs: number): void {
    const before = this.#change(limit, owner, used);
    if (call === this.#call) this.#taken.push({ limit, amount: used - before, windowStartMs });
  }

  returned(
    limit: number,
    owner: number,
    call: number,
    _atMs: number,
    used: number,
    windowStartMs: number,
    windowEndMs: number,
  ): void {
    const before = this.#change(limit, owner, used);
    if (call !== this.#call) return;
    const isSliding = windowEndMs === Infinity;
    this.#returned.set(limit, { returned: before - used, usedAfter: used, windowStartMs, isSliding });
  }

  expired(limit: number, owner: number, _atMs: number, used: number): void {
    this.#change(limit, owner, used);
  }

  /** What became of the call followed, once its answer was applied. Empty for a call that took nothing. */
  finish(): readonly HeldAmount[] {
    const { columns, policy, limits } = this.#run;
    const fromMs = entry(columns.atMs, this.#call);
    const untilMs = fromMs + entry(columns.latencyMs, this.#call);
    const fails = givesBack(policy.dialect, STATUS_NAMES[entry(columns.status, this.#call)] ?? null);
    return this.#taken.map(({ limit, amount, windowStartMs }) => {
      const back = this.#returned.get(limit);
      const stays = back !== undefined && (back.isSliding || back.windowStartMs === windowStartMs);
      return {
        pointer: entry(limits, limit).limit.pointer,
        amount,
        fromMs,
        untilMs,
        fate: !fails ? 'kept' : back === undefined ? 'lost' : stays ? 'returned' : 'moved',
        returned: back?.returned ?? 0,
        usedAfter: back?.usedAfter ?? null,
      };
    });
  }

  /** Writes down what a counter holds now, and gives what it held before. */
  #change(limit: number, owner: number, used: number): number {
    const key = `${owner} ${entry(this.#run.limits, limit).limit.counterKey}`;
    const before = this.#used.get(key) ?? 0;
    this.#used.set(key, used);
    return before;
  }
}

/** Which answers give back what was taken (docs: policy.md#reserve-and-roll-back). */
function givesBack(dialect: Dialect, status: (typeof STATUS_NAMES)[number]): boolean {
  return status === 'rpc_error' || (dialect === 'policylayer' && (status === 'tool_error' || status === 'timeout'));
}

/** Whether a call took anything: only forwarded calls under limits that count do. */
export function mayHold({ columns, limits }: Run, call: number): boolean {
  return limits.some(({ limit }) => limit.counts) && columns.outcome[call] === OUTCOME_CODE.allow;
}

/** Calls to decide until the answer to `call` has been applied: up to the first made after it, or all. */
export function callsUntilAnswered({ columns }: Run, call: number): number {
  const untilMs = entry(columns.atMs, call) + entry(columns.latencyMs, call);
  return Math.min(columns.count, Math.max(call, lowerBound(columns.atMs, columns.count, untilMs)) + 1);
}
