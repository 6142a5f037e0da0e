import type {
  OutcomeCounts,
  RunSummary,
  TicketTrack,
  TimelineCounter,
  TimelineLane,
} from '../../../workers/engine-api.ts';
import { mergeLanes } from './merge-lanes.ts';

/** Tracks shown under a tool before the rest folds. */
const TRACKS_SHOWN = 4;
const LANE_PX = 80;
const ONE_SIDED_PX = 56;
/** A lane of one line, for tools with a single call. */
export const COMPACT_PX = 28;
const TRACK_PX = 88;
/** Low enough to stand on the first screen of the first example, below both of its counters. */
const TICKETS_PX = 40;
const FOLD_PX = 32;
/** The tool whose calls issue tickets. */
export const TICKET_TOOL = 'issue_audit_ticket';
/** As many lanes with a single call share a row; fewer have one each. */
const FEWEST_GROUPED = 4;
/** Key of the row that lanes with a single call share. */
export const GROUP_KEY = 'group';
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
  | {
      readonly kind: 'group';
      readonly key: string;
      readonly height: number;
      /** Tools with a single call, and all their calls as one lane. */
      readonly lanes: readonly TimelineLane[];
      readonly lane: TimelineLane;
      readonly sides: Sides;
      /** True: the lanes follow one by one, and nothing is drawn here. */
      readonly open: boolean;
    }
  | { readonly kind: 'counter'; readonly key: string; readonly height: number; readonly counter: TimelineCounter }
  | { readonly kind: 'tickets'; readonly key: string; readonly height: number; readonly tickets: TicketTrack }
  | {
      readonly kind: 'fold';
      readonly key: string;
      readonly height: number;
      /** Key of the lane. */
      readonly under: string;
      /** Tracks folded away. */
      readonly hidden: number;
    };

/** Tells lanes apart. */
export function laneKey({ tool, agent }: TimelineLane): string {
  return agent === undefined ? tool : `agent\n${agent.grant}\n${agent.session}`;
}

/** What the calls of a lane came to over the whole run; undefined where only its part in view is known. */
export function laneCounts(
  summary: RunSummary,
  lanes: readonly TimelineLane[],
): (lane: TimelineLane) => OutcomeCounts | undefined {
  const tools = new Map(summary.tools.map((one) => [one.tool, one]));
  const grants = new Map(summary.grants.map((one) => [one.grant, one]));
  const isShared = (grant: string): boolean => lanes.filter(({ agent }) => agent?.grant === grant).length > 1;
  return ({ tool, agent }) => {
    if (agent === undefined) return tools.get(tool);
    return isShared(agent.grant) ? undefined : grants.get(agent.grant);
  };
}

/** Which sides of the line a tool's calls stand on, over the whole run. */
export function sidesOf(counts: OutcomeCounts | undefined): Sides {
  if (counts === undefined) return 'both';
  const above = counts.allowed + counts.approvals > 0;
  const below = counts.denied + counts.hidden + counts.approvals > 0;
  if (above && below) return 'both';
  return below ? 'below' : 'above';
}

function laneHeight(calls: number, sides: Sides, narrow = false): number {
  if (calls < 2) return COMPACT_PX - (narrow ? NAME_PX / 2 : 0);
  return sides === 'both' ? LANE_PX : ONE_SIDED_PX;
}

/** About how high the rows of a run will be, in px, before the worker has told what they hold. */
export function expectedHeight(summary: RunSummary): number {
  const single = summary.tools.filter(({ calls }) => calls < 2);
  const shown = single.length < FEWEST_GROUPED ? summary.tools : summary.tools.filter(({ calls }) => calls > 1);
  const lanes = shown.reduce((sum, tool) => sum + laneHeight(tool.calls, sidesOf(tool)), 0);
  const tracks = new Set(summary.counters.map(({ rule, owner }) => `${rule}\n${owner}`)).size;
  const group = shown.length < summary.tools.length ? COMPACT_PX : 0;
  const tickets = summary.tickets > 0 && tracks <= TRACKS_SHOWN ? TICKETS_PX : 0;
  return lanes + group + Math.min(tracks, TRACKS_SHOWN) * TRACK_PX + tickets;
}

/** Whether a counter's track stands under a lane: that of its tool, or of an agent that it counts for. */
function isUnder({ tool, agent }: TimelineLane, counter: TimelineCounter): boolean {
  return agent === undefined ? counter.tool === tool : counter.owner === agent.grant;
}

/** Whether the track of tickets stands under a lane. */
function issues({ tool, agent }: TimelineLane): boolean {
  return agent === undefined && tool === TICKET_TOOL;
}

