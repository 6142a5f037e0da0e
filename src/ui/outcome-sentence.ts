import type { RunSummary } from '../../workers/engine-api.ts';
import type { RunState } from '../state/run.svelte.ts';
import { countOf, formatCount } from './kit/format-number.ts';

/** A run in one sentence: `110 calls: 60 allowed, 50 denied, 4 findings`. Calls of hidden tools count as denied. */
export function outcomeWords(summary: RunSummary): string {
  const parts = [`${formatCount(summary.allowed)} allowed`, `${formatCount(summary.denied + summary.hidden)} denied`];
  if (summary.approvals > 0) parts.push(countOf(summary.approvals, 'approval'));
  if (summary.findings.length > 0) parts.push(countOf(summary.findings.length, 'finding'));
  const sentence = `${countOf(summary.calls, 'call')}: ${parts.join(', ')}`;
  return summary.partial ? `Stopped after ${sentence}` : sentence;
}

/** What stands where results will be, while no run has ended yet. */
export function awaitingWords({ phase }: Pick<RunState, 'phase'>): string {
  return phase === 'running' ? 'Deciding the calls.' : 'Nothing has run yet. Press Run.';
}
