import { windowStart } from '../engine/window.ts';
import { entry } from './entry.ts';
import { limitOwners, type LimitOwners } from './limit-owners.ts';
import type { CounterObserver, Run } from './run.ts';

/**
 * One window of one counter: the most that was used of `max` at one time, and how many calls the limit denied in it. For
 * sliding windows, which have no start of their own, one row an owner stands for the whole run.
 */
export interface CounterSummary {
  readonly counter: string;
  readonly rule: string;
  readonly pointer: string;
  readonly owner: string;
  readonly windowStartMs: number;
  readonly windowEndMs: number;
  readonly used: number;
  readonly max: number;
  readonly denied: number;
}

/** The rows of a summary, those with most denials first, then the fullest, then the earliest. */
export interface CounterRows {
  readonly rows: readonly CounterSummary[];
  /** Windows beyond those listed. */
  readonly more: number;
}

/** Rows listed. */
export const MAX_ROWS = 200;
/** Rows kept before the last ones are dropped. */
const KEPT_ROWS = 20 * MAX_ROWS;

interface OpenWindow {
  readonly limit: number;
  readonly owner: number;
  readonly startMs: number;
  readonly endMs: number;
  /** The most used at one time in the window that ends where this one starts. */
  readonly usedBefore: number;
  used: number;
  denied: number;
}

/**
 * Collects the windows of all counters while a run is replayed. Denials are read from the run's columns, in step with
 * what the replay reports. Keeps one open window a counter and a bounded list of finished ones.
 */
export class CounterWindows implements CounterObserver {
  readonly #run: Run;
  readonly #owners: LimitOwners;
  /** By decider: the limit it is, or -1. */
  readonly #limitOf: Int32Array;
  /** By limit, then owner. */
  readonly #open: OpenWindow[][];
  #rows: CounterSummary[] = [];
  #finished = 0;
  readonly #overfull = new Set<number>();
  /** Calls whose denial has been looked at. */
  #read = 0;

  constructor(run: Run) {
    this.#run = run;
    this.#owners = limitOwners(run);
    this.#limitOf = Int32Array.from(run.deciders, ({ limit }) => limit);
    this.#open = run.limits.map(() => []);
  }

  taken(limit: number, owner: number, call: number, _atMs: number, used: number, startMs: number, endMs: number): void {
    this.#readDenials(call);
    const window = this.#windowAt(limit, owner, startMs, endMs);
    if (used > window.used) window.used = used;
  }

  /** The rows; call once, after the replay. */
  finish(): CounterRows {
    this.#readDenials(this.#run.columns.count);
    for (const windows of this.#open) for (const window of Object.values(windows)) this.#close(window);
    const rows = this.#rows.sort(byWeight).slice(0, MAX_ROWS);
    return { rows, more: this.#finished - rows.length };
  }

  /**
   * Limits, as indices into `Run.limits`, where some owner used more than `max` in two calendar windows on end: only
   * those can let more than `max` through within one length of their window. Complete after `finish`.
   */
  get overfull(): ReadonlySet<number> {
    return this.#overfull;
  }

  #readDenials(until: number): void {
    const { decider, caller, atMs } = this.#run.columns;
    const limitOf = this.#limitOf;
    for (let call = this.#read; call < until; call++) {
      const limit = limitOf[decider[call]!]!;
      if (limit >= 0) this.#deny(limit, caller[call]!, atMs[call]!);
    }
    this.#read = Math.max(this.#read, until);
  }

  #deny(limit: number, caller: number, atMs: number): void {
    const owner = this.#owners.ownerOf(limit, caller);
    const open = this.#open[limit]![owner];
    const { windows } = this.#run;
    if (open !== undefined && (windows === 'sliding' || atMs < open.endMs)) {
      open.denied++;
      return;
    }
    const { windowMs } = entry(this.#run.limits, limit).limit;
    const startMs = windows === 'anchored' ? atMs : windowStart(atMs, windowMs);
    this.#windowAt(limit, owner, startMs, startMs + windowMs).denied++;
  }

  /** The open window of a counter; closes the one before when another has begun. */
  #windowAt(limit: number, owner: number, startMs: number, endMs: number): OpenWindow {
    const windows = entry(this.#open, limit);
    const open = windows[owner];
    const same = open !== undefined && (this.#run.windows === 'sliding' || open.startMs === startMs);
    if (same) return open;
    if (open !== undefined) this.#close(open);
    const usedBefore = open?.endMs === startMs ? open.used : 0;
    const window: OpenWindow = { limit, owner, startMs, endMs, usedBefore, used: 0, denied: 0 };
    windows[owner] = window;
    return window;
  }

  #close(window: OpenWindow): void {
    const { limit, owners } = entry(this.#run.limits, window.limit);
    const { atMs, count } = this.#run.columns;
    const sliding = this.#run.windows === 'sliding';
    if (window.usedBefore + window.used > limit.max) this.#overfull.add(window.limit);
    this.#rows.push({
      counter: limit.counter,
      rule: limit.rule,
      pointer: limit.pointer,
      owner: owners[window.owner] ?? '',
      windowStartMs: sliding ? (atMs[0] ?? 0) : window.startMs,
      windowEndMs: sliding ? (atMs[count - 1] ?? 0) : window.endMs,
      used: window.used,
      max: limit.max,
      denied: window.denied,
    });
    this.#finished++;
    if (this.#rows.length > KEPT_ROWS) this.#rows = this.#rows.sort(byWeight).slice(0, MAX_ROWS);
  }
}

function byWeight(a: CounterSummary, b: CounterSummary): number {
  return b.denied - a.denied || fullness(b) - fullness(a) || a.windowStartMs - b.windowStartMs;
}

function fullness({ used, max }: CounterSummary): number {
  return max > 0 ? used / max : 1;
}
