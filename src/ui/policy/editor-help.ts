import type { Anchor, Completion, HoverLine, HoverText } from '../../../workers/engine-api.ts';
import type { Assistance } from '../../editor/handle.ts';
import type { Playground } from '../../state/playground.svelte.ts';
import { showResults } from '../results/bring-forward.ts';
import type { PolicyDesk } from './policy-desk.svelte.ts';
import { anchorAt, callsFilter, coverWords } from './rule-at.ts';

/** The place of the newest check around an offset of the shown text; null while the text is not the one checked. */
export function anchorOn(playground: Playground, desk: PolicyDesk, offset: number): Anchor | null {
  const { check, checkedText, policyText } = playground.workspace;
  if (check === null || check.policy === null || checkedText !== policyText) return null;
  return anchorAt(check.policy.anchors, desk.toExact(offset));
}

/** Opens the audit log on the calls of the place at an offset; does nothing where there are none. */
export function showCallsAt(playground: Playground, desk: PolicyDesk, offset: number): void {
  const anchor = anchorOn(playground, desk, offset);
  const { summary } = playground.run;
  const filter = anchor === null || summary === null ? null : callsFilter(anchor, summary);
  if (filter === null) return;
  showResults(playground);
  playground.selection.showCalls(filter);
}

/** What the rule at an offset did in the last run, as lines of a hover; none without a run of this very text. */
function runLines(playground: Playground, desk: PolicyDesk, offset: number): readonly HoverLine[] {
  const anchor = anchorOn(playground, desk, offset);
  if (anchor === null || playground.run.outdated) return [];
  const cover = desk.coverage.find(({ pointer }) => pointer === anchor.pointer);
  return cover === undefined ? [] : [{ kind: 'text', text: `In the last run: ${coverWords(cover)}.` }];
}

/** What the word at an offset means, with what its rule did; null when nothing is known of it. */
export async function explainAt(playground: Playground, desk: PolicyDesk, offset: number): Promise<HoverText | null> {
  const answer = await ask(playground, desk, 'hover', offset);
  const lines = runLines(playground, desk, offset);
  if (answer?.kind !== 'hover') return null;
  if (answer.hover === null) return lines.length === 0 ? null : { range: { start: offset, end: offset }, lines };
  return { range: answer.hover.range, lines: [...answer.hover.lines, ...lines] };
}

/** Help for the full editor, from the worker and the last run. */
export function assistanceFor(playground: Playground, desk: PolicyDesk): Assistance {
  return {
    async complete(offset): Promise<readonly Completion[]> {
      const answer = await ask(playground, desk, 'complete', offset);
      return answer?.kind === 'completions' ? answer.completions : [];
    },
    hover: (offset) => explainAt(playground, desk, offset),
    showCalls: (offset) => showCallsAt(playground, desk, offset),
  };
}

async function ask(playground: Playground, desk: PolicyDesk, kind: 'complete' | 'hover', offset: number) {
  const reply = await playground.client.assist({ kind, source: desk.source, offset });
  return reply.kind === 'ok' ? reply.value : null;
}
