/** The span of a run to draw, in bins of equal width; `toMs` is exclusive. */
export interface TimelineRequest {
  readonly runId: number;
  readonly fromMs: number;
  readonly toMs: number;
  /** Width of the plot in bins (CSS pixels / 2 is plenty). At most 4096. */
  readonly bins: number;
  /** One lane per tool, which is what nothing means, or per agent. */
  readonly by?: 'tool' | 'agent';
  /** A stretch to count the calls of; `toMs` is exclusive. */
  readonly stretch?: { readonly fromMs: number; readonly toMs: number };
}

/** Why an agent made no call for a while: a step of its scenario, or what it was told. */
export type WaitKind = 'wait' | 'wait until' | 'retry' | 'approval';

/** A pause of an agent, from the call before to the call after it. */
export interface AgentWait {
  readonly kind: WaitKind;
  readonly fromMs: number;
  readonly toMs: number;
}

/** Who a lane of an agent belongs to. `waits`: those in view, the longest where there are many. */
export interface LaneAgent {
  readonly grant: string;
  readonly session: string;
  readonly waits: readonly AgentWait[];
}

/** Calls of a stretch in all and by outcome, in the order of `OUTCOME_NAMES`. */
export interface StretchCounts {
  readonly fromMs: number;
  readonly toMs: number;
  readonly calls: number;
  readonly counts: readonly number[];
}

/**
 * One lane: calls of one tool, or of one `agent` (`tool` is then empty). `counts`: 4 × bins, bin-major within an outcome (`OUTCOME_NAMES` order).
 * `marks` is set while at most 2,000 calls are in view: exact times and outcome codes. `calls` counts the whole run.
 */
export interface TimelineLane {
  readonly tool: string;
  readonly agent?: LaneAgent;
  readonly grants: readonly string[];
  readonly calls: number;
  readonly counts: Uint32Array;
  readonly marks: { readonly call: Uint32Array; readonly atMs: Float64Array; readonly outcome: Uint8Array } | null;
}

/** Step line of one counter of one owner: value `used[i]` from `atMs[i]` on. At most 4 points a bin, and one at `fromMs`. */
export interface TimelineCounter {
  readonly counter: string;
  readonly rule: string;
  readonly pointer: string;
  readonly owner: string;
  readonly tool: string;
  readonly max: number;
  readonly windowMs: number;
  readonly atMs: Float64Array;
  readonly used: Float64Array;
}

/**
 * Step line of the issued tickets that are valid: `used[i]` of them from `atMs[i]` on. Points as those of a counter.
 * `most`: the highest number in the whole run.
 */
export interface TicketTrack {
  readonly atMs: Float64Array;
  readonly used: Float64Array;
  readonly most: number;
}

/** A calendar boundary: its time and what starts there (`minute`, `hour`, `day`, `every 90 s`). */
export interface TimelineBoundary {
  readonly atMs: number;
  readonly starts: readonly string[];
}

/** What a run looks like in a span of virtual time. */
export interface Timeline {
  readonly fromMs: number;
  readonly toMs: number;
  readonly bins: number;
  readonly lanes: readonly TimelineLane[];
  /** Tools, or agents, with calls beyond the lanes drawn. */
  readonly moreLanes?: number;
  readonly counters: readonly TimelineCounter[];
  /** Only of a run that issued tickets. */
  readonly tickets?: TicketTrack;
  /** Calendar boundaries in view that a limit uses: time and what starts (`minute`, `hour`, `day`, `every 90 s`). */
  readonly boundaries: readonly TimelineBoundary[];
  /** Counts of the stretch that was asked about. */
  readonly stretch?: StretchCounts;
}

/** A checked view: `toMs` is after `fromMs` and `bins` a whole number from 1 to 4096. */
export interface View {
  readonly fromMs: number;
  readonly toMs: number;
  readonly bins: number;
}

const MAX_BINS = 4096;

/** Makes a request usable: an empty or reversed span becomes one millisecond, bins are cut to 1 … 4096. */
export function viewOf(request: Pick<TimelineRequest, 'fromMs' | 'toMs' | 'bins'>): View {
  const fromMs = Number.isFinite(request.fromMs) ? request.fromMs : 0;
  const toMs = Number.isFinite(request.toMs) ? Math.max(request.toMs, fromMs + 1) : fromMs + 1;
  const bins = Math.min(Math.max(1, Math.trunc(request.bins) || 1), MAX_BINS);
  return { fromMs, toMs, bins };
}

/** Bin of a time in view. */
export function binOf(view: View, atMs: number): number {
  // why: multiplied first, since whole milliseconds are then exact at the edges of bins.
  const bin = Math.floor(((atMs - view.fromMs) * view.bins) / (view.toMs - view.fromMs));
  // why: rounding may put the last fraction of a millisecond at the end.
  return bin < view.bins ? bin : view.bins - 1;
}
