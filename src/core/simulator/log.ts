import { CallList, lowerBound } from './call-list.ts';
import { OUTCOME_NAMES, type ShownOutcome } from './columns.ts';
import { entry } from './entry.ts';
import type { Pass } from './pass.ts';
import type { Run } from './run.ts';

/**
 * Empty lists mean "any". `text` matches tool, grant, session or rule, ignoring case. Calls at `fromMs` ≤ t < `toMs`,
 * where these are given.
 */
export interface LogFilter {
  readonly outcomes: readonly ShownOutcome[];
  readonly tools: readonly string[];
  readonly grants: readonly string[];
  readonly rules: readonly string[];
  readonly text: string;
  readonly fromMs?: number;
  readonly toMs?: number;
}

/** Log rows `from … from + count` of the filtered log as columns; strings are indices into the tables. Transferred. */
export interface LogPage {
  readonly total: number;
  readonly from: number;
  readonly call: Uint32Array;
  readonly atMs: Float64Array;
  readonly outcome: Uint8Array;
  readonly tool: Uint16Array;
  readonly grant: Uint16Array;
  readonly session: Uint16Array;
  readonly rule: Uint16Array;
  readonly tables: {
    readonly tools: readonly string[];
    readonly grants: readonly string[];
    readonly sessions: readonly string[];
    readonly rules: readonly string[];
  };
}

/** Calls that pass a filter, ascending: listed, as a half-open span, or null for all calls of the run. */
export type Matches = Uint32Array | { readonly from: number; readonly to: number } | null;

/** Rows of one page; a larger `count` is cut to this. */
const PAGE_ROWS = 5000;

/** True when a filter lets every call of its stretch of time pass. */
export function isOpen(filter: LogFilter): boolean {
  const { outcomes, tools, grants, rules, text } = filter;
  return [outcomes, tools, grants, rules].every((list) => list.length === 0) && text === '';
}

/** Finds the calls that pass a filter, its stretch of time aside: each table is asked once, then calls are looked up by index. */
export function filterPass(run: Run, filter: LogFilter): Pass<Uint32Array> {
  const { table, deciders, columns } = run;
  const needle = filter.text.toLowerCase();
  const holds = (text: string): boolean => text.toLowerCase().includes(needle);
  const tools = mark(table.tools, (tool) => passes(filter.tools, tool), holds);
  const callers = mark(
    table.callers,
    (caller) => passes(filter.grants, caller.grant),
    (caller) => holds(caller.grant) || holds(caller.session),
  );
  const rules = mark(
    deciders,
    (decider) => passes(filter.rules, decider.rule),
    (decider) => holds(decider.rule),
  );
  const outcomes = OUTCOME_NAMES.map((name) => (passes(filter.outcomes, name) ? LISTED : 0));
  const matches = new CallList();
  const { caller, tool, decider, outcome } = columns;
  return {
    add(from, to) {
      for (let i = from; i < to; i++) {
        const c = callers[caller[i] ?? 0] ?? 0;
        const t = tools[tool[i] ?? 0] ?? 0;
        const r = rules[decider[i] ?? 0] ?? 0;
        const o = outcomes[outcome[i] ?? 0] ?? 0;
        if ((c & t & r & o & LISTED) !== 0 && ((c | t | r) & NAMED) !== 0) matches.push(i);
      }
    },
    finish: () => matches.toArray(),
  };
}

const LISTED = 1;
const NAMED = 2;

function passes(list: readonly string[], name: string): boolean {
  return list.length === 0 || list.includes(name);
}

/** Per entry of a table: `LISTED` when its list lets it pass, `NAMED` when the text is found in it. */
function mark<T>(table: readonly T[], listed: (entry: T) => boolean, named: (entry: T) => boolean): Uint8Array {
  return Uint8Array.from(table, (entry) => (listed(entry) ? LISTED : 0) | (named(entry) ? NAMED : 0));
}

/** Leaves those calls of a filter's stretch of time. `matches`: what `filterPass` found, or null. */
export function withinTime(run: Run, matches: Uint32Array | null, { fromMs, toMs }: LogFilter): Matches {
  if (fromMs === undefined && toMs === undefined) return matches;
  const { atMs, count } = run.columns;
  const from = fromMs === undefined ? 0 : lowerBound(atMs, count, fromMs);
  const to = Math.max(from, toMs === undefined ? count : lowerBound(atMs, count, toMs));
  if (matches === null) return { from, to };
  return matches.subarray(lowerBound(matches, matches.length, from), lowerBound(matches, matches.length, to));
}

/** How many calls pass. */
export function countMatches(run: Run, matches: Matches): number {
  if (matches === null) return run.columns.count;
  return 'from' in matches ? matches.to - matches.from : matches.length;
}

/** The call at a position, below `countMatches`, among those that pass. */
export function callAt(matches: Matches, position: number): number {
  if (matches === null) return position;
  return 'from' in matches ? matches.from + position : (matches[position] ?? 0);
}

/** Position, among the calls that pass, of the first one at or after `call`; -1 when there is none. */
export function findCall(run: Run, matches: Matches, call: number): number {
  const total = countMatches(run, matches);
  const wanted = Math.max(0, Math.ceil(call) || 0);
  const position = positionOf(matches, total, wanted);
  return position < total ? position : -1;
}

function positionOf(matches: Matches, total: number, call: number): number {
  if (matches === null) return call;
  return 'from' in matches ? Math.max(0, call - matches.from) : lowerBound(matches, total, call);
}

/**
 * Rows `from … from + count` of the calls that pass, cut to what there is and to `PAGE_ROWS`. The tables hold only what
 * these rows name.
 */
export function readLog(run: Run, matches: Matches, from: number, count: number): LogPage {
  const { columns, table, deciders } = run;
  const total = countMatches(run, matches);
  const first = Math.min(Math.max(0, Math.trunc(from) || 0), total);
  const rows = Math.min(Math.max(0, Math.trunc(count) || 0), PAGE_ROWS, total - first);
  const call = Uint32Array.from({ length: rows }, (_, i) => callAt(matches, first + i));
  const tools = new Names();
  const grants = new Names();
  const sessions = new Names();
  const rules = new Names();
  const callerOf = (i: number) => entry(table.callers, entry(columns.caller, i));
  return {
    total,
    from: first,
    call,
    atMs: Float64Array.from(call, (i) => entry(columns.atMs, i)),
    outcome: Uint8Array.from(call, (i) => entry(columns.outcome, i)),
    tool: Uint16Array.from(call, (i) => tools.indexOf(entry(table.tools, entry(columns.tool, i)))),
    grant: Uint16Array.from(call, (i) => grants.indexOf(callerOf(i).grant)),
    session: Uint16Array.from(call, (i) => sessions.indexOf(callerOf(i).session)),
    rule: Uint16Array.from(call, (i) => rules.indexOf(entry(deciders, entry(columns.decider, i)).rule)),
    tables: { tools: tools.list, grants: grants.list, sessions: sessions.list, rules: rules.list },
  };
}

/** Numbers names in the order of first sight. */
class Names {
  readonly list: string[] = [];
  readonly #index = new Map<string, number>();

  indexOf(name: string): number {
    const known = this.#index.get(name);
    if (known !== undefined) return known;
    this.#index.set(name, this.list.length);
    return this.list.push(name) - 1;
  }
}
