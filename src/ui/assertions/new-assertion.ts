import type { Explanation } from '../../../workers/engine-api.ts';
import type { CountAssertion, DecisionAssertion } from '../../core/scenario/model.ts';
import type { Playground } from '../../state/playground.svelte.ts';

/** A count to begin with: the allowed calls of the tool called most, at most as many as the run had. */
export function newCount({ run }: Playground): CountAssertion {
  const most = run.summary?.tools.toSorted((a, b) => b.calls - a.calls)[0];
  if (most === undefined) return { that: 'count', where: { outcome: 'allow' }, atMost: 0 };
  return { that: 'count', where: { tool: most.tool, outcome: 'allow' }, atMost: most.allowed };
}

/** A decision to begin with: the call that is open, or the first one. */
export function newDecision({ selection }: Playground): DecisionAssertion {
  const { explanation } = selection;
  return explanation === null ? { that: 'decision', call: 0, is: 'allow' } : decisionOf(explanation);
}

/** That a call is decided as it was, by the same rule. A hidden tool's call is denied. */
export function decisionOf({ call, decision }: Explanation): DecisionAssertion {
  const { outcome, rule } = decision;
  return { that: 'decision', call, is: outcome, ...(rule === '' ? {} : { rule }) };
}
