import { UPSTREAM_CODE } from './columns.ts';
import { Evaluator } from './evaluator.ts';
import type { Run } from './run.ts';

/**
 * An evaluator that decides the calls of a run once more, with the answers they got. It has decided nothing yet.
 * `scratch`: calls there is room for in its output; `calls`: how many it is going to decide, for what to remember.
 */
export function runEvaluator(run: Run, scratch: number, calls: number = run.columns.count): Evaluator {
  const { columns, policy, table, windows, noPolicy, plan } = run;
  return new Evaluator(
    {
      policy,
      table,
      expectedCalls: calls,
      windows,
      noPolicy,
      approvals: plan.approvals,
      // why: forwarded calls have their answer in the run, so nobody asks.
      answer: () => UPSTREAM_CODE.ok,
    },
    { ...columns, upstream: columns.status },
    { from: 0, outcome: new Uint8Array(scratch), decider: new Uint16Array(scratch), status: new Uint8Array(scratch) },
  );
}
