import { lowerBound } from './call-list.ts';
import { OUTCOME_NAMES } from './columns.ts';
import { entry as at } from './entry.ts';
import type { Pass } from './pass.ts';
import type { Run } from './run.ts';
import type { TallyEntry } from './tally.ts';
import { binOf, type LaneAgent, type TimelineLane, type View } from './timeline.ts';
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

/** A lane without what is in view. `index`: its tool, or its caller. */
export interface LaneHead {
  readonly index: number;
  readonly tool: string;
  readonly agent?: LaneAgent;
  readonly grants: readonly string[];
  readonly calls: number;
}

/** Lanes of what made calls at all in the run, whatever is in view, so that lanes stay put while zooming. */
export interface Lanes {
  /** The column that tells lanes apart. */
  readonly by: 'tool' | 'caller';
  /** In the order drawn. */
  readonly heads: readonly LaneHead[];
  readonly more: number;
  /** Lane of each tool, or caller; -1 for none. */
  readonly laneOf: Int32Array;
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
  const heads = ordered.slice(0, MAX_LANES).map((index) => ({
    index,
    tool: at(run.table.tools, index),
    grants: [...(grants.get(index) ?? [])],
    calls: calls.get(index) ?? 0,
  }));
  return { by: 'tool', heads, more: ordered.length - heads.length, laneOf: numberLanes(run.table.tools.length, heads) };
}

/** Lanes of the agents that made calls, in the order of the scenario. */
export function chooseAgentLanes(run: Run, tally: readonly TallyEntry[]): Lanes {
  const { callers } = run.table;
  const calls = new Map<number, number>();
  for (const entry of tally) calls.set(entry.caller, (calls.get(entry.caller) ?? 0) + entry.calls);
  const ordered = [...calls.keys()].sort((a, b) => a - b);
  const heads = ordered.slice(0, MAX_LANES).map((index): LaneHead => {
    const { grant, session } = at(callers, index);
    return { index, tool: '', agent: { grant, session, waits: [] }, grants: [grant], calls: calls.get(index) ?? 0 };
  });
  return { by: 'caller', heads, more: ordered.length - heads.length, laneOf: numberLanes(callers.length, heads) };
}

function numberLanes(length: number, heads: readonly LaneHead[]): Int32Array {
  const laneOf = new Int32Array(length).fill(-1);
  heads.forEach(({ index }, lane) => (laneOf[index] = lane));
  return laneOf;
}

/** Counts calls by outcome. */
export function countPass(run: Run): Pass<readonly number[]> {
  const counts = OUTCOME_NAMES.map(() => 0);
  const { outcome } = run.columns;
  return {
    add(from, to) {
      for (let i = from; i < to; i++) counts[outcome[i] ?? 0] = (counts[outcome[i] ?? 0] ?? 0) + 1;
    },
    finish: () => counts,
  };
}

/**
 * Counts the calls of a span per lane, outcome and bin; marks them one by one while they are at most `MAX_MARKS`.
 * `add` takes calls within the span only.
 */
export function binPass(run: Run, view: View, span: CallSpan, lanes: Lanes): Pass<readonly TimelineLane[]> {
  const { atMs, outcome } = run.columns;
  const { laneOf, heads } = lanes;
  const key = run.columns[lanes.by];
  const size = OUTCOME_NAMES.length * view.bins;
  const counts = new Uint32Array(heads.length * size);
  const add = (from: number, to: number): void => {
    for (let i = from; i < to; i++) {
      const lane = laneOf[key[i] ?? 0] ?? -1;
      if (lane < 0) continue;
      const slot = lane * size + (outcome[i] ?? 0) * view.bins + binOf(view, atMs[i] ?? 0);
      counts[slot] = (counts[slot] ?? 0) + 1;
    }
  };
  const finish = (): readonly TimelineLane[] => {
    const marks = span.to - span.from <= MAX_MARKS ? markCalls(run, span, lanes) : null;
    return heads.map(({ tool, agent, grants, calls }, lane) => ({
      tool,
      ...(agent === undefined ? {} : { agent }),
      grants,
      calls,
      // why: each lane owns its buffer, so that each can be transferred.
      counts: counts.slice(lane * size, (lane + 1) * size),
      marks: marks === null ? null : at(marks, lane),
    }));
  };
  return { add, finish };
}

function markCalls(run: Run, span: CallSpan, lanes: Lanes): NonNullable<TimelineLane['marks']>[] {
  const calls: number[][] = lanes.heads.map(() => []);
  for (let i = span.from; i < span.to; i++) calls[at(lanes.laneOf, at(run.columns[lanes.by], i))]?.push(i);
  return calls.map((list) => ({
    call: Uint32Array.from(list),
    atMs: Float64Array.from(list, (i) => at(run.columns.atMs, i)),
    outcome: Uint8Array.from(list, (i) => at(run.columns.outcome, i)),
  }));
}
