import type { TimelineLane } from '../../../workers/engine-api.ts';
import type { LaneMarks } from './marks.ts';

/** Calls of several lanes as one without a tool: counts added up, marks in order of time. */
export function mergeLanes(lanes: readonly TimelineLane[]): TimelineLane {
  const counts = new Uint32Array(lanes[0]?.counts.length ?? 0);
  for (const lane of lanes) lane.counts.forEach((count, slot) => (counts[slot] = (counts[slot] ?? 0) + count));
  return {
    tool: '',
    grants: [...new Set(lanes.flatMap(({ grants }) => grants))],
    calls: lanes.reduce((sum, { calls }) => sum + calls, 0),
    counts,
    marks: mergeMarks(lanes.map(({ marks }) => marks)),
  };
}

function mergeMarks(all: readonly (LaneMarks | null)[]): LaneMarks | null {
  const known = all.filter((marks) => marks !== null);
  if (known.length < all.length) return null;
  const calls = known.flatMap(({ call, atMs, outcome }) =>
    Array.from(call, (number, i) => ({ call: number, atMs: atMs[i] ?? 0, outcome: outcome[i] ?? 0 })),
  );
  return columnsOf(calls.sort((a, b) => a.atMs - b.atMs || a.call - b.call));
}

/** One mark for all calls of an instant that came out alike: where a row is as high as one mark. */
export function flatMarks({ call, atMs, outcome }: LaneMarks): LaneMarks {
  const first = new Map<string, { call: number; atMs: number; outcome: number }>();
  for (const [i, number] of call.entries()) {
    const mark = { call: number, atMs: atMs[i] ?? 0, outcome: outcome[i] ?? 0 };
    const key = `${mark.atMs} ${mark.outcome}`;
    if (!first.has(key)) first.set(key, mark);
  }
  return columnsOf([...first.values()]);
}

function columnsOf(
  marks: readonly { readonly call: number; readonly atMs: number; readonly outcome: number }[],
): LaneMarks {
  return {
    call: Uint32Array.from(marks, ({ call }) => call),
    atMs: Float64Array.from(marks, ({ atMs }) => atMs),
    outcome: Uint8Array.from(marks, ({ outcome }) => outcome),
  };
}
