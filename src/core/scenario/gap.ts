/**
 * What happens to an agent's clock between two calls: it moves `addMs` on, then to `notBeforeMs` if that is later.
 * Any run of waits comes to one gap, and so does any number of repeats of it.
 */
export interface Gap {
  readonly addMs: number;
  readonly notBeforeMs: number;
}

/** Nothing happens: the clock stays. */
export const NO_GAP: Gap = { addMs: 0, notBeforeMs: -Infinity };

/** The clock after a gap. */
export function afterGap(clockMs: number, gap: Gap): number {
  return Math.max(clockMs + gap.addMs, gap.notBeforeMs);
}

/** One gap for `first`, then `second`. */
export function joinGaps(first: Gap, second: Gap): Gap {
  return {
    addMs: first.addMs + second.addMs,
    notBeforeMs: Math.max(first.notBeforeMs + second.addMs, second.notBeforeMs),
  };
}

/** One gap for `count` times the same gap, `count` at least 1. */
export function repeatGap(gap: Gap, count: number): Gap {
  // why: after the first time every `notBeforeMs` in it is past, so each later time only adds.
  return { addMs: gap.addMs * count, notBeforeMs: gap.notBeforeMs + gap.addMs * (count - 1) };
}
