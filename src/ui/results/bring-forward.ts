import { tick } from 'svelte';
import type { Playground } from '../../state/playground.svelte.ts';

/** Clears the way on a stacked page, where the drawer covers everything else. */
function uncover({ layout, selection }: Playground): void {
  if (layout.mode === 'stacked') selection.close();
}

/** Makes the timeline visible wherever the layout put it away; a stacked page scrolls to it. */
export function showTimeline(playground: Playground): void {
  const { layout, selection } = playground;
  uncover(playground);
  selection.maximised = false;
  layout.part = 'run';
  layout.unfold('timeline');
  if (layout.mode === 'stacked') void tick().then(() => document.querySelector('section.timeline')?.scrollIntoView());
}

/** Makes the results visible wherever the layout put them away; a stacked page scrolls to them. */
export function showResults(playground: Playground): void {
  const { layout } = playground;
  uncover(playground);
  layout.part = 'results';
  layout.unfold('results');
  if (layout.mode === 'stacked') void tick().then(() => document.querySelector('section.results')?.scrollIntoView());
}

/** Shows the server's world at the moment of the open call, in the scenario. */
export function showWorld(playground: Playground): void {
  const { layout, selection } = playground;
  const { call, explanation, explainedRun } = selection;
  if (call === null || explanation === null || explainedRun === null) return;
  selection.moment = { run: explainedRun, call, atMs: explanation.atMs };
  uncover(playground);
  selection.maximised = false;
  selection.scenarioFace = 'world';
  layout.part = 'run';
  layout.unfold('scenario');
  void tick().then(() => {
    const tab = document.querySelector<HTMLElement>('#scenario-tab-world');
    tab?.focus();
    tab?.scrollIntoView({ block: 'nearest' });
  });
}

/** Selects a rule in the policy, which brings the policy forward. */
export function showRule(playground: Playground, pointer: string): void {
  uncover(playground);
  playground.selection.showRule(pointer);
}
