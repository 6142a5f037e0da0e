import { MAX_SPAN_MS } from '../scenario/limits.ts';

/** Calls in the order of time, as indices into the file's order; those from `kept` on come too late for one run. */
export interface TimeOrder {
  readonly hasTimes: boolean;
  /** Times in the order of the file, gaps filled. */
  readonly atMs: Float64Array;
  readonly order: Uint32Array;
  readonly kept: number;
}

/** Calls without a time get that of the call before them, the first ones that of the first with a time. */
function filled(atMs: Float64Array): Float64Array {
  let last = atMs.find((time) => !Number.isNaN(time)) ?? 0;
  return atMs.map((time) => (last = Number.isNaN(time) ? last : time));
}

/**
 * Sorts calls by time, ties in the order of the file. Without any time the number of a call is its time. A run spans at
 * most 31 days (docs: scenario.md#the-document), so later calls are not kept.
 */
export function putInOrder(recorded: Float64Array): TimeOrder {
  const hasTimes = recorded.some((time) => !Number.isNaN(time));
  const order = Uint32Array.from(recorded, (_, call) => call);
  if (!hasTimes) return { hasTimes, atMs: recorded.map((_, call) => call), order, kept: order.length };
  const atMs = filled(recorded);
  const timeOf = (call: number): number => atMs[call] ?? 0;
  if (atMs.some((time, call) => call > 0 && time < timeOf(call - 1))) {
    order.sort((a, b) => timeOf(a) - timeOf(b) || a - b);
  }
  const endMs = timeOf(order[0] ?? 0) + MAX_SPAN_MS;
  const late = order.findIndex((call) => timeOf(call) > endMs);
  return { hasTimes, atMs, order, kept: late < 0 ? order.length : late };
}
