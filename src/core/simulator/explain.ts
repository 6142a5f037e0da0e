import type { Range } from '../diagnostic.ts';
import type { JsonObject } from '../json.ts';
import type { Server } from '../upstream/server.ts';
import { type AgentAnswer, formatAgentAnswer } from './agent-message.ts';
import { OUTCOME_NAMES } from './columns.ts';
import { entry } from './entry.ts';
import { readRules } from './explain-rules.ts';
import { explainSteps } from './explain-steps.ts';
import type { AuditLogEntry, Explanation } from './explanation.ts';
import type { HeldAmount } from './held-amounts.ts';
import { formatHeadline } from './headline.ts';
import type { Replay } from './replay.ts';
import { type Run, STATUS_NAMES } from './run.ts';

/** What an explanation needs beside the run: the server that answered, and where rules stand in the policy's text. */
export interface ExplainContext {
  readonly server: Server;
  readonly locate: (pointer: string) => Range | null;
  /** What became of the amounts the call took; worked out by a replay beyond it, so left out where nobody asks. */
  readonly held?: readonly HeldAmount[];
}

/** What was asked and what came of it, apart from the reasons. */
type Facts = Pick<
  Explanation,
  'call' | 'atMs' | 'grant' | 'session' | 'tool' | 'args' | 'outcome' | 'decision' | 'upstream'
>;

/**
 * Everything about one call. `again` is a replay of the run that has not gone beyond the call; it is moved on past it.
 * Throws a RangeError for a call the run does not have.
 */
export function explainCall(
  run: Run,
  call: number,
  again: Replay,
  { server, locate, held = [] }: ExplainContext,
): Explanation {
  const { columns, policy, windows } = run;
  const decider = entry(run.deciders, entry(columns.decider, call));
  const steps = again.stepsOf(entry(columns.tool, call));
  const { tool, args } = requestOf(run, call);
  // INVARIANT: conditions see counters as they are before the call, so they are read before it is decided.
  const met = decider.kind !== 'no-policy' && steps.refusal === null;
  const looked = met ? readRules(policy, tool, args, (key) => again.counterSeen(key, call)) : [];
  const facts: Facts = { ...requestOf(run, call), decision: again.decide(call) };
  const { decision } = facts;
  const status = facts.upstream?.status ?? null;
  const rule = decider.kind === 'rule' ? (looked.at(-1)?.source ?? null) : null;
  const answer = answerOf(run, facts, server);
  return {
    ...facts,
    headline: formatHeadline({ kind: decider.kind, decision, rule, windows, status }),
    steps: explainSteps({ policy, tool, steps, decider, decision, looked, status }),
    held,
    agentText: answer.text,
    agentMessage: answer.message,
    entry: auditEntryOf(run, facts),
    ruleRange: decision.pointer === '' ? null : locate(decision.pointer),
  };
}

/** The audit log entry of one call; `again` as for `explainCall`. */
export function auditEntry(run: Run, call: number, again: Replay): AuditLogEntry {
  return auditEntryOf(run, { ...requestOf(run, call), decision: again.decide(call) });
}

function requestOf(run: Run, call: number): Omit<Facts, 'decision'> {
  const { columns, table } = run;
  const { grant, session } = entry(table.callers, entry(columns.caller, call));
  const status = entry(STATUS_NAMES, entry(columns.status, call));
  return {
    call,
    atMs: entry(columns.atMs, call),
    grant,
    session,
    tool: entry(table.tools, entry(columns.tool, call)),
    args: table.argsAt(entry(columns.args, call)),
    outcome: entry(OUTCOME_NAMES, entry(columns.outcome, call)),
    upstream: status === null ? null : { status, latencyMs: entry(columns.latencyMs, call) },
  };
}

/** What the agent of one call is answered, with what it asked; `again` as for `explainCall`. */
export function answerCall(
  run: Run,
  call: number,
  again: Replay,
  server: Server,
): { readonly facts: Facts; readonly answer: AgentAnswer } {
  const facts: Facts = { ...requestOf(run, call), decision: again.decide(call) };
  return { facts, answer: answerOf(run, facts, server) };
}

function answerOf(run: Run, { call, tool, args, atMs, decision, upstream }: Facts, server: Server): AgentAnswer {
  const { outcome, message } = decision;
  const { status, latencyMs } = upstream ?? { status: null, latencyMs: 0 };
  return formatAgentAnswer(
    { id: numberOf(call), tool, args, atMs, outcome, message, status, latencyMs },
    run.policy.dialect,
    server,
  );
}

/** Calls count from 1 for people, and so do the ids of their requests. */
export function numberOf(call: number): number {
  return call + 1;
}

/** The log entry of a call: names of its top-level arguments, sorted, and never a value. */
function auditEntryOf(
  { policy }: Run,
  { call, atMs, grant, session, tool, args, decision, upstream }: Facts,
): AuditLogEntry {
  return {
    time: new Date(atMs).toISOString(),
    requestId: `req-${String(numberOf(call)).padStart(6, '0')}`,
    grant,
    session,
    method: 'tools/call',
    tool,
    policy: policy.description.trim() || 'policy',
    policyVersion: policy.version,
    outcome: decision.outcome,
    rule: decision.rule,
    message: decision.message,
    upstreamStatus: upstream?.status ?? null,
    upstreamLatencyMs: upstream?.latencyMs ?? null,
    argumentKeys: argumentKeysOf(args),
  };
}

function argumentKeysOf(args: JsonObject): readonly string[] {
  return Object.keys(args).sort();
}
