import type { Pass } from './pass.ts';
import type { CounterObserver, Run } from './run.ts';
import { runEvaluator } from './run-evaluator.ts';

/**
 * Shows every amount that was taken to `observer.taken`, in order, without deciding anything again: what the run allowed
 * is counted once more. Not for `intercept`, whose counters a refused call may change.
 */
export function counterPass(run: Run, observer: Required<Pick<CounterObserver, 'taken'>>): Pass<void> {
  const evaluator = runEvaluator(run, 0);
  const { steps, ownerOf } = evaluator.binding;
  evaluator.ledger.watch = {
    taken(step, caller, call, atMs, used, windowStartMs, windowEndMs) {
      const owner = ownerOf[steps.ownerBase[step]! + caller]!;
      observer.taken(steps.limit[step]!, owner, call, atMs, used, windowStartMs, windowEndMs);
    },
  };
  const { outcome, tool } = run.columns;
  return {
    add(from, to) {
      for (let i = from; i < to; i++) {
        // why: outcome 0 is `allow`; tools without limits take nothing.
        if (outcome[i] === 0 && steps.from[tool[i]!] !== steps.from[tool[i]! + 1]) evaluator.repeat(i);
      }
    },
    finish: () => undefined,
  };
}
