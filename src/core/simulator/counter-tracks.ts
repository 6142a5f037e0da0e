import { lowerBound } from './call-list.ts';
import { type Changes, extremesOf } from './change-list.ts';
import type { CounterChanges } from './counter-record.ts';
import { entry } from './entry.ts';
import type { Run } from './run.ts';
import { binOf, type TimelineCounter, type View } from './timeline.ts';

/** Points kept of one bin: the first, the lowest, the highest and the last change in it. */
const POINTS_A_BIN = 4;

/** Whether changes that may be thinned still show everything at this zoom: no bin is shorter than what they keep apart. */
export function isFineEnough({ grainMs }: Changes, view: View): boolean {
  return grainMs <= (view.toMs - view.fromMs) / view.bins;
}

/** The step line of one counter in view; see `stepsInView`. */
export function drawCounter(run: Run, changes: CounterChanges, view: View): TimelineCounter {
  const { limit, tool, owners } = entry(run.limits, changes.limit);
  return {
    counter: limit.counter,
    rule: limit.rule,
    pointer: limit.pointer,
    owner: owners[changes.owner] ?? '',
    tool: tool ?? '',
    max: limit.max,
    windowMs: limit.windowMs,
    ...stepsInView(changes, view),
  };
}

/**
 * The step line of a number in view. It starts at `fromMs` with what the number was then, 0 before its first change. A
 * fall is an edge: the value before and the value after stand at the same time. Bins with many changes keep their
 * extremes, so no peak is lost.
 */
export function stepsInView(
  changes: Changes,
  view: View,
): { readonly atMs: Float64Array; readonly used: Float64Array } {
  const points = pointsInView(changes, view);
  return { atMs: Float64Array.from(points.atMs), used: Float64Array.from(points.used) };
}

interface Points {
  readonly atMs: number[];
  readonly used: number[];
}

function pointsInView(changes: Changes, view: View): Points {
  const { atMs, used, size } = changes;
  const first = lowerBound(atMs, size, view.fromMs);
  const points: Points = { atMs: [view.fromMs], used: [first === 0 ? 0 : (used[first - 1] ?? 0)] };
  for (let from = first; from < size && (atMs[from] ?? 0) < view.toMs;) {
    const bin = binOf(view, atMs[from] ?? 0);
    let to = from + 1;
    while (to < size && (atMs[to] ?? 0) < view.toMs && binOf(view, atMs[to] ?? 0) === bin) to++;
    drawBin(changes, from, to, points);
    from = to;
  }
  return points;
}

/** Adds the changes `from … to` of one bin: all of them with their edges, or else first, lowest, highest and last. */
function drawBin(changes: Changes, from: number, to: number, points: Points): void {
  const { atMs, used } = changes;
  const drawn: Points = { atMs: [], used: [] };
  let before = points.used.at(-1) ?? 0;
  for (let i = from; i < to && drawn.atMs.length <= POINTS_A_BIN; i++) {
    const now = used[i] ?? 0;
    if (now < before) add(drawn, atMs[i] ?? 0, before);
    add(drawn, atMs[i] ?? 0, now);
    before = now;
  }
  const shown = drawn.atMs.length <= POINTS_A_BIN ? drawn : extremes(changes, from, to);
  points.atMs.push(...shown.atMs);
  points.used.push(...shown.used);
}

function extremes({ atMs, used }: Changes, from: number, to: number): Points {
  const shown = extremesOf(used, from, to);
  return { atMs: shown.map((i) => atMs[i] ?? 0), used: shown.map((i) => used[i] ?? 0) };
}

function add(points: Points, atMs: number, used: number): void {
  points.atMs.push(atMs);
  points.used.push(used);
}
