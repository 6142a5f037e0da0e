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

/** Columns as a chart takes them: left edges in ms, and per outcome the calls from the lane line on, null for none. */
export interface Columns {
  readonly fromMs: readonly number[];
  /** Ends of the columns: approvals are drawn behind what is allowed, hidden behind denied, so that they stand beyond. */
  readonly approval: readonly (number | null)[];
  readonly allow: readonly (number | null)[];
  readonly hidden: readonly (number | null)[];
  readonly deny: readonly (number | null)[];
  readonly highest: number;
  readonly binMs: number;
}

/** The columns that `histogramOf` gives as bars, for a chart that places them itself; those in view only. */
export function columnsOf(data: Bins, span: Span): Columns {
  const binMs = (data.span.toMs - data.span.fromMs) / data.bins;
  const first = Math.max(0, Math.floor((span.fromMs - data.span.fromMs) / binMs));
  const last = Math.min(data.bins - 1, Math.ceil((span.toMs - data.span.fromMs) / binMs));
  const bins = Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => first + i);
  const count = (outcome: number, bin: number): number => data.counts[outcome * data.bins + bin] ?? 0;
  const end = (sign: 1 | -1, near: number, far: number | null) => (bin: number) => {
    const own = count(far ?? near, bin);
    return own === 0 ? null : sign * (own + (far === null ? 0 : count(near, bin)));
  };
  const { allow, deny, approval, hidden } = OUTCOME_CODE;
  const highest = bins.map((bin) =>
    Math.max(count(allow, bin) + count(approval, bin), count(deny, bin) + count(hidden, bin)),
  );
  return {
    fromMs: bins.map((bin) => data.span.fromMs + bin * binMs),
    approval: bins.map(end(1, allow, approval)),
    allow: bins.map(end(1, allow, null)),
    hidden: bins.map(end(-1, deny, hidden)),
    deny: bins.map(end(-1, deny, null)),
    highest: highest.reduce((most, one) => Math.max(most, one), 1),
    binMs,
  };
}
