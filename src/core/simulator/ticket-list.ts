import type { JsonObject } from '../json.ts';
import { ticketClaims } from '../upstream/ticket-claims.ts';
import { entry } from './entry.ts';
import type { Run } from './run.ts';
import type { WorldReplay } from './world-replay.ts';

/** Claims of the ticket an allowed `issue_audit_ticket` call was answered with, unsigned; times in seconds. */
export interface TicketDraft {
  /** Position among the run's tickets, from 0. */
  readonly index: number;
  readonly call: number;
  readonly atMs: number;
  readonly grant: string;
  readonly claims: JsonObject;
}
/** Tickets `from …` of the run. */
export interface TicketPage {
  readonly total: number;
  readonly from: number;
  readonly tickets: readonly TicketDraft[];
}

/** Tickets of one page; a larger `count` is cut to this. */
const PAGE_TICKETS = 1000;

/** The tickets `from … from + count` of `total`, cut to what there is and to `PAGE_TICKETS`. */
export function ticketSpan(
  total: number,
  from: number,
  count: number,
): { readonly first: number; readonly end: number } {
  const first = Math.min(Math.max(0, Math.trunc(from) || 0), total);
  const size = Math.min(Math.max(0, Math.trunc(count) || 0), PAGE_TICKETS);
  return { first, end: Math.min(total, first + size) };
}

/**
 * Tickets `from … from + count` of the calls that got one, each with the claims that the world gave it at its time.
 * `world` is moved on past them; it has not gone beyond the first.
 */
export function readTickets(run: Run, calls: Uint32Array, world: WorldReplay, from: number, count: number): TicketPage {
  const { first, end } = ticketSpan(calls.length, from, count);
  const tickets = Array.from(calls.subarray(first, end), (call, i): TicketDraft => {
    const atMs = entry(run.columns.atMs, call);
    const args = run.table.argsAt(entry(run.columns.args, call));
    const { grant } = entry(run.table.callers, entry(run.columns.caller, call));
    world.advanceTo(call);
    return { index: first + i, call, atMs, grant, claims: ticketClaims(world.world, args, atMs) ?? {} };
  });
  return { total: calls.length, from: first, tickets };
}
