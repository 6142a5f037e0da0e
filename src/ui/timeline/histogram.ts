import { OUTCOME_CODE } from '../../core/simulator/columns.ts';
import { xAt, type Span } from './time-span.ts';

/** Counts per bin of one lane: `counts[outcome * bins + bin]`, bins of equal length over `span`. */
export interface Bins {
  readonly span: Span;
  readonly bins: number;
  readonly counts: Uint32Array;
}

/** One outcome's part of a column; `y0` and `y1` are calls from the lane line, up positive. */
export interface Bar {
  readonly x: number;
  readonly width: number;
  readonly outcome: number;
  readonly y0: number;
  readonly y1: number;
}

export interface Histogram {
  readonly bars: readonly Bar[];
  /** Calls of the highest column, above or below; the scale of both. At least 1. */
  readonly highest: number;
  /** Length of time of one column, in ms. */
  readonly binMs: number;
}

const UP = [OUTCOME_CODE.allow, OUTCOME_CODE.approval];
const DOWN = [OUTCOME_CODE.deny, OUTCOME_CODE.hidden];

/** Mirrored columns of what is in view: allowed, then approvals upwards; denied, then hidden downwards; one scale. */
export function histogramOf(data: Bins, span: Span, width: number): Histogram {
  const binMs = (data.span.toMs - data.span.fromMs) / data.bins;
  const bars: Bar[] = [];
  let highest = 1;
  for (let bin = 0; bin < data.bins; bin++) {
    const x = xAt(span, width, data.span.fromMs + bin * binMs);
    const right = xAt(span, width, data.span.fromMs + (bin + 1) * binMs);
    if (right < 0 || x > width) continue;
    for (const [outcomes, sign] of [
      [UP, 1],
      [DOWN, -1],
    ] as const) {
      let sum = 0;
      for (const outcome of outcomes) {
        const count = data.counts[outcome * data.bins + bin] ?? 0;
        if (count === 0) continue;
        bars.push({ x, width: right - x, outcome, y0: sign * sum, y1: sign * (sum + count) });
        sum += count;
      }
      highest = Math.max(highest, sum);
    }
  }
  return { bars, highest, binMs };
}
