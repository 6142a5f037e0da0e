import { formatCount } from '../kit/format-number.ts';
import { CHARACTER_PX } from './time-ticks.ts';
import { isAbove, type LaneMarks } from './marks.ts';
import { xAt, type Span } from './time-span.ts';

/** A stretch of calls with one outcome, times in ms since the epoch; `cut` when it may go on where nothing is known. */
export interface Stretch {
  readonly outcome: number;
  readonly count: number;
  readonly fromMs: number;
  readonly toMs: number;
  readonly cut: boolean;
}

/** A caption at `x`, the left edge of its text. */
export interface Caption {
  readonly x: number;
  readonly outcome: number;
  readonly text: string;
}

const WORDS = ['allowed', 'denied', 'approval', 'hidden'] as const;
/** A pause this many times the usual one ends a stretch. */
const PAUSE = 3;
const SMALLEST = 2;
const GAP_PX = 8;

function usualGap(times: readonly number[]): number {
  const gaps = times
    .slice(1)
    .map((ms, i) => ms - (times[i] ?? ms))
    .filter((gap) => gap > 0);
  gaps.sort((a, b) => a - b);
  return gaps[Math.floor(gaps.length / 2)] ?? 0;
}

/**
 * Runs of equal outcomes: the calls of each outcome, parted where they pause for more than three times the usual gap.
 * Calls of other outcomes in between do not part a run, since several agents share a lane. `marks` hold all calls within
 * `known`. In order of outcome, then time.
 */
export function stretchesOf(marks: LaneMarks, known: Span): Stretch[] {
  const found: Stretch[] = [];
  for (const outcome of WORDS.keys()) {
    const times = [...marks.atMs].filter((_, i) => marks.outcome[i] === outcome);
    const pause = usualGap(times) * PAUSE;
    let start = 0;
    for (let i = 1; i <= times.length; i++) {
      const ends = i === times.length || (times[i] ?? 0) - (times[i - 1] ?? 0) > pause;
      if (!ends) continue;
      const [fromMs, toMs] = [times[start] ?? 0, times[i - 1] ?? 0];
      const cut = fromMs - known.fromMs <= pause || known.toMs - toMs <= pause;
      found.push({ outcome, count: i - start, fromMs, toMs, cut });
      start = i;
    }
  }
  return found;
}

/** The place for a text at or near `start` that no line runs through: before the line where there is room, else behind. */
function clearOf(lines: readonly number[], start: number, textPx: number): number {
  const line = lines.find((one) => one > start - GAP_PX && one < start + textPx + GAP_PX);
  if (line === undefined) return start;
  const before = line - GAP_PX - textPx;
  return before >= 4 && start - before < textPx && line - start >= GAP_PX ? before : line + GAP_PX;
}

/**
 * Captions of the runs in view: `20 denied`, or `10 denied, not in tools` where `reason` gives words for an outcome.
 * Above and below the lane line they never overlap; longer runs win. A run that began before the view is named at its
 * edge, one of unknown length is not, and one at the right edge is named before it. A caption keeps clear of the
 * boundaries at `lines`, in px.
 */
export function captionsFor(
  stretches: readonly Stretch[],
  span: Span,
  width: number,
  reason: (outcome: number) => string = () => '',
  lines: readonly number[] = [],
): Caption[] {
  const taken: { above: boolean; from: number; to: number }[] = [];
  const captions: Caption[] = [];
  for (const stretch of [...stretches].sort((a, b) => b.count - a.count)) {
    if (stretch.cut || stretch.count < SMALLEST || stretch.toMs < span.fromMs || stretch.fromMs > span.toMs) continue;
    const why = reason(stretch.outcome);
    const text = `${formatCount(stretch.count)} ${WORDS[stretch.outcome] ?? ''}${why === '' ? '' : `, ${why}`}`;
    const textPx = text.length * CHARACTER_PX;
    const start = Math.max(4, xAt(span, width, stretch.fromMs) - 1);
    const x = clearOf(lines, start + textPx > width ? start - GAP_PX - textPx : start, textPx);
    const to = x + textPx + GAP_PX;
    const above = isAbove(stretch.outcome);
    if (x < 4 || to - GAP_PX > width) continue;
    if (taken.some((one) => one.above === above && x < one.to && to > one.from)) continue;
    taken.push({ above, from: x, to });
    captions.push({ x, outcome: stretch.outcome, text });
  }
  return captions.sort((a, b) => a.x - b.x);
}
