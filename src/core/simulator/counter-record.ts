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

/** The counters that most calls met, in the order of limits and owners. Limits that count nothing are left out. */
export function busiestCounters(run: Run, tally: readonly TallyEntry[]): readonly CounterId[] {
  const owners = limitOwners(run);
  const met = new Map<string, { id: CounterId; calls: number }>();
  for (const entry of tally) {
    const decided = at(run.deciders, entry.decider).limit;
    if (entry.outcome !== OUTCOME_CODE.allow && decided < 0) continue;
    for (const limit of owners.limitsOf(entry.tool)) {
      if (!at(run.limits, limit).limit.counts) continue;
      const id = { limit, owner: owners.ownerOf(limit, entry.caller) };
      const key = `${limit} ${id.owner}`;
      met.set(key, { id, calls: (met.get(key)?.calls ?? 0) + entry.calls });
    }
  }
  const busiest = [...met.values()].sort((a, b) => b.calls - a.calls).slice(0, MAX_COUNTERS);
  return busiest.map(({ id }) => id).sort((a, b) => a.limit - b.limit || a.owner - b.owner);
}

/** Changes of one counter, in order of time: it held `used[i]` from `atMs[i]` on. */
export interface CounterChanges extends CounterId {
  readonly atMs: Float64Array;
  readonly used: Float64Array;
  readonly size: number;
  /**
   * 0 while all changes are kept; else, of those in any stretch of so many ms, only first, lowest, highest and last are.
   */
  readonly grainMs: number;
}

/** Changes kept of one counter. */
export const MAX_CHANGES = 131_072;
/** Stretches that changes are thinned in, of equal length: with four changes each they fill half the list. */
const GRAINS = MAX_CHANGES / 8;
/** Shortest stretch; shorter ones would part what happens at one instant. */
const LEAST_GRAIN_MS = 0.001;

/**
 * A list of changes that grows to `MAX_CHANGES`; then it is thinned evenly over its time.
 * why: thinning neighbours in the list would leave least of what was thinned most often, the beginning of a run.
 */
class Changes {
  atMs = new Float64Array(64);
  used = new Float64Array(64);
  size = 0;
  grainMs = 0;
  readonly #fromMs: number;

  constructor(fromMs: number) {
    this.#fromMs = fromMs;
  }

  push(atMs: number, used: number): void {
    if (this.size === MAX_CHANGES) this.#thin();
    else if (this.size === this.atMs.length) this.#grow();
    this.atMs[this.size] = atMs;
    this.used[this.size++] = used;
  }

  #grow(): void {
    const { atMs, used, size } = this;
    this.atMs = new Float64Array(2 * size);
    this.used = new Float64Array(2 * size);
    this.atMs.set(atMs);
    this.used.set(used);
  }

  #thin(): void {
    const { atMs, used, size } = this;
    // why: one change may lie before the time looked at, and far before it.
    const startMs = Math.max(atMs[0] ?? 0, this.#fromMs);
    const grainMs = Math.max(((atMs[size - 1] ?? 0) - startMs) / GRAINS, LEAST_GRAIN_MS);
    const grainOf = (i: number): number => Math.floor(((atMs[i] ?? 0) - startMs) / grainMs);
    this.grainMs = grainMs;
    this.size = 0;
    for (let from = 0; from < size;) {
      const grain = grainOf(from);
      let to = from + 1;
      while (to < size && grainOf(to) === grain) to++;
      for (const i of extremesOf(used, from, to)) {
        atMs[this.size] = atMs[i] ?? 0;
        used[this.size++] = used[i] ?? 0;
      }
      from = to;
    }
  }
}

/** Indices of the first, lowest, highest and last value of `from … to`, ascending, without repeats. */
export function extremesOf(values: Float64Array, from: number, to: number): number[] {
  let [low, high] = [from, from];
  for (let i = from + 1; i < to; i++) {
    const now = values[i] ?? 0;
    if (now < (values[low] ?? 0)) low = i;
    if (now > (values[high] ?? 0)) high = i;
  }
  return [...new Set([from, low, high, to - 1])].sort((a, b) => a - b);
}

/**
 * Writes down every change of some counters between two times while a run is replayed, and what they held at the start.
 * A window's end is a change of its own: the counter falls to 0 there, not when it is next used.
 */
export class CounterRecorder implements CounterObserver {
  readonly #counters: readonly CounterId[];
  readonly #lists: readonly Changes[];
  /** By limit, then owner: the lists a change belongs to. Limits that share a counter see each other's changes. */
  readonly #wanted: (Changes[] | undefined)[][];

  readonly #fromMs: number;
  readonly #toMs: number;

  constructor(run: Run, counters: readonly CounterId[], fromMs = -Infinity, toMs = Infinity) {
    this.#counters = counters;
    this.#fromMs = fromMs;
    this.#toMs = toMs;
    this.#lists = counters.map(() => new Changes(fromMs));
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
