import type { TicketRoom } from './ticket-room.ts';
import { type TicketLimit } from './ticket-room.ts';
import { lastExpiryAt, lifeOfTicket, type TicketLifeRow, type TicketLives, type TicketTotals } from './ticket-lives.ts';
import { validAt } from './ticket-validity.ts';

/** What to tell of a run's tickets: a span of virtual time in `bins` steps, one moment in it, and a page of lives. */
export interface StoryRequest {
  readonly fromMs: number;
  readonly toMs: number;
  readonly bins: number;
  readonly atMs: number;
  readonly first: number;
  readonly count: number;
}

/** The tickets of a run against the policy's limits on them. */
export interface TicketStory {
  readonly totals: TicketTotals;
  readonly limits: readonly TicketLimit[];
  /** Limits on tickets that count something else. */
  readonly otherLimits: number;
  /** `bins + 1` moments from `fromMs` to `toMs`, the tickets valid at each, and the least room of any limit. */
  readonly atMs: Float64Array;
  readonly valid: Uint32Array;
  /** Null without a limit. */
  readonly room: Float64Array | null;
  /** The same at the moment asked for; `rooms` by limit. */
  readonly moment: {
    readonly atMs: number;
    readonly valid: number;
    /** When the last of the valid ones expires; null when none is valid. */
    readonly untilMs: number | null;
    readonly rooms: readonly number[];
  };
  readonly rows: readonly TicketLifeRow[];
}

/** Lives of one page; a larger `count` is cut to this. */
const MOST_LIVES = 200;
const MOST_BINS = 2000;

function whole(value: number, least: number, most: number): number {
  return Math.min(Math.max(least, Math.trunc(value) || 0), most);
}

/** Tells the story; a span that is empty or reversed becomes one millisecond, bins are cut to 1 … 2000. */
export function tellStory(
  lives: TicketLives,
  totals: TicketTotals,
  policyRoom: TicketRoom,
  request: StoryRequest,
): TicketStory {
  const bins = whole(request.bins, 1, MOST_BINS);
  const { fromMs } = request;
  const toMs = Math.max(request.toMs, fromMs + 1);
  const atMs = Float64Array.from({ length: bins + 1 }, (_, i) => fromMs + ((toMs - fromMs) * i) / bins);
  const first = whole(request.first, 0, lives.calls.length);
  const end = Math.min(lives.calls.length, first + whole(request.count, 0, MOST_LIVES));
  const isLimited = policyRoom.limits.length > 0;
  return {
    totals,
    limits: policyRoom.limits,
    otherLimits: policyRoom.others,
    atMs,
    valid: Uint32Array.from(atMs, (moment) => validAt(lives, moment)),
    room: isLimited ? Float64Array.from(atMs, (moment) => policyRoom.least(moment) ?? 0) : null,
    moment: {
      atMs: request.atMs,
      valid: validAt(lives, request.atMs),
      untilMs: lastExpiryAt(lives, request.atMs),
      rooms: policyRoom.at(request.atMs),
    },
    rows: Array.from({ length: end - first }, (_, i) => lifeOfTicket(lives, first + i)),
  };
}
