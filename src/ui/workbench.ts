import type { Part } from '../state/layout.svelte.ts';
import type { RunState } from '../state/run.svelte.ts';

/** The parts that take turns where there is room for one. */
export const PARTS: readonly { readonly id: Part; readonly label: string }[] = [
  { id: 'policy', label: 'Policy' },
  { id: 'run', label: 'Run' },
  { id: 'results', label: 'Results' },
];

const SHARE = 38;
const LEAST = 400;
const MOST = 720;

/** Width of the policy pane in px: 38 % of the page or the remembered share, within 400 and 720. */
export function paneWidths(
  page: number,
  percent: number | null,
): { readonly now: number; readonly min: number; readonly max: number } {
  const wanted = (page * (percent ?? SHARE)) / 100;
  return { now: Math.max(LEAST, Math.min(MOST, wanted)), min: LEAST, max: MOST };
}

/**
 * The attributes of `[data-part="run"]` that programs read (docs: programs.md#attributes). Calls of hidden tools
 * count as denied there; without a run only the state is set.
 */
export function runAttributes(run: RunState): Readonly<Record<string, string | number>> {
  const { summary } = run;
  const counts =
    summary === null
      ? {}
      : {
          'data-calls': summary.calls,
          'data-allowed': summary.allowed,
          'data-denied': summary.denied + summary.hidden,
          'data-approvals': summary.approvals,
          'data-digest': summary.digest,
        };
  return { 'data-part': 'run', 'data-state': run.phase, ...counts };
}
