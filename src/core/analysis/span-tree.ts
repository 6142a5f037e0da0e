/** A stretch of virtual time that a window covers, within the span looked at; `times`: how many like it stand side by side. */
export interface SpanNode {
  /** Index into the window lengths; -1 for the whole span. */
  readonly level: number;
  readonly fromMs: number;
  readonly times: number;
  readonly children: readonly SpanNode[];
}

/**
 * The windows that a span `[fromMs, toMs)` touches, as a tree. `lengths` are window lengths in ms, the shortest first, each
 * a divisor of the next. Full windows side by side are one node, unless `apart`, which gives every window a node of its own.
 */
export function spanTree(lengths: readonly number[], fromMs: number, toMs: number, apart = false): SpanNode {
  return { level: -1, fromMs, times: 1, children: childrenOf(lengths, lengths.length - 1, fromMs, toMs, apart) };
}

function childrenOf(
  lengths: readonly number[],
  level: number,
  fromMs: number,
  toMs: number,
  apart: boolean,
): readonly SpanNode[] {
  const length = lengths[level];
  if (length === undefined) return [];
  const first = Math.floor(fromMs / length);
  const last = Math.floor((toMs - 1) / length);
  const node = (window: number, times: number): SpanNode => {
    const from = Math.max(fromMs, window * length);
    const to = Math.min(toMs, (window + 1) * length);
    return { level, fromMs: from, times, children: childrenOf(lengths, level - 1, from, to, apart) };
  };
  if (apart) return Array.from({ length: last - first + 1 }, (_, index) => node(first + index, 1));
  // why: a window of the shortest length takes as much in its last millisecond as in all of it.
  if (level === 0) return [node(first, last - first + 1)];
  if (last - first < 2) return first === last ? [node(first, 1)] : [node(first, 1), node(last, 1)];
  return [node(first, 1), node(first + 1, last - first - 1), node(last, 1)];
}
