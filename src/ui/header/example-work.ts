import { EXAMPLES } from '../../core/catalogue/examples.ts';
import type { Playground } from '../../state/playground.svelte.ts';
import type { Work } from '../../state/workspace.svelte.ts';

/** The work of a gallery entry by its name, as in `?example=<name>`; null when there is none of that name. */
export function exampleWork(name: string): Work | null {
  const example = EXAMPLES.find((entry) => entry.name === name);
  if (example === undefined) return null;
  const { title, policyText, scenario, windows } = example;
  return { title, policyText, dialect: 'auto', scenario, windows };
}

/** Puts a gallery entry in the place of what is on screen, which can be brought back. */
export function openExample(playground: Playground, name: string): void {
  const work = exampleWork(name);
  if (work !== null) playground.replace(work, `Example ${work.title} opened.`);
}
