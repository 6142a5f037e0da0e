import type { OutcomeCounts, RunSummary, TimelineCounter, TimelineLane } from '../../../workers/engine-api.ts';

/** Tracks shown under a tool before the rest folds. */
const TRACKS_SHOWN = 4;
const LANE_PX = 80;
const ONE_SIDED_PX = 56;
const SINGLE_PX = 44;
const TRACK_PX = 108;
const FOLD_PX = 32;
/** Room for the name above a lane where there is no column of labels, in px. */
export const NAME_PX = 20;

/** Which sides of its line a lane uses. */
export type Sides = 'both' | 'above' | 'below';

/** A horizontal strip of the timeline; `height` in px. */
export type Row =
  | {
      readonly kind: 'lane';
      readonly key: string;
      readonly height: number;
      readonly lane: TimelineLane;
      readonly sides: Sides;
    }
  | { readonly kind: 'counter'; readonly key: string; readonly height: number; readonly counter: TimelineCounter }
  | {
      readonly kind: 'fold';
      readonly key: string;
      readonly height: number;
      readonly tool: string;
      readonly hidden: number;
    };

/** Which sides of the line a tool's calls stand on, over the whole run. */
export function sidesOf(counts: OutcomeCounts | undefined): Sides {
  if (counts === undefined) return 'both';
  const above = counts.allowed + counts.approvals > 0;
  const below = counts.denied + counts.hidden + counts.approvals > 0;
  if (above && below) return 'both';
  return below ? 'below' : 'above';
}

function laneHeight(calls: number, sides: Sides, narrow = false): number {
  if (calls < 2) return SINGLE_PX - (narrow ? NAME_PX / 2 : 0);
  return sides === 'both' ? LANE_PX : ONE_SIDED_PX;
}

/** About how high the rows of a run will be, in px, before the worker has told what they hold. */
export function expectedHeight(summary: RunSummary): number {
  const lanes = summary.tools.reduce((sum, tool) => sum + laneHeight(tool.calls, sidesOf(tool)), 0);
  const tracks = new Set(summary.counters.map(({ rule, owner }) => `${rule}\n${owner}`)).size;
  return lanes + Math.min(tracks, TRACKS_SHOWN) * TRACK_PX;
}

/**
 * Strips from top to bottom: each lane with the tracks of its counters under it (four, the rest behind a fold unless its
 * tool is in `unfolded`), then tracks of counters that belong to no lane. `narrow` adds room for names inside the plot.
 */
export function rowsOf(
  lanes: readonly TimelineLane[],
  counters: readonly TimelineCounter[],
  countsOf: (tool: string) => OutcomeCounts | undefined,
  unfolded: ReadonlySet<string>,
  narrow: boolean,
): Row[] {
  const extra = narrow ? NAME_PX : 0;
  const rows: Row[] = [];
  const tracks = (tool: string, own: readonly TimelineCounter[]): void => {
    const shown = unfolded.has(tool) ? own : own.slice(0, TRACKS_SHOWN);
    for (const counter of shown) {
      rows.push({ kind: 'counter', key: `${counter.rule}\n${counter.owner}`, height: TRACK_PX, counter });
    }
    const hidden = own.length - shown.length;
    if (hidden > 0) rows.push({ kind: 'fold', key: `fold\n${tool}`, height: FOLD_PX, tool, hidden });
  };
  for (const lane of lanes) {
    const sides = sidesOf(countsOf(lane.tool));
    rows.push({ kind: 'lane', key: lane.tool, height: laneHeight(lane.calls, sides, narrow) + extra, lane, sides });
    tracks(
      lane.tool,
      counters.filter(({ tool }) => tool === lane.tool),
    );
  }
  const named = new Set(lanes.map(({ tool }) => tool));
  tracks(
    '',
    counters.filter(({ tool }) => !named.has(tool)),
  );
  return rows;
}
