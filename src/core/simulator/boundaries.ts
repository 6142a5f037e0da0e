import { entry as at } from './entry.ts';
import type { Run } from './run.ts';
import type { TallyEntry } from './tally.ts';
import type { TimelineBoundary, View } from './timeline.ts';

/** Boundaries sent for one view. */
export const MAX_BOUNDARIES = 200;

const CALENDAR = [
  { windowMs: 60_000, name: 'minute' },
  { windowMs: 3_600_000, name: 'hour' },
  { windowMs: 86_400_000, name: 'day' },
] as const;

/** Lengths of the windows that limits on called tools use, ascending; empty unless windows follow the calendar. */
export function windowsInUse(run: Run, tally: readonly TallyEntry[]): number[] {
  if (run.windows !== 'calendar') return [];
  const called = new Set(tally.map((entry) => at(run.table.tools, entry.tool)));
  const used = run.limits.filter(({ tool }) => (tool === null ? called.size > 0 : called.has(tool)));
  return [...new Set(used.map(({ limit }) => limit.windowMs))].sort((a, b) => a - b);
}

/**
 * Boundaries in view of windows of these lengths, ascending in time. When more than `MAX_BOUNDARIES` would come back,
 * shorter windows are left out first, so that only those are shown at which an hour or a day starts too; the longest is
 * then shown at every n-th only.
 */
export function findBoundaries(windows: readonly number[], view: View): TimelineBoundary[] {
  const starts = CALENDAR.map(({ windowMs }) => windowMs).filter((unit) => windows.some((w) => unit % w === 0));
  let drawn = [...new Set([...windows, ...starts])].sort((a, b) => a - b);
  const countAll = (): number => drawn.reduce((sum, windowMs) => sum + countBoundaries(windowMs, view), 0);
  while (drawn.length > 1 && countAll() > MAX_BOUNDARIES) drawn = drawn.slice(1);
  const every = Math.max(1, Math.ceil(countAll() / MAX_BOUNDARIES));
  const times = new Set<number>();
  for (const windowMs of drawn) {
    const stepMs = windowMs * every;
    for (let at = Math.ceil(view.fromMs / stepMs) * stepMs; at < view.toMs; at += stepMs) times.add(at);
  }
  return [...times].sort((a, b) => a - b).map((atMs) => ({ atMs, starts: nameStarts(atMs, windows) }));
}

function countBoundaries(windowMs: number, view: View): number {
  return Math.ceil(view.toMs / windowMs) - Math.ceil(view.fromMs / windowMs);
}

/** Everything that starts at a boundary: units of the calendar from the shortest in use on, and windows of other lengths. */
function nameStarts(atMs: number, windows: readonly number[]): string[] {
  const shortest = windows[0] ?? 0;
  const units = CALENDAR.filter((unit) => unit.windowMs >= shortest && atMs % unit.windowMs === 0);
  const others = windows.filter((w) => atMs % w === 0 && CALENDAR.every((unit) => unit.windowMs !== w));
  return [...units.map((unit) => unit.name), ...others.map((w) => `every ${w / 1000} s`)];
}