/** Which lanes of a tool share a row: those of a single call without a track, where there are several. */
function groupedLanes({
  lanes,
  counters,
  tickets,
}: Pick<RowsFrom, 'lanes' | 'counters' | 'tickets'>): readonly TimelineLane[] {
  const hasTrack = (lane: TimelineLane): boolean =>
    (tickets !== undefined && issues(lane)) || counters.some((counter) => isUnder(lane, counter));
  const single = lanes.filter((lane) => lane.agent === undefined && lane.calls < 2 && !hasTrack(lane));
  return single.length < FEWEST_GROUPED ? [] : single;
}

/** What `rowsOf` makes strips of; `unfolded` holds keys of lanes, and `GROUP_KEY`; `narrow`: names stand in the plot. */
export interface RowsFrom {
  readonly lanes: readonly TimelineLane[];
  readonly counters: readonly TimelineCounter[];
  readonly tickets?: TicketTrack;
  readonly countsOf: (lane: TimelineLane) => OutcomeCounts | undefined;
  readonly unfolded: ReadonlySet<string>;
  readonly narrow: boolean;
}

/**
 * Strips from top to bottom: each lane with its tracks under it, those of counters, then that of tickets; then the tracks
 * that belong to no lane. Of more than four counters the rest folds, with the tickets, unless the lane's key is in
 * `unfolded`. Tools with a single call come last and share a row, unless `unfolded` has `GROUP_KEY`. `narrow` adds room
 * for names inside the plot.
 */
export function rowsOf({ lanes, counters, tickets, countsOf, unfolded, narrow }: RowsFrom): Row[] {
  const rows: Row[] = [];
  const addLane = (lane: TimelineLane): void => {
    const sides = sidesOf(countsOf(lane));
    const height = laneHeight(lane.calls, sides, narrow) + (narrow ? NAME_PX : 0);
    rows.push({ kind: 'lane', key: laneKey(lane), height, lane, sides });
  };
  const addTracks = (under: string, own: readonly TimelineCounter[], issued: TicketTrack | undefined): void => {
    rows.push(...trackRows(own, issued, { under, open: unfolded.has(under), narrow }));
  };
  const grouped = groupedLanes({ lanes, counters, ...(tickets && { tickets }) });
  let left = counters;
  for (const lane of lanes.filter((one) => !grouped.includes(one))) {
    addLane(lane);
    const own = left.filter((counter) => isUnder(lane, counter));
    addTracks(laneKey(lane), own, issues(lane) ? tickets : undefined);
    // why: agents may share a grant, and a counter has one track.
    left = left.filter((counter) => !own.includes(counter));
  }
  addTracks('', left, lanes.some(issues) ? undefined : tickets);
  if (grouped.length > 0) {
    rows.push(groupRow(grouped, countsOf, unfolded.has(GROUP_KEY), narrow));
    if (unfolded.has(GROUP_KEY)) grouped.forEach(addLane);
  }
  return rows;
}

/** The tracks of one lane, and what says that some are folded away. */
function trackRows(
  counters: readonly TimelineCounter[],
  tickets: TicketTrack | undefined,
  { under, open, narrow }: { readonly under: string; readonly open: boolean; readonly narrow: boolean },
): Row[] {
  const extra = narrow ? NAME_PX : 0;
  const tracks: Row[] = counters.map((counter) => {
    return { kind: 'counter', key: `${counter.rule}\n${counter.owner}`, height: TRACK_PX + extra, counter };
  });
  if (tickets !== undefined) tracks.push({ kind: 'tickets', key: 'tickets', height: TICKETS_PX + extra, tickets });
  if (open || counters.length <= TRACKS_SHOWN) return tracks;
  const hidden = tracks.length - TRACKS_SHOWN;
  return [...tracks.slice(0, TRACKS_SHOWN), { kind: 'fold', key: `fold\n${under}`, height: FOLD_PX, under, hidden }];
}

function groupRow(
  lanes: readonly TimelineLane[],
  countsOf: RowsFrom['countsOf'],
  open: boolean,
  narrow: boolean,
): Extract<Row, { kind: 'group' }> {
  const sides = new Set(lanes.map((lane) => sidesOf(countsOf(lane))));
  const [only = 'both'] = sides;
  return {
    kind: 'group',
    key: GROUP_KEY,
    height: COMPACT_PX + (narrow ? NAME_PX : 0),
    lanes,
    lane: mergeLanes(lanes),
    sides: sides.size === 1 ? only : 'both',
    open,
  };
}

/** How many lanes and tracks lie, with more than half of their height, in the last `hiddenPx` of the rows. */
export function rowsBelow(rows: readonly Row[], hiddenPx: number): { readonly lanes: number; readonly tracks: number } {
  let bottom = 0;
  const below = rows.toReversed().filter(({ height }) => {
    bottom += height;
    return bottom - height / 2 < hiddenPx;
  });
  const lanes = below.filter(({ kind }) => kind === 'lane' || kind === 'group').length;
  return { lanes, tracks: below.length - lanes };
}
