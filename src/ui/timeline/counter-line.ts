import { xAt, type Span } from './time-span.ts';

/** Value `used[i]` holds from `atMs[i]` until the next; 0 before the first. */
export interface Steps {
  readonly atMs: Float64Array;
  readonly used: Float64Array;
}

export interface Point {
  readonly x: number;
  readonly value: number;
}

/** Last index with `atMs[i] <= ms`, or -1. `atMs` ascends. */
export function indexAt(atMs: Float64Array, ms: number): number {
  let low = 0;
  let high = atMs.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((atMs[middle] ?? 0) <= ms) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** What the counter holds at an instant. */
export function valueAt(steps: Steps, ms: number): number {
  return steps.used[indexAt(steps.atMs, ms)] ?? 0;
}

/**
 * Corners of the step line from the left edge of the plot to the right one: levels are flat, changes are two corners at
 * one x, so the line is never a slope.
 */
export function stepCorners(steps: Steps, span: Span, width: number): Point[] {
  let value = valueAt(steps, span.fromMs);
  const corners: Point[] = [{ x: 0, value }];
  for (let i = indexAt(steps.atMs, span.fromMs) + 1; i < steps.atMs.length; i++) {
    const atMs = steps.atMs[i] ?? 0;
    if (atMs > span.toMs) break;
    const x = xAt(span, width, atMs);
    const next = steps.used[i] ?? 0;
    if (next === value) continue;
    corners.push({ x, value }, { x, value: next });
    value = next;
  }
  corners.push({ x: width, value });
  return corners;
}
