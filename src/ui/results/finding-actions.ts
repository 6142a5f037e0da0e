import type { RunFinding } from '../../../workers/engine-api.ts';
import type { Playground } from '../../state/playground.svelte.ts';
import { showRule, showTimeline } from './bring-forward.ts';

/** Something a person can do about a finding, in words for a button. */
export interface FindingAction {
  readonly about: 'rule' | 'calls' | 'timeline' | 'windows' | 'fix';
  readonly words: string;
  readonly run: () => void;
}

/** Findings that come from where windows start; the what-if shows the run without that. */
const ABOUT_WINDOWS: ReadonlySet<string> = new Set(['boundary-burst']);

/** What the page offers for a finding of the run: its rule, its calls, its place in time, the what-if that answers it. */
export function findingActions(playground: Playground, finding: RunFinding): FindingAction[] {
  const { selection, workspace } = playground;
  const { pointer, fromMs, toMs, deniedTools } = finding;
  const actions: FindingAction[] = [];
  if (pointer !== '') actions.push({ about: 'rule', words: 'Go to rule', run: () => showRule(playground, pointer) });
  if (deniedTools !== undefined) {
    const show = (): void => selection.showCalls({ outcomes: ['deny'], tools: deniedTools });
    actions.push({ about: 'calls', words: 'Show calls', run: show });
  }
  if (fromMs !== null && toMs !== null) {
    const show = (): void => {
      showTimeline(playground);
      selection.showStretch(fromMs, toMs);
    };
    actions.push({ about: 'timeline', words: 'Show on timeline', run: show });
  }
  if (ABOUT_WINDOWS.has(finding.code) && workspace.windows === 'calendar') {
    const trySliding = (): void => {
      workspace.windows = 'sliding';
      playground.edited();
    };
    actions.push({ about: 'windows', words: 'Try sliding windows', run: trySliding });
  }
  return actions;
}
