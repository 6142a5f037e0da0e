import { compileLookUp } from '../engine/argument-path.ts';
import { compileCondition } from '../engine/operators.ts';
import type { JsonObject } from '../json.ts';
import { OUTCOME_CODE, UPSTREAM_CODE } from '../simulator/columns.ts';
import type { Run } from '../simulator/run.ts';
import type { ArgumentCondition, CallMatch, Goal } from './attack.ts';
import type { Played } from './play.ts';

const TICKET_TOOL = 'issue_audit_ticket';

/** What the harmful calls of a run came to. Calls are indices into the run; null for none. */
export interface HarmReading {
  readonly harm: number;
  /** Harmful calls that count. */
  readonly calls: number;
  /** The call that took the harm above what is tolerated. */
  readonly tooFar: number | null;
  /** The first harmful call that was not let through. */
  readonly refused: number | null;
  /** Ways some call of which counts, in the goal's order; empty when all ways do. */
  readonly openWays: readonly string[];
}

type Matches = (call: number) => boolean;

function argumentTest({ path, op, value }: ArgumentCondition): (args: JsonObject) => boolean {
  const segments = path.split('.').slice(1);
  const condition = { source: 'args', segments, counterKey: '', path, op, value, pattern: null, pointer: '' } as const;
  return compileCondition(condition, 'policylayer');
}

/** Whether a call is meant by `match`; arguments are looked at once for equal ids. */
function matcherOf(run: Run, match: CallMatch): Matches {
  const { columns, table } = run;
  const tools = match.tools === undefined ? null : new Set(match.tools);
  const tests = (match.where ?? []).map(argumentTest);
  const known = new Map<number, boolean>();
  const argsMatch = (id: number): boolean => {
    const before = known.get(id);
    if (before !== undefined) return before;
    const args = table.argsAt(id);
    const now = tests.every((test) => test(args));
    known.set(id, now);
    return now;
  };
  return (call) => {
    if (tools !== null && !tools.has(table.tools[columns.tool[call]!]!)) return false;
    if (match.grant !== undefined && table.callers[columns.caller[call]!]?.grant !== match.grant) return false;
    return tests.length === 0 || argsMatch(columns.args[call]!);
  };
}

/** Whether a call counts: passed on, or besides accepted; a ticket that the server refused in a success is not accepted. */
function counter({ run, tickets }: Played, goal: Goal): Matches {
  const { outcome, status, tool } = run.columns;
  if (goal.counts === 'forwarded') return (call) => outcome[call] === OUTCOME_CODE.allow;
  const ticketTool = run.table.tools.indexOf(TICKET_TOOL);
  return (call) =>
    outcome[call] === OUTCOME_CODE.allow &&
    status[call] === UPSTREAM_CODE.ok &&
    (tool[call] !== ticketTool || tickets.has(call));
}

function amountReader(run: Run, { sumOf }: Goal): (call: number) => number {
  if (sumOf === undefined) return () => 1;
  const lookUp = compileLookUp([sumOf]);
  return (call) => {
    const value = lookUp(run.table.argsAt(run.columns.args[call]!));
    return typeof value === 'number' ? value : 0;
  };
}

/** Measures what a goal is about in a run. A sum counts each call's argument; one that is no number adds nothing. */
export function measureHarm(played: Played, goal: Goal): HarmReading {
  const { run } = played;
  const { outcome, count } = run.columns;
  const isHarmful = matcherOf(run, goal.harmful);
  const counts = counter(played, goal);
  const amountOf = amountReader(run, goal);
  const ways = (goal.ways ?? []).map(({ words, match }) => ({ words, isIt: matcherOf(run, match), open: false }));
  let harm = 0;
  let calls = 0;
  let tooFar: number | null = null;
  let refused: number | null = null;
  for (let call = 0; call < count; call++) {
    if (!isHarmful(call)) continue;
    if (outcome[call] !== OUTCOME_CODE.allow) refused ??= call;
    if (!counts(call)) continue;
    harm += amountOf(call);
    calls++;
    if (harm > goal.tolerated) tooFar ??= call;
    for (const way of ways) way.open ||= way.isIt(call);
  }
  const open = ways.filter((way) => way.open).map(({ words }) => words);
  return { harm, calls, tooFar, refused, openWays: open.length === ways.length ? [] : open };
}
