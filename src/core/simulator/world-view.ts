import type { AuditLevel } from '../catalogue/tools.ts';
import { numberOf, textOf } from '../upstream/arguments.ts';
import type { AgentAccount } from '../upstream/living-world.ts';
import { lowerBound } from './call-list.ts';
import { OUTCOME_CODE, UPSTREAM_CODE } from './columns.ts';
import { entry } from './entry.ts';
import type { Run } from './run.ts';
import type { WorldReplay } from './world-replay.ts';

/** One agent as the server knows it, and what the run has done with it. Calls count from 0; null for no call. */
export interface WorldAgentView {
  readonly id: string;
  readonly name: string;
  readonly organization: string;
  readonly auditLevel: AuditLevel;
  readonly trustScore: number;
  readonly certifiedAtMs: number;
  readonly expiresAtMs: number;
  /** In force at that moment: not expired, kill switch not thrown. */
  readonly certified: boolean;
  readonly killSwitchActive: boolean;
  readonly capabilities: readonly string[];
  readonly maxOpValue: number;
  readonly allowedServers: readonly string[];
  readonly registeredBy: number | null;
  /** The call that threw the kill switch; null also when it was thrown before the run. */
  readonly killedBy: number | null;
  readonly tickets: number;
  readonly escrows: number;
  readonly escrowTotal: number;
}

/** An escrow as created. `number` counts from 1 and is in its id, `escrow-1`. */
export interface EscrowView {
  readonly number: number;
  readonly call: number;
  readonly atMs: number;
  readonly agentId: string;
  readonly target: string;
  readonly amount: number;
  readonly task: string;
}

/** The world at a virtual moment, after every call made up to and at that time. */
export interface WorldView {
  readonly atMs: number;
  /** Calls of the run made so far. */
  readonly calls: number;
  /** In the order in which they became known, at most `MOST_AGENTS`; `moreAgents` counts the rest. */
  readonly agents: readonly WorldAgentView[];
  readonly moreAgents: number;
  /** Agents added during the run, and those whose kill switch is thrown. */
  readonly registered: number;
  readonly killed: number;
  /** `latest`: at most `LATEST_ESCROWS`, the newest first. */
  readonly escrows: { readonly count: number; readonly total: number; readonly latest: readonly EscrowView[] };
  /** `refused`: answered with `success: false`. */
  readonly tickets: { readonly issued: number; readonly refused: number };
}

/** Agents and escrows that a view lists. */
export const MOST_AGENTS = 1000;
export const LATEST_ESCROWS = 20;

/** How many calls of a run have been made at a moment, those at that very millisecond included. */
export function callsUntil({ columns }: Run, atMs: number): number {
  // why: no call is made between two whole milliseconds; NaN is before them all.
  return Number.isNaN(atMs) ? 0 : lowerBound(columns.atMs, columns.count, Math.floor(atMs) + 1);
}

function agentView(account: AgentAccount, atMs: number): WorldAgentView {
  const { agent, registeredBy, killedBy, tickets, escrows, escrowTotal } = account;
  const { id, name, organization, auditLevel, trustScore, certifiedAtMs, expiresAtMs } = agent;
  const { killSwitchActive, capabilities, maxOpValue, allowedMcpServers } = agent;
  return {
    ...{ id, name, organization, auditLevel, trustScore, certifiedAtMs, expiresAtMs },
    certified: expiresAtMs > atMs && !killSwitchActive,
    ...{ killSwitchActive, capabilities, maxOpValue, allowedServers: allowedMcpServers },
    ...{ registeredBy, killedBy, tickets, escrows, escrowTotal },
  };
}

/** The newest escrows of those created so far. */
function latestEscrows({ columns, table }: Run, { world, nextCall }: WorldReplay): EscrowView[] {
  const found: EscrowView[] = [];
  const escrowTool = table.tools.map((name) => name === 'create_escrow');
  const count = world.escrows;
  const wanted = Math.min(count, LATEST_ESCROWS);
  for (let call = nextCall - 1; call >= 0 && found.length < wanted; call--) {
    const { tool, outcome, status } = columns;
    if (escrowTool[tool[call] ?? 0] !== true || outcome[call] !== OUTCOME_CODE.allow) continue;
    if (status[call] !== UPSTREAM_CODE.ok) continue;
    const args = table.argsAt(entry(columns.args, call));
    if (!world.accounts.has(textOf(args, 'agentId'))) continue;
    found.push({
      number: count - found.length,
      call,
      atMs: entry(columns.atMs, call),
      agentId: textOf(args, 'agentId'),
      target: textOf(args, 'target'),
      amount: numberOf(args, 'amount') ?? 0,
      task: textOf(args, 'task'),
    });
  }
  return found;
}

/** What a replay that stands at `callsUntil(run, atMs)` shows. */
export function viewWorld(run: Run, again: WorldReplay, atMs: number): WorldView {
  const { world, nextCall } = again;
  const accounts = [...world.accounts.values()];
  const { escrows, escrowTotal, tickets, refusedTickets } = world;
  return {
    atMs,
    calls: nextCall,
    agents: accounts.slice(0, MOST_AGENTS).map((account) => agentView(account, atMs)),
    moreAgents: Math.max(0, accounts.length - MOST_AGENTS),
    registered: accounts.filter(({ registeredBy }) => registeredBy !== null).length,
    killed: accounts.filter(({ agent }) => agent.killSwitchActive).length,
    escrows: { count: escrows, total: escrowTotal, latest: latestEscrows(run, again) },
    tickets: { issued: tickets, refused: refusedTickets },
  };
}
