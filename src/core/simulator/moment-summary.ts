import type { CounterAtMoment } from './counter-board.ts';
import type { Run } from './run.ts';
import { type CallSummary, type OutcomeCounts, summarize } from './summary.ts';
import type { TallyEntry } from './tally.ts';

/** What a run has come to at a moment: the calls made up to and at that time, and what stands then. */
export interface MomentSummary extends CallSummary {
  readonly atMs: number;
  /** Every counter the run meets, in the order of limits and owners. */
  readonly counters: readonly CounterAtMoment[];
  /** Counters beyond those listed. */
  readonly moreCounters: number;
  /** Tickets issued so far. */
  readonly tickets: number;
  /** Requests for approval that nobody has answered yet. */
  readonly pending: number;
}

const NONE: OutcomeCounts = { calls: 0, allowed: 0, denied: 0, approvals: 0, hidden: 0 };

/**
 * The counts of a run's first `made` calls, with every tool and grant of the whole run; `tally` is of those calls alone,
 * `whole` of all.
 */
export function summarizeUntil(
  run: Run,
  tally: readonly TallyEntry[],
  whole: readonly TallyEntry[],
  made: number,
  catalogue: Iterable<string>,
): CallSummary {
  const until = summarize({ ...run, columns: { ...run.columns, count: made } }, tally, catalogue);
  const all = summarize(run, whole, catalogue);
  const tools = new Map(until.tools.map((tool) => [tool.tool, tool]));
  const grants = new Map(until.grants.map((grant) => [grant.grant, grant]));
  return {
    ...until,
    // why: rows that stay where they are can be followed while the clock plays.
    tools: all.tools.map((tool) => tools.get(tool.tool) ?? { ...tool, ...NONE, rules: [] }),
    grants: all.grants.map(({ grant }) => grants.get(grant) ?? { grant, ...NONE }),
  };
}
