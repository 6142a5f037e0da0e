import { OUTCOME_CODE, OUTCOME_NAMES, type ShownOutcome } from './columns.ts';
import type { AssertionResult } from './assertions.ts';
import type { CounterSummary } from './counter-windows.ts';
import { entry as at } from './entry.ts';
import type { RunFinding } from './finding.ts';
import { groupBy } from './group.ts';
import type { Run } from './run.ts';
import type { TallyEntry } from './tally.ts';
import { orderTools } from './tool-order.ts';

/** Counts by outcome; `hidden` is not part of `denied` here. */
export interface OutcomeCounts {
  readonly calls: number;
  readonly allowed: number;
  readonly denied: number;
  readonly approvals: number;
  readonly hidden: number;
}

/** All calls of one tool. */
export interface ToolSummary extends OutcomeCounts {
  readonly tool: string;
  readonly grants: readonly string[];
  /** Rules that did not allow calls of this tool, most calls first. */
  readonly rules: readonly { readonly rule: string; readonly pointer: string; readonly calls: number }[];
}
/** All calls of one grant. */
export interface GrantSummary extends OutcomeCounts {
  readonly grant: string;
}
/** All calls one rule decided, over all tools. */
export interface RuleSummary {
  readonly rule: string;
  readonly pointer: string;
  readonly outcome: ShownOutcome;
  readonly calls: number;
}

/** What `summarize` finds: everything of a summary that the counts of a tally give. */
export interface CallSummary extends OutcomeCounts {
  readonly partial: boolean;
  /** Calls the scenario plans; retries come on top. */
  readonly plannedCalls: number;
  /** Times of the first and last call; both are 0 without calls. */
  readonly firstMs: number;
  readonly lastMs: number;
  /** Tools that were called, in the order of `orderTools`. */
  readonly tools: readonly ToolSummary[];
  /** In the order of first calls. */
  readonly grants: readonly GrantSummary[];
  /** Rules that did not allow, most calls first. */
  readonly rules: readonly RuleSummary[];
}

/** What a run came to: counts, by tool, grant, rule and counter window, and what stands out. */
export interface RunSummary extends CallSummary {
  /** Names the run in later questions to the worker. */
  readonly runId: number;
  /** True after Cancel: decided calls only. */
  readonly partial: boolean;
  readonly digest: string;
  readonly counters: readonly CounterSummary[];
  /** Counter windows beyond those listed. */
  readonly moreCounters: number;
  readonly findings: readonly RunFinding[];
  readonly tickets: number;
  /** What the scenario's assertions came to, in their order; absent when it has none. */
  readonly assertions?: readonly AssertionResult[];
  /** Time the worker spent deciding. */
  readonly decideMs: number;
}

/** Sums up a run from its tally, without looking at single calls again. `catalogue`: the server's tool names, in order. */
export function summarize(run: Run, tally: readonly TallyEntry[], catalogue: Iterable<string>): CallSummary {
  const { columns, table, policy } = run;
  const byTool = groupBy(tally, (entry) => entry.tool);
  const order = orderTools([...byTool.keys()], table.tools, policy.tools.keys(), catalogue);
  const byGrant = groupBy(tally, (entry) => at(table.callers, entry.caller).grant);
  return {
    ...countOutcomes(tally),
    partial: run.partial,
    plannedCalls: run.plan.calls.count,
    firstMs: columns.count === 0 ? 0 : at(columns.atMs, 0),
    lastMs: columns.count === 0 ? 0 : at(columns.atMs, columns.count - 1),
    tools: order.map((tool) => summarizeTool(run, tool, byTool.get(tool) ?? [])),
    grants: [...byGrant].map(([grant, entries]) => ({ grant, ...countOutcomes(entries) })),
    rules: summarizeRules(run, tally),
  };
}

function summarizeTool(run: Run, tool: number, entries: readonly TallyEntry[]): ToolSummary {
  return {
    tool: at(run.table.tools, tool),
    ...countOutcomes(entries),
    grants: [...new Set(entries.map((entry) => at(run.table.callers, entry.caller).grant))],
    rules: summarizeRules(run, entries).map(({ rule, pointer, calls }) => ({ rule, pointer, calls })),
  };
}

/** Rules that did not allow. A rule with two outcomes (an approval that a human refused) has two entries. */
function summarizeRules(run: Run, entries: readonly TallyEntry[]): RuleSummary[] {
  const refused = entries.filter((entry) => entry.outcome !== OUTCOME_CODE.allow);
  const byRule = groupBy(refused, ({ decider, outcome }) => {
    const { rule, pointer } = at(run.deciders, decider);
    return JSON.stringify([rule, pointer, outcome]);
  });
  const rules = [...byRule.values()].map((same) => {
    const first = at(same, 0);
    const { rule, pointer } = at(run.deciders, first.decider);
    return { rule, pointer, outcome: at(OUTCOME_NAMES, first.outcome), calls: countCalls(same) };
  });
  return rules.sort((a, b) => b.calls - a.calls);
}

function countOutcomes(entries: readonly TallyEntry[]): OutcomeCounts {
  const of = (code: number): number => countCalls(entries.filter((entry) => entry.outcome === code));
  return {
    calls: countCalls(entries),
    allowed: of(OUTCOME_CODE.allow),
    denied: of(OUTCOME_CODE.deny),
    approvals: of(OUTCOME_CODE.approval),
    hidden: of(OUTCOME_CODE.hidden),
  };
}

function countCalls(entries: readonly TallyEntry[]): number {
  return entries.reduce((sum, entry) => sum + entry.calls, 0);
}
