import type { WindowMode } from '../../core/engine/decision.ts';
import { changedParts, type Part } from '../../state/revisions.ts';
import type { Work } from '../../state/workspace.svelte.ts';
import { countOf } from '../kit/format-number.ts';
import { diffLines } from '../suggest/line-diff.ts';

const WINDOW_WORD: Record<WindowMode, string> = { calendar: 'calendar', sliding: 'sliding', anchored: 'anchored' };

/** A scenario as text, for comparisons line by line. */
export const scenarioText = ({ scenario }: Work): string => JSON.stringify(scenario, null, 2);

function lineWords(before: string, after: string): string {
  const lines = diffLines(before, after);
  const counted = (kind: 'added' | 'removed'): number => lines.filter((line) => line.kind === kind).length;
  const [added, removed] = [counted('added'), counted('removed')];
  const parts = [added > 0 && `${countOf(added, 'line')} added`, removed > 0 && `${countOf(removed, 'line')} removed`];
  return parts.filter(Boolean).join(', ') || 'read as another dialect';
}

const PART_WORDS: Record<Part, (before: Work, after: Work) => string> = {
  title: (_, { title }) => (title === '' ? 'title taken away' : `title “${title}”`),
  policy: (before, after) => `policy: ${lineWords(before.policyText, after.policyText)}`,
  scenario: (before, after) => `scenario: ${lineWords(scenarioText(before), scenarioText(after))}`,
  windows: (before, after) => `windows: ${WINDOW_WORD[before.windows]} to ${WINDOW_WORD[after.windows]}`,
  compare: (before, after) => {
    if (after.compare === undefined) return 'policy to compare taken away';
    return before.compare === undefined ? 'policy to compare added' : 'policy to compare changed';
  },
};

/** What changed from one state to the next, as one sentence without its full stop; `before` null for the first. */
export function changeWords(before: Work | null, after: Work): string {
  if (before === null) return 'First version';
  const words = changedParts(before, after).map((part) => PART_WORDS[part](before, after));
  const sentence = words.join('; ') || 'nothing changed';
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}
