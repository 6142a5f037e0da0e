import { textOf } from '../upstream/arguments.ts';
import { CallList, lowerBound } from './call-list.ts';
import { OUTCOME_CODE, UPSTREAM_CODE } from './columns.ts';
import { entry } from './entry.ts';
import type { Pass } from './pass.ts';
import type { Run } from './run.ts';
import { type TicketValidity, validityPass } from './ticket-validity.ts';

/** Tools whose calls name an agent without being a use of its tickets. */
const NO_USE: ReadonlySet<string> = new Set(['issue_audit_ticket', 'activate_kill_switch', 'register_agent']);

/**
 * One ticket from issue to end, unsigned; times in ms. A use is a later answered call that names its subject in
 * `agentId` before it expires: which ticket a call carried, a run does not know.
 */
export interface TicketLifeRow {
  readonly index: number;
  readonly call: number;
  readonly grant: string;
  readonly agentId: string;
  readonly issuedMs: number;
  readonly expiresMs: number;
  /** The kill switch thrown on its subject while it was valid; null for none. */
  readonly killed: { readonly call: number; readonly atMs: number } | null;
  readonly uses: number;
  readonly firstUseMs: number | null;
  /** Uses after that kill switch. */
  readonly usesAfterKill: number;
}

/** What became of the tickets of a run. */
export interface TicketTotals {
  readonly issued: number;
  /** Expired before the run's last call. */
  readonly expired: number;
  /** Valid at the run's last call. */
  readonly validAtEnd: number;
  /** Still valid when the kill switch was thrown on their subject, and those of them that were used after. */
  readonly outlived: number;
  readonly usedAfterKill: number;
  readonly unused: number;
  readonly firstMs: number;
  /** When the last of them expires. */
  readonly lastExpiresMs: number;
}

/** Lives of all tickets of a run, as columns. */
export interface TicketLives extends TicketValidity {
  readonly run: Run;
  /** Calls that got a ticket, ascending. */
  readonly calls: Uint32Array;
  readonly agentIds: readonly string[];
  /** By agent: calls that name it, ascending. */
  readonly uses: ReadonlyMap<string, Uint32Array>;
  /** By agent: the call that threw its kill switch. */
  readonly killedBy: ReadonlyMap<string, number>;
}

/** Collects the lives of a run's tickets. `killedBy`: by agent, the call that threw its kill switch in this run. */
export function livesPass(run: Run, calls: Uint32Array, killedBy: ReadonlyMap<string, number>): Pass<TicketLives> {
  const { columns, table } = run;
  const isUse = table.tools.map((name) => !NO_USE.has(name));
  const names: (string | undefined)[] = [];
  const agentIds: string[] = [];
  const validity = validityPass(run, calls);
  const uses = new Map<string, CallList>();
  // why: uses of agents without a ticket are of no interest, and they may be most calls of a run.
  const holders = new Set<string>();
  let next = 0;
  const agentOf = (call: number): string => {
    const id = entry(columns.args, call);
    return (names[id] ??= textOf(table.argsAt(id), 'agentId'));
  };
  const addTicket = (call: number): void => {
    const agentId = agentOf(call);
    holders.add(agentId);
    agentIds.push(agentId);
    validity.add(next, ++next);
  };
  const addUse = (call: number): void => {
    const agentId = agentOf(call);
    if (!holders.has(agentId)) return;
    let list = uses.get(agentId);
    if (list === undefined) uses.set(agentId, (list = new CallList()));
    list.push(call);
  };
  const add = (from: number, to: number): void => {
    const { tool, outcome, status } = columns;
    for (let call = from; call < to; call++) {
      if (outcome[call] !== OUTCOME_CODE.allow || status[call] !== UPSTREAM_CODE.ok) continue;
      if (calls[next] === call) addTicket(call);
      else if (isUse[tool[call] ?? 0] === true) addUse(call);
    }
  };
  const finish = (): TicketLives => {
    const used = new Map([...uses].map(([agentId, list]) => [agentId, list.toArray()]));
    return { run, calls, agentIds, ...validity.finish(), uses: used, killedBy };
  };
  return { add, finish };
}

/** When the last of the tickets valid at a moment expires; null when none is valid. */
export function lastExpiryAt(lives: TicketLives, atMs: number): number | null {
  const { calls, expiresMs, run } = lives;
  let last = -Infinity;
  for (let i = 0; i < calls.length && entry(run.columns.atMs, entry(calls, i)) <= atMs; i++) {
    last = Math.max(last, expiresMs[i] ?? 0);
  }
  return last > atMs ? last : null;
}

/** The ticket at a position from 0, with what became of it. */
export function lifeOfTicket(lives: TicketLives, index: number): TicketLifeRow {
  const { run, calls, killedBy } = lives;
  const { columns, table } = run;
  const call = entry(calls, index);
  const agentId = entry(lives.agentIds, index);
  const issuedMs = entry(columns.atMs, call);
  const expiresMs = entry(lives.expiresMs, index);
  const used = lives.uses.get(agentId) ?? new Uint32Array();
  const first = lowerBound(used, used.length, call + 1);
  const end = lowerBound(used, used.length, lowerBound(columns.atMs, columns.count, expiresMs));
  const uses = Math.max(0, end - first);
  const killCall = killedBy.get(agentId) ?? -1;
  const killMs = killCall > call ? entry(columns.atMs, killCall) : Infinity;
  const killed = killMs < expiresMs ? { call: killCall, atMs: killMs } : null;
  return {
    index,
    call,
    grant: entry(table.callers, entry(columns.caller, call)).grant,
    agentId,
    issuedMs,
    expiresMs,
    killed,
    uses,
    firstUseMs: uses === 0 ? null : entry(columns.atMs, entry(used, first)),
    usesAfterKill: killed === null ? 0 : Math.max(0, end - Math.max(first, lowerBound(used, used.length, killed.call))),
  };
}

/** Sums up tickets, a piece at a time. */
export function totalsPass(lives: TicketLives): Pass<TicketTotals> {
  const { columns } = lives.run;
  const endMs = columns.count === 0 ? 0 : entry(columns.atMs, columns.count - 1);
  let [expired, outlived, usedAfterKill, unused, lastExpiresMs] = [0, 0, 0, 0, -Infinity];
  return {
    add: (from, to) => {
      for (let i = from; i < to; i++) {
        const life = lifeOfTicket(lives, i);
        if (life.expiresMs <= endMs) expired++;
        if (life.killed !== null) outlived++;
        if (life.usesAfterKill > 0) usedAfterKill++;
        if (life.uses === 0) unused++;
        if (life.expiresMs > lastExpiresMs) lastExpiresMs = life.expiresMs;
      }
    },
    finish: () => ({
      issued: lives.calls.length,
      expired,
      validAtEnd: lives.calls.length - expired,
      ...{ outlived, usedAfterKill, unused, lastExpiresMs },
      firstMs: lives.calls.length === 0 ? 0 : entry(columns.atMs, entry(lives.calls, 0)),
    }),
  };
}
