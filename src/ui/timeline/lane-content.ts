import type { Timeline, TimelineLane } from '../../../workers/engine-api.ts';
import type { LaneContent } from './draw-lane.ts';
import { histogramOf } from './histogram.ts';
import { placeMarks, type Mark } from './marks.ts';
import { flatMarks } from './merge-lanes.ts';
import { captionsFor, stretchesOf } from './run-captions.ts';
import type { Span } from './time-span.ts';

/** Room that marks are drawn for when nothing stands near them, in px. */
const WIDEST_GAP_PX = 12;

/** Smallest distance between two marks of one outcome at different times. */
function smallestGap(marks: readonly Mark[]): number {
  const last = [-Infinity, -Infinity, -Infinity, -Infinity];
  let gap = WIDEST_GAP_PX;
  for (const { outcome, x } of marks) {
    const distance = x - (last[outcome] ?? -Infinity);
    if (distance > 0) gap = Math.min(gap, distance);
    last[outcome] = x;
  }
  return gap;
}

/** Instants the answer tells everything about: its own span, or all of time when it holds the whole run. */
function knownSpan(timeline: Timeline, run: Span): Span {
  return {
    fromMs: timeline.fromMs <= run.fromMs ? -Infinity : timeline.fromMs,
    toMs: timeline.toMs >= run.toMs ? Infinity : timeline.toMs,
  };
}

/**
 * What to draw in a lane: marks with captions while they keep 4 px apart and `marks` is wanted, else columns. `flat`:
 * one mark stands for all calls of an instant that came out alike. `run` is first and last call of the run; `reason`
 * gives words for all refusals of an outcome, or nothing.
 */
export function laneContent(
  lane: TimelineLane,
  timeline: Timeline,
  view: {
    readonly span: Span;
    readonly width: number;
    readonly marks: boolean;
    readonly lines: readonly number[];
    readonly flat?: boolean;
  },
  run: Span,
  reason: (outcome: number) => string,
): LaneContent {
  const shown = lane.marks !== null && view.flat === true ? flatMarks(lane.marks) : lane.marks;
  const marks = view.marks && shown !== null ? placeMarks(shown, view.span, view.width) : null;
  if (marks === null || lane.marks === null) {
    const data = { span: timeline, bins: timeline.bins, counts: lane.counts };
    return { kind: 'density', histogram: histogramOf(data, view.span, view.width) };
  }
  const stretches = stretchesOf(lane.marks, knownSpan(timeline, run));
  const captions = captionsFor(stretches, view.span, view.width, reason, view.lines);
  return { kind: 'marks', marks, captions, gap: smallestGap(marks) };
}
