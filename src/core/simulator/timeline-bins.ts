import { lowerBound } from './call-list.ts';
import { OUTCOME_NAMES } from './columns.ts';
import { entry as at } from './entry.ts';
import type { Pass } from './pass.ts';
import type { Run } from './run.ts';
import type { TallyEntry } from './tally.ts';
import { binOf, type TimelineLane, type View } from './timeline.ts';
import { orderTools } from './tool-order.ts';

/** Calls of a run that are in view: indices `from … to`, half-open. */
export interface CallSpan {
  readonly from: number;
  readonly to: number;
}

/** Calls in view are marked one by one up to this many. */
export const MAX_MARKS = 2000;
/** Lanes drawn; further tools are only counted. */
export const MAX_LANES = 64;

/** The calls at `fromMs` ≤ t < `toMs`. */
export function callsInView(run: Run, view: View): CallSpan {
  const { atMs, count } = run.columns;
  return { from: lowerBound(atMs, count, view.fromMs), to: lowerBound(atMs, count, view.toMs) };
}

/** Lanes of the tools that were called at all in the run, whatever is in view, so that lanes stay put while zooming. */
export interface Lanes {
  /** Tool indices in the order drawn. */
  readonly tools: readonly number[];
  readonly more: number;
  /** Lane of each tool; -1 for none. */
  readonly laneOf: Int32Array;
  readonly grants: readonly (readonly string[])[];
  readonly calls: readonly number[];
}

/** Chooses and orders lanes from a run's tally; see `orderTools`. */
export function chooseLanes(run: Run, tally: readonly TallyEntry[], catalogue: Iterable<string>): Lanes {
  const calls = new Map<number, number>();
  const grants = new Map<number, Set<string>>();
  for (const entry of tally) {
    calls.set(entry.tool, (calls.get(entry.tool) ?? 0) + entry.calls);
    const known = grants.get(entry.tool) ?? new Set<string>();
    grants.set(entry.tool, known.add(at(run.table.callers, entry.caller).grant));
  }
  const ordered = orderTools([...calls.keys()], run.table.tools, run.policy.tools.keys(), catalogue);
  const tools = ordered.slice(0, MAX_LANES);
  const laneOf = new Int32Array(run.table.tools.length).fill(-1);
  tools.forEach((tool, lane) => (laneOf[tool] = lane));
  return {
    tools,
    more: ordered.length - tools.length,
    laneOf,
    grants: tools.map((tool) => [...(grants.get(tool) ?? [])]),
    calls: tools.map((tool) => calls.get(tool) ?? 0),
  };
}

/**
 * Counts the calls of a span per lane, outcome and bin; marks them one by one while they are at most `MAX_MARKS`.
 * `add` takes calls within the span only.
 */
export function binPass(run: Run, view: View, span: CallSpan, lanes: Lanes): Pass<readonly TimelineLane[]> {
  const { atMs, tool, outcome } = run.columns;
  const { laneOf } = lanes;
  const size = OUTCOME_NAMES.length * view.bins;
  const counts = new Uint32Array(lanes.tools.length * size);
  const add = (from: number, to: number): void => {
    for (let i = from; i < to; i++) {
      const lane = laneOf[tool[i] ?? 0] ?? -1;
      if (lane < 0) continue;
      const slot = lane * size + (outcome[i] ?? 0) * view.bins + binOf(view, atMs[i] ?? 0);
      counts[slot] = (counts[slot] ?? 0) + 1;
    }
  };
  const finish = (): readonly TimelineLane[] => {
    const marks = span.to - span.from <= MAX_MARKS ? markCalls(run, span, lanes) : null;
    return lanes.tools.map((index, lane) => ({
      tool: at(run.table.tools, index),
      grants: at(lanes.grants, lane),
      calls: at(lanes.calls, lane),
      // why: each lane owns its buffer, so that each can be transferred.
      counts: counts.slice(lane * size, (lane + 1) * size),
      marks: marks === null ? null : at(marks, lane),
    }));
  };
  return { add, finish };
}

function markCalls(run: Run, span: CallSpan, lanes: Lanes): NonNullable<TimelineLane['marks']>[] {
  const calls: number[][] = lanes.tools.map(() => []);
  for (let i = span.from; i < span.to; i++) calls[at(lanes.laneOf, at(run.columns.tool, i))]?.push(i);
  return calls.map((list) => ({
    call: Uint32Array.from(list),
    atMs: Float64Array.from(list, (i) => at(run.columns.atMs, i)),
    outcome: Uint8Array.from(list, (i) => at(run.columns.outcome, i)),
  }));
}
