import { windowStart } from '../engine/window.ts';
import { lowerBound } from './call-list.ts';
import type { CounterId } from './counter-record.ts';
import { MAX_ROWS, type CounterSummary } from './counter-windows.ts';
import { entry } from './entry.ts';
import { limitOwners } from './limit-owners.ts';
import type { Pass } from './pass.ts';
import type { CounterObserver, Run } from './run.ts';

/**
 * One counter at a moment: what its window holds, and how many calls the limit denied in that window so far. The window
 * is null where none is open, which only anchored windows know.
 */
export interface CounterAtMoment extends Omit<CounterSummary, 'windowStartMs' | 'windowEndMs'> {
  readonly windowStartMs: number | null;
  readonly windowEndMs: number | null;
}

interface Held {
  used: number;
  endMs: number;
}

/** Keeps what every counter of a replay holds. Limits that share a counter see each other's changes. */
export class CounterBoard implements CounterObserver {
  readonly #keys: readonly string[];
  readonly #held = new Map<string, Held>();

  constructor({ limits }: Run) {
    this.#keys = limits.map(({ limit }) => limit.counterKey);
  }

  held(limit: number, owner: number, used: number, endMs: number): void {
    this.#set(limit, owner, used, endMs);
  }

  taken(
    limit: number,
    owner: number,
    _call: number,
    _atMs: number,
    used: number,
    _startMs: number,
    endMs: number,
  ): void {
    this.#set(limit, owner, used, endMs);
  }

  returned(...change: Parameters<CounterBoard['taken']>): void {
    this.taken(...change);
  }

  expired(limit: number, owner: number, _atMs: number, used: number): void {
    this.#set(limit, owner, used, Infinity);
  }

  /** What a counter holds, and when its window ends: Infinity where it slides, or nothing is open. */
  read({ limit, owner }: CounterId): Readonly<Held> {
    return this.#held.get(this.#keyOf(limit, owner)) ?? { used: 0, endMs: Infinity };
  }

  #set(limit: number, owner: number, used: number, endMs: number): void {
    const key = this.#keyOf(limit, owner);
    const held = this.#held.get(key);
    if (held === undefined) this.#held.set(key, { used, endMs });
    else Object.assign(held, { used, endMs });
  }

  #keyOf(limit: number, owner: number): string {
    return `${owner} ${this.#keys[limit] ?? ''}`;
  }
}

/** Counters at a moment without their denials, in the order given, at most `MAX_ROWS`; `board` stands at that moment. */
export function standCounters(
  run: Run,
  counters: readonly CounterId[],
  board: CounterBoard,
  atMs: number,
): readonly CounterAtMoment[] {
  return counters.slice(0, MAX_ROWS).map((id) => {
    const { limit, owners } = entry(run.limits, id.limit);
    const { used, endMs } = board.read(id);
    const { counter, rule, pointer, max } = limit;
    const owner = owners[id.owner] ?? '';
    return { counter, rule, pointer, owner, used, max, denied: 0, ...windowAt(run, limit.windowMs, endMs, atMs) };
  });
}

function windowAt(
  { windows, policy }: Run,
  windowMs: number,
  endMs: number,
  atMs: number,
): Pick<CounterAtMoment, 'windowStartMs' | 'windowEndMs'> {
  if (windows === 'calendar' || policy.dialect === 'intercept') {
    const startMs = windowStart(atMs, windowMs);
    return { windowStartMs: startMs, windowEndMs: startMs + windowMs };
  }
  if (windows === 'sliding') return { windowStartMs: atMs - windowMs, windowEndMs: atMs };
  // why: the end of a window that holds nothing any more is not told.
  return endMs === Infinity || endMs <= atMs
    ? { windowStartMs: null, windowEndMs: null }
    : { windowStartMs: endMs - windowMs, windowEndMs: endMs };
}

/** A pass over calls `from … to` alone. */
export interface DenialPass extends Pass<readonly CounterAtMoment[]> {
  readonly from: number;
  readonly to: number;
}

/** Counts what the limits of counters denied in their windows, of the first `made` calls of a run. */
export function denialPass(
  run: Run,
  counters: readonly CounterId[],
  standing: readonly CounterAtMoment[],
  made: number,
): DenialPass {
  const { atMs, decider, caller, count } = run.columns;
  const owners = limitOwners(run);
  const denied = standing.map(() => 0);
  const sliding = run.windows === 'sliding' && run.policy.dialect !== 'intercept';
  const places = new Map(standing.map((_, i) => [`${counters[i]?.limit} ${counters[i]?.owner}`, i]));
  const starts = standing.map(({ windowStartMs }) => windowStartMs ?? Infinity);
  const from = Math.min(made, lowerBound(atMs, count, Math.min(Infinity, ...starts)));
  const limitOf = Int32Array.from(run.deciders, ({ limit }) => limit);
  return {
    from,
    to: made,
    add(first, end) {
      for (let call = first; call < end; call++) {
        const limit = limitOf[decider[call] ?? 0] ?? -1;
        if (limit < 0) continue;
        const place = places.get(`${limit} ${owners.ownerOf(limit, caller[call] ?? 0)}`);
        if (place === undefined) continue;
        const startMs = starts[place] ?? Infinity;
        // why: a sliding window has let go of what happened one length ago; others begin with their first millisecond.
        if (sliding ? entry(atMs, call) > startMs : entry(atMs, call) >= startMs)
          denied[place] = (denied[place] ?? 0) + 1;
      }
    },
    finish: () => standing.map((row, i) => ({ ...row, denied: denied[i] ?? 0 })),
  };
}
