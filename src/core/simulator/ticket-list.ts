import type { JsonObject } from '../json.ts';
import type { Server } from '../upstream/server.ts';
import { CallList } from './call-list.ts';
import { OUTCOME_CODE, UPSTREAM_CODE } from './columns.ts';
import { entry } from './entry.ts';
import type { Pass } from './pass.ts';
import type { Run } from './run.ts';

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
export const PAGE_TICKETS = 1000;

const TICKET_TOOL = 'issue_audit_ticket';
const UNKNOWN = 0;
const GIVEN = 1;
const REFUSED = 2;

/**
 * The calls that got a ticket, ascending: allowed, answered, and not refused in a success-shaped answer. The server is
 * asked once for equal arguments.
 */
export function ticketPass(run: Run, server: Server): Pass<Uint32Array> {
  const { tool, outcome, status, args, atMs } = run.columns;
  const ticketTool = run.table.tools.indexOf(TICKET_TOOL);
  const answers = new Uint8Array(ticketTool < 0 ? 0 : run.table.argsCount);
  const calls = new CallList();
  const ask = (call: number, id: number): number => {
    const claims = server.ticketClaims(TICKET_TOOL, run.table.argsAt(id), atMs[call] ?? 0);
    return (answers[id] = claims === null ? REFUSED : GIVEN);
  };
  const add = (from: number, to: number): void => {
    if (ticketTool < 0) return;
    for (let i = from; i < to; i++) {
      if (tool[i] !== ticketTool || outcome[i] !== OUTCOME_CODE.allow || status[i] !== UPSTREAM_CODE.ok) continue;
      const id = args[i] ?? 0;
      const known = answers[id] ?? UNKNOWN;
      if ((known === UNKNOWN ? ask(i, id) : known) === GIVEN) calls.push(i);
    }
  };
  return { add, finish: () => calls.toArray() };
}

/** Tickets `from … from + count` of those calls, cut to what there is and to `PAGE_TICKETS`. */
export function readTickets(run: Run, calls: Uint32Array, server: Server, from: number, count: number): TicketPage {
  const total = calls.length;
  const first = Math.min(Math.max(0, Math.trunc(from) || 0), total);
  const size = Math.min(Math.max(0, Math.trunc(count) || 0), PAGE_TICKETS);
  const tickets = Array.from(calls.subarray(first, first + size), (call, i): TicketDraft => {
    const atMs = entry(run.columns.atMs, call);
    const args = run.table.argsAt(entry(run.columns.args, call));
    const { grant } = entry(run.table.callers, entry(run.columns.caller, call));
    return { index: first + i, call, atMs, grant, claims: server.ticketClaims(TICKET_TOOL, args, atMs) ?? {} };
  });
  return { total, from: first, tickets };
}
