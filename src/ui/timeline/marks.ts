import { OUTCOME_CODE } from '../../core/simulator/columns.ts';
import { xAt, type Span } from './time-span.ts';

/** Calls of one lane with exact times, in order of time; columns of equal length. */
export interface LaneMarks {
  readonly call: Uint32Array;
  readonly atMs: Float64Array;
  readonly outcome: Uint8Array;
}

/** Marks stand for single calls only while they are at least this far apart. */
const MARK_GAP_PX = 4;
const ROUNDING_PX = 0.01;
/** Calls of one instant and outcome that are drawn on top of one another; more make a density. */
const HIGHEST_STACK = 3;

/** A call on screen: `level` counts calls of the same outcome at the same instant from 0, `of` is how many there are. */
export interface Mark {
  readonly call: number;
  readonly x: number;
  readonly outcome: number;
  readonly level: number;
  readonly of: number;
}

/**
 * Marks in view, or null when any two of one outcome at different times would be closer than 4 px, or more than three
 * share an instant. Calls of different outcomes never meet: they have places of their own.
 */
export function placeMarks(marks: LaneMarks, span: Span, width: number): Mark[] | null {
  const placed: Mark[] = [];
  const last = [-Infinity, -Infinity, -Infinity, -Infinity];
  const open: number[][] = [[], [], [], []];
  const close = (outcome: number): void => {
    const stack = open[outcome] ?? [];
    for (const index of stack) {
      const mark = placed[index];
      if (mark !== undefined) placed[index] = { ...mark, of: stack.length };
    }
    open[outcome] = [];
  };
  for (let i = 0; i < marks.call.length; i++) {
    const x = xAt(span, width, marks.atMs[i] ?? 0);
    if (x < -MARK_GAP_PX || x > width + MARK_GAP_PX) continue;
    const outcome = marks.outcome[i] ?? 0;
    const gap = x - (last[outcome] ?? -Infinity);
    if (gap > 0 && gap < MARK_GAP_PX - ROUNDING_PX) return null;
    if (gap > 0) close(outcome);
    const stack = open[outcome] ?? [];
    if (stack.length === HIGHEST_STACK) return null;
    placed.push({ call: marks.call[i] ?? 0, x, outcome, level: stack.length, of: 1 });
    stack.push(placed.length - 1);
    last[outcome] = x;
  }
  for (const outcome of open.keys()) close(outcome);
  return placed;
}

/** Outcomes drawn above the lane line; the others stand below, approvals on it. */
export function isAbove(outcome: number): boolean {
  return outcome === OUTCOME_CODE.allow;
}

/**
 * The mark under a pointer: nearest in x among those at most `reachPx` away, of the half (`above`) that was hit when
 * there is one there. Null when none is near.
 */
export function markAt(marks: readonly Mark[], x: number, above: boolean, reachPx: number): Mark | null {
  let best: Mark | null = null;
  let bestScore = Infinity;
  for (const mark of marks) {
    const distance = Math.abs(mark.x - x);
    if (distance > reachPx) continue;
    const score = distance + (isAbove(mark.outcome) === above ? 0 : reachPx);
    if (score < bestScore) [best, bestScore] = [mark, score];
  }
  return best;
}
