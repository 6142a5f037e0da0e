import type { Example } from '../../core/catalogue/examples.ts';
import type { Work } from '../../state/workspace.svelte.ts';

/** What a gallery entry is as work. */
export function workOf({ title, policyText, scenario, windows }: Example): Work {
  return { title, policyText, dialect: 'auto', scenario, windows };
}

/** The work of a gallery entry by its name, as in `?example=<name>`; null when there is none, or it cannot be fetched. */
export async function findExample(name: string): Promise<Work | null> {
  try {
    const { EXAMPLES } = await import('../../core/catalogue/examples.ts');
    const example = EXAMPLES.find((entry) => entry.name === name);
    return example === undefined ? null : workOf(example);
  } catch {
    return null;
  }
}
