import { lowerBound } from './call-list.ts';
import { ChangeList, type Changes } from './change-list.ts';
import { stepsInView } from './counter-tracks.ts';
import { entry } from './entry.ts';
import type { Pass } from './pass.ts';
import { MOMENT_MS, type TicketValidity } from './ticket-validity.ts';
import type { TicketTrack, View } from './timeline.ts';

/** A pass to be shown `from … to` of all issues and expiries. */
export interface ValidPass extends Pass<Changes> {
  readonly from: number;
  readonly to: number;
}

/**
 * Collects how many tickets are valid from each moment on at which one is issued or expires, at `fromMs` ≤ t < `toMs`,
 * and before that what was valid then. What happens at one moment is one change.
 */
export function validPass(
  { startsMs, endsMs }: Pick<TicketValidity, 'startsMs' | 'endsMs'>,
  fromMs: number,
  toMs: number,
): ValidPass {
  const before = (column: Float64Array, atMs: number): number => lowerBound(column, column.length, atMs);
  let started = before(startsMs, fromMs);
  let ended = before(endsMs, fromMs);
  const from = started + ended;
  const to = before(startsMs, toMs) + before(endsMs, toMs);
  const changes = new ChangeList(fromMs);
  if (from > 0) changes.push(fromMs - 1, started - ended);
  const add = (_: number, end: number): void => {
    while (started + ended < end) {
      const atMs = Math.min(startsMs[started] ?? Infinity, endsMs[ended] ?? Infinity);
      while ((startsMs[started] ?? Infinity) < atMs + MOMENT_MS) started++;
      while ((endsMs[ended] ?? Infinity) < atMs + MOMENT_MS) ended++;
      changes.push(atMs, started - ended);
    }
  };
  return { from, to, add, finish: () => changes };
}

/** The most tickets valid at once among changes. */
export function mostValid({ used, size }: Changes): number {
  let most = 0;
  for (let i = 0; i < size; i++) most = Math.max(most, entry(used, i));
  return most;
}

/** The step line of valid tickets in view, `most` being their highest number in the whole run. */
export function drawTickets(changes: Changes, most: number, view: View): TicketTrack {
  return { ...stepsInView(changes, view), most };
}
