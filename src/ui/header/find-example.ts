import type { Example } from '../../core/catalogue/examples.ts';
import type { Work } from '../../state/workspace.svelte.ts';
import { visibleText } from '../kit/visible-text.ts';

/** What a gallery entry is as work. */
export function workOf({ title, policyText, scenario, windows }: Example): Work {
  return { title, policyText, dialect: 'auto', scenario, windows };
}

/** Longest part of a name that is repeated to whoever asked for it. */
const MOST_NAME = 40;

/** A gallery entry that was asked for by its name, as in `?example=<name>`: its work, or words on why there is none. */
export type FoundExample = { readonly ok: true; readonly work: Work } | { readonly ok: false; readonly words: string };

/** Finds a gallery entry by its name. Never throws. */
export async function findExample(name: string): Promise<FoundExample> {
  try {
    const { EXAMPLES } = await import('../../core/catalogue/examples.ts');
    const example = EXAMPLES.find((entry) => entry.name === name);
    if (example !== undefined) return { ok: true, work: workOf(example) };
    const shown = visibleText(name.length > MOST_NAME ? `${name.slice(0, MOST_NAME)}…` : name);
    return { ok: false, words: `There is no example named “${shown}”. Choose one from Example above.` };
  } catch {
    return { ok: false, words: 'The examples could not be loaded. Reload the page to try again.' };
  }
}
