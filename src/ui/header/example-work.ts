import { EXAMPLES } from '../../core/catalogue/examples.ts';
import type { Work } from '../../state/workspace.svelte.ts';

/** The work of a gallery entry by its name, as in `?example=<name>`; null when there is none of that name. */
export function exampleWork(name: string): Work | null {
  const example = EXAMPLES.find((entry) => entry.name === name);
  if (example === undefined) return null;
  const { title, policyText, scenario } = example;
  return { title, policyText, dialect: 'auto', scenario, windows: 'calendar' };
}
