import type { LinkContent } from '../../share/schema.ts';
import type { Playground } from '../../state/playground.svelte.ts';
import type { Work } from '../../state/workspace.svelte.ts';

/**
 * What a link or file of this work holds. `view`: also which tab, call, moment and lines are looked at, so that the reader sees
 * the same. An automatic dialect is written as the one that was read.
 */
export function linkContent({ workspace, selection, clock }: Playground, work: Work, view: boolean): LinkContent {
  const read = workspace.check?.dialect ?? 'policylayer';
  return {
    ...(work.title === '' ? {} : { title: work.title }),
    policy: { dialect: work.dialect === 'auto' ? read : work.dialect, text: work.policyText },
    ...(work.compare && { compare: work.compare }),
    scenario: work.scenario,
    windows: work.windows,
    ...(view && {
      view: {
        tab: selection.tab,
        ...(selection.call !== null && { call: selection.call }),
        ...(clock.atMs !== null && { atMs: Math.round(clock.atMs) }),
        ...(selection.lines !== null && { lines: [...selection.lines] }),
      },
    }),
  };
}

/** This page's address with another fragment (without `#`) and no query. */
export function linkAddress(fragment: string): string {
  return `${location.origin}${location.pathname}#${fragment}`;
}
