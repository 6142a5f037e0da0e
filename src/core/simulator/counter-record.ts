import { ChangeList, type Changes } from './change-list.ts';
import { OUTCOME_CODE } from './columns.ts';
import { entry as at } from './entry.ts';
import { groupBy } from './group.ts';
import { limitOwners } from './limit-owners.ts';
import type { CounterObserver, Run } from './run.ts';
import type { TallyEntry } from './tally.ts';

/** Counters drawn in a timeline: those that most calls met. */
export const MAX_COUNTERS = 24;

/** A counter of one owner: `limit` indexes `Run.limits`, `owner` its `owners`. */
export interface CounterId {
  readonly limit: number;
  readonly owner: number;
}

/** The counters that calls met, those first that most calls met. */
export function metCounters(run: Run, tally: readonly TallyEntry[]): readonly CounterId[] {
  const owners = limitOwners(run);
  const met = new Map<string, { id: CounterId; calls: number }>();
  for (const entry of tally) {
    const decided = at(run.deciders, entry.decider).limit;
    if (entry.outcome !== OUTCOME_CODE.allow && decided < 0) continue;
    for (const limit of owners.limitsOf(entry.tool)) {
      const id = { limit, owner: owners.ownerOf(limit, entry.caller) };
      const key = `${limit} ${id.owner}`;
      met.set(key, { id, calls: (met.get(key)?.calls ?? 0) + entry.calls });
    }
  }
  return [...met.values()].sort((a, b) => b.calls - a.calls).map(({ id }) => id);
}

/** The counters that most calls met, in the order of limits and owners. Limits that count nothing are left out. */
export function busiestCounters(run: Run, tally: readonly TallyEntry[]): readonly CounterId[] {
  const counting = metCounters(run, tally).filter(({ limit }) => at(run.limits, limit).limit.counts);
  return inOrder(counting.slice(0, MAX_COUNTERS));
}

/** Counters in the order of limits and owners. */
export function inOrder(counters: readonly CounterId[]): readonly CounterId[] {
  return [...counters].sort((a, b) => a.limit - b.limit || a.owner - b.owner);
}

/** Changes of what one counter held. */
export interface CounterChanges extends CounterId, Changes {}

/**
 * Writes down every change of some counters between two times while a run is replayed, and what they held at the start.
 * A window's end is a change of its own: the counter falls to 0 there, not when it is next used.
 */
export class CounterRecorder implements CounterObserver {
  readonly #counters: readonly CounterId[];
  readonly #lists: readonly ChangeList[];
  /** By limit, then owner: the lists a change belongs to. Limits that share a counter see each other's changes. */
  readonly #wanted: (ChangeList[] | undefined)[][];

  readonly #fromMs: number;
  readonly #toMs: number;

  constructor(run: Run, counters: readonly CounterId[], fromMs = -Infinity, toMs = Infinity) {
    this.#counters = counters;
    this.#fromMs = fromMs;
    this.#toMs = toMs;
    this.#lists = counters.map(() => new ChangeList(fromMs));
    this.#wanted = run.limits.map(() => []);
    const byKey = groupBy(run.limits.keys(), (i) => at(run.limits, i).limit.counterKey);
    counters.forEach(({ limit, owner }, i) => {
      for (const sharing of byKey.get(at(run.limits, limit).limit.counterKey) ?? []) {
        (at(this.#wanted, sharing)[owner] ??= []).push(at(this.#lists, i));
      }
    });
  }

  taken(limit: number, owner: number, _call: number, atMs: number, used: number): void {
    this.#change(limit, owner, atMs, used);
  }

  returned(limit: number, owner: number, _call: number, atMs: number, used: number): void {
    this.#change(limit, owner, atMs, used);
  }

  expired(limit: number, owner: number, atMs: number, used: number): void {
    this.#change(limit, owner, atMs, used);
  }

  /** What was written, in the order of the counters asked for. */
  finish(): readonly CounterChanges[] {
    return this.#counters.map((id, i) => {
      const { atMs, used, size, grainMs } = at(this.#lists, i);
      return { ...id, atMs, used, size, grainMs };
    });
  }

  #change(limit: number, owner: number, atMs: number, used: number): void {
    const lists = this.#wanted[limit]?.[owner];
    if (lists === undefined || atMs > this.#toMs) return;
    for (const list of lists) {
      // why: of what came before the start, only the last value matters.
      if (atMs < this.#fromMs) list.size = 0;
      list.push(atMs, used);
    }
  }
}
