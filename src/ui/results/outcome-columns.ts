import type { OutcomeCounts } from '../../../workers/engine-api.ts';
import { OUTCOME_NAMES, type ShownOutcome } from '../../core/simulator/columns.ts';

/** How many calls had an outcome. */
export function valueOf(counts: OutcomeCounts, outcome: ShownOutcome): number {
  const values = { allow: counts.allowed, deny: counts.denied, approval: counts.approvals, hidden: counts.hidden };
  return values[outcome];
}

/** Outcomes that get a column: allowed and denied always, the others when there are any. */
export function shownOutcomes(counts: OutcomeCounts): readonly ShownOutcome[] {
  return OUTCOME_NAMES.filter((outcome) => outcome === 'allow' || outcome === 'deny' || valueOf(counts, outcome) > 0);
}
