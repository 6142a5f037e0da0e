/** A stretch of virtual time in ms since the epoch, `fromMs < toMs`. */
export interface Span {
  readonly fromMs: number;
  readonly toMs: number;
}

/** Nothing shorter is shown: calls have whole milliseconds. */
const SHORTEST_MS = 10;
const FIT_MARGIN = 0.06;
const FARTHEST_ZOOM_OUT = 4;

/** Length in ms. */
export function lengthOf(span: Span): number {
  return span.toMs - span.fromMs;
}

/** Horizontal place of an instant in a plot `width` px wide; outside of it for instants outside the span. */
export function xAt(span: Span, width: number, atMs: number): number {
  return ((atMs - span.fromMs) / lengthOf(span)) * width;
}

/** The instant at a horizontal place; inverse of `xAt`. */
export function msAt(span: Span, width: number, x: number): number {
  return span.fromMs + (x / width) * lengthOf(span);
}

/** The span that shows a whole run with a little air; runs of one instant get a second. */
export function fitSpan(firstMs: number, lastMs: number): Span {
  const length = Math.max(lastMs - firstMs, 1);
  if (length < SHORTEST_MS) return { fromMs: firstMs - 500, toMs: firstMs + 500 };
  const margin = Math.max(length * FIT_MARGIN, SHORTEST_MS);
  return { fromMs: firstMs - margin, toMs: lastMs + margin };
}

/** Holds a span near `fit`: not longer than four times it, not shorter than 10 ms, never wholly beside it. */
export function clampSpan(span: Span, fit: Span): Span {
  const fitLength = lengthOf(fit);
  const length = Math.min(Math.max(lengthOf(span), SHORTEST_MS), fitLength * FARTHEST_ZOOM_OUT);
  const overlap = Math.min(length, fitLength) / 4;
  const middle = (span.fromMs + span.toMs) / 2;
  const fromMs = Math.min(Math.max(middle - length / 2, fit.fromMs - length + overlap), fit.toMs - overlap);
  return { fromMs, toMs: fromMs + length };
}

/** Zooms by `factor` (above 1: closer) and keeps `aroundMs` where it is on screen. */
export function zoomSpan(span: Span, factor: number, aroundMs: number): Span {
  const length = Math.max(lengthOf(span) / factor, SHORTEST_MS);
  const share = (aroundMs - span.fromMs) / lengthOf(span);
  const fromMs = aroundMs - share * length;
  return { fromMs, toMs: fromMs + length };
}

/** Moves by a share of the length; positive shows later times. */
export function panSpan(span: Span, share: number): Span {
  const step = lengthOf(span) * share;
  return { fromMs: span.fromMs + step, toMs: span.toMs + step };
}

/**
 * Pans until `atMs` lies between `leftPx` and `rightPx` of a plot `width` px wide; the same object when it does already.
 * A call that was hidden lands at two thirds of that stretch, so that what led to it is in view.
 */
export function spanShowing(span: Span, width: number, atMs: number, leftPx: number, rightPx: number): Span {
  const x = xAt(span, width, atMs);
  if (x >= leftPx && x <= rightPx) return span;
  const target = leftPx + (Math.max(rightPx, leftPx) - leftPx) * (2 / 3);
  return panSpan(span, (x - target) / width);
}
