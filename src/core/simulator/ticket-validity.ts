import { numberOf } from '../upstream/arguments.ts';
import { DEFAULT_VALIDITY_SECONDS } from '../upstream/ticket-claims.ts';
import { lowerBound } from './call-list.ts';
import { entry } from './entry.ts';
import type { Pass } from './pass.ts';
import type { Run } from './run.ts';

/** When the tickets of a run are valid, times in ms. */
export interface TicketValidity {
  /** By ticket: its `exp`. */
  readonly expiresMs: Float64Array;
  /** Issue of the tickets that ever were valid, ascending. */
  readonly startsMs: Float64Array;
  /** Expiries of those tickets, ascending. */
  readonly endsMs: Float64Array;
}

/**
 * Times that lie closer together are one moment.
 * why: half a microsecond is between any two times, which are whole milliseconds or short fractions of a second.
 */
export const MOMENT_MS = 0.0005;

/** Collects when tickets are valid. `add` takes positions in `calls`, the calls that got a ticket. */
export function validityPass(run: Run, calls: Uint32Array): Pass<TicketValidity> {
  const { columns, table } = run;
  const expiresMs = new Float64Array(calls.length);
  const startsMs = new Float64Array(calls.length);
  const endsMs = new Float64Array(calls.length);
  // why: making arguments takes longer than all else here, and calls share them.
  const seconds: (number | undefined)[] = [];
  const secondsOf = (id: number): number =>
    (seconds[id] ??= numberOf(table.argsAt(id), 'validitySeconds') ?? DEFAULT_VALIDITY_SECONDS);
  let lived = 0;
  let inOrder = true;
  const add = (from: number, to: number): void => {
    for (let i = from; i < to; i++) {
      const call = entry(calls, i);
      const issuedMs = entry(columns.atMs, call);
      const endMs = 1000 * (Math.floor(issuedMs / 1000) + secondsOf(entry(columns.args, call)));
      expiresMs[i] = endMs;
      if (endMs <= issuedMs) continue;
      if (lived > 0 && endMs < entry(endsMs, lived - 1)) inOrder = false;
      startsMs[lived] = issuedMs;
      endsMs[lived++] = endMs;
    }
  };
  const finish = (): TicketValidity => {
    const ends = endsMs.subarray(0, lived);
    // why: tickets of one length end in the order of their issue, and sorting millions takes long.
    return { expiresMs, startsMs: startsMs.subarray(0, lived), endsMs: inOrder ? ends : ends.sort() };
  };
  return { add, finish };
}

/** Tickets valid at a moment: issued at or before it, and `exp` after it. */
export function validAt({ startsMs, endsMs }: Pick<TicketValidity, 'startsMs' | 'endsMs'>, atMs: number): number {
  return reached(startsMs, atMs) - reached(endsMs, atMs);
}

/** How many of an ascending column are at or before a moment. */
function reached(column: Float64Array, atMs: number): number {
  return lowerBound(column, column.length, atMs + MOMENT_MS);
}
