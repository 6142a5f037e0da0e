import { tick } from 'svelte';
import type { Playground } from '../../state/playground.svelte.ts';

/** Presses what the page offers under `selector`, the first whose name starts with `name`; false where there is none. */
export function press(selector: string, name = ''): boolean {
  const found = [...document.querySelectorAll<HTMLElement>(selector)].find((element) =>
    (element.ariaLabel ?? element.innerText).trim().startsWith(name),
  );
  found?.click();
  return found !== undefined;
}

/** Brings the policy forward, then presses what it offers. */
export async function pressInPolicy(playground: Playground, selector: string, name = ''): Promise<void> {
  const { layout, selection } = playground;
  selection.maximised = false;
  layout.part = 'policy';
  layout.unfold('policy');
  await tick();
  press(`#part-panel-policy ${selector}`, name);
}

/** Shows the scenario as rows, as text or with its world. */
export function showScenario(playground: Playground, face: 'rows' | 'json' | 'world'): void {
  const { layout, selection } = playground;
  selection.maximised = false;
  selection.scenarioFace = face;
  layout.part = 'run';
  layout.unfold('scenario');
}
