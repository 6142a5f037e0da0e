import { callsOf, capPieces, mergePieces, NO_CAP, type Cap, type Piece, valueOf } from './pieces.ts';
import { spanTree, type SpanNode } from './span-tree.ts';

/** Caps of windows by their length in ms; lengths divide each other. */
export type CapsByWindow = ReadonlyMap<number, Cap>;

/** The most that gets through a span, and the moment it has to start for that. */
export interface Capacity {
  readonly calls: number;
  readonly value: number;
  readonly fromMs: number;
}

/**
 * Starts of a sliding span of `spanMs` that can matter: the last millisecond of each shortest window before the boundary of
 * the longest. Any other start touches no more windows than one of these.
 */
export function slidingStarts(lengths: readonly number[], spanMs: number, boundaryMs: number): readonly number[] {
  const shortest = lengths[0];
  if (shortest === undefined) return [boundaryMs];
  const longest = lengths[lengths.length - 1] ?? shortest;
  const offsets = Math.max(1, Math.ceil(Math.min(spanMs, longest) / shortest));
  return Array.from({ length: offsets }, (_, index) => boundaryMs - 1 - index * shortest);
}

/**
 * Start of the calendar span at or after `boundaryMs` that touches most windows of the shortest length; that matters only
 * for lengths that do not divide the span.
 */
function calendarStart(lengths: readonly number[], spanMs: number, boundaryMs: number): number {
  const shortest = lengths[0] ?? spanMs;
  if (spanMs % shortest === 0 || shortest % spanMs === 0) return boundaryMs;
  const touched = (fromMs: number): number =>
    Math.floor((fromMs + spanMs - 1) / shortest) - Math.floor(fromMs / shortest);
  const most = Math.ceil(spanMs / shortest);
  let best = boundaryMs;
  // why: after shortest / 1000 spans the same places come again, since both are whole seconds.
  for (let span = 0; span < shortest / 1000 && touched(best) < most; span++) {
    const fromMs = boundaryMs + span * spanMs;
    if (touched(fromMs) > touched(best)) best = fromMs;
  }
  return best;
}

/** The most valuable calls that get through the windows of a node, each worth `callValue` at most. */
export function piecesOf(node: SpanNode, lengths: readonly number[], caps: CapsByWindow, callValue: number): Piece[] {
  const pieces =
    node.children.length === 0
      ? [{ value: callValue, count: Infinity }]
      : mergePieces(
          node.children.map((child) => ({ pieces: piecesOf(child, lengths, caps, callValue), times: child.times })),
        );
  const length = lengths[node.level];
  return capPieces(pieces, (length === undefined ? undefined : caps.get(length)) ?? NO_CAP);
}

/**
 * The most calls, and the most value, of one tool in a span of `spanMs`: the calendar's own, or any (`sliding`). Calls and
 * value are looked at apart: each is the most there can be of it. `boundaryMs`: a day boundary to lay the span around.
 */
export function spanCapacity(
  caps: CapsByWindow,
  callValue: number,
  spanMs: number,
  sliding: boolean,
  boundaryMs: number,
): { readonly calls: Capacity; readonly value: Capacity } {
  const lengths = [...caps.keys()].sort((a, b) => a - b);
  const starts = sliding ? slidingStarts(lengths, spanMs, boundaryMs) : [calendarStart(lengths, spanMs, boundaryMs)];
  let calls: Capacity = { calls: 0, value: 0, fromMs: boundaryMs };
  let value = calls;
  for (const fromMs of starts) {
    const tree = spanTree(lengths, fromMs, fromMs + spanMs);
    const counted = callsOf(piecesOf(tree, lengths, caps, 0));
    if (counted > calls.calls) calls = { calls: counted, value: 0, fromMs };
    const pieces = callValue > 0 ? piecesOf(tree, lengths, caps, callValue) : [];
    if (valueOf(pieces) > value.value) value = { calls: callsOf(pieces), value: valueOf(pieces), fromMs };
  }
  return { calls, value };
}
