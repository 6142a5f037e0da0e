import type { JsonObject } from '../json.ts';
import type { Scenario } from '../scenario/model.ts';
import type { Server } from '../upstream/server.ts';
import { formatAgentRequest } from './agent-message.ts';
import { CallList } from './call-list.ts';
import type { ShownOutcome } from './columns.ts';
import { answerCall, numberOf } from './explain.ts';
import type { Pass } from './pass.ts';
import type { Replay } from './replay.ts';
import type { Run } from './run.ts';

/** One that makes calls in a run. `name` is empty where calls were recorded, and so nobody has one. */
export interface RunAgent {
  readonly name: string;
  readonly grant: string;
  readonly session: string;
  readonly calls: number;
}

/** One call as its agent sees it: the JSON-RPC request, made at `atMs`, and the answer, there at `answeredMs`. */
export interface Exchange {
  readonly call: number;
  readonly atMs: number;
  readonly answeredMs: number;
  readonly tool: string;
  readonly outcome: ShownOutcome;
  /** What the agent reads in the answer. */
  readonly text: string;
  readonly request: JsonObject;
  readonly answer: JsonObject;
}

/** Exchanges `from … from + count` of agent `agent`, an index into `TranscriptPage.agents`; `atMs`: a moment of the run. */
export interface TranscriptRequest {
  readonly atMs?: number;
  readonly agent: number;
  readonly from: number;
  readonly count: number;
}

/** One page of what an agent asked and was answered, of `total` calls. Agents in the order of the scenario. */
export interface TranscriptPage {
  readonly agents: readonly RunAgent[];
  readonly total: number;
  /** Of these, those made up to and at the moment asked about; all without one. */
  readonly made: number;
  readonly from: number;
  readonly exchanges: readonly Exchange[];
}

/** Everybody who could call in a run. `callsOf` counts the calls of an entry of `CallTable.callers`. */
export function agentsOf(run: Run, { agents }: Scenario, callsOf: (caller: number) => number): readonly RunAgent[] {
  const { callers } = run.table;
  // why: calls of a trace are made in place of the scenario's agents, by others.
  const isOwn = callers.length === agents.length && callers.every(({ grant }, i) => grantOf(agents[i]) === grant);
  return callers.map(({ grant, session }, i) => ({
    name: isOwn ? (agents[i]?.name ?? '') : '',
    grant,
    session,
    calls: callsOf(i),
  }));
}

function grantOf(agent: Scenario['agents'][number] | undefined): string | undefined {
  return agent?.grant ?? agent?.name;
}

/** Finds the calls of one caller, ascending. */
export function callerPass({ columns }: Run, caller: number): Pass<Uint32Array> {
  const calls = new CallList();
  return {
    add(from, to) {
      for (let i = from; i < to; i++) if (columns.caller[i] === caller) calls.push(i);
    },
    finish: () => calls.toArray(),
  };
}

/**
 * What one call looks like to its agent. `again` is a replay that has not gone beyond the call and is moved on past it;
 * `server` is over the world just before the call.
 */
export function readExchange(run: Run, call: number, again: Replay, server: Server): Exchange {
  const { answer, facts } = answerCall(run, call, again, server);
  const { atMs, tool, args, outcome, upstream } = facts;
  return {
    call,
    atMs,
    answeredMs: atMs + (upstream?.latencyMs ?? 0),
    tool,
    outcome,
    text: answer.text,
    request: formatAgentRequest(numberOf(call), tool, args),
    answer: answer.message,
  };
}
