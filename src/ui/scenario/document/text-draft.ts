import { openStorage } from '../../../state/saved-work.svelte.ts';

const KEY = 'policy-playground/scenario-text';

/** A text that says more than the scenario in force, or nothing valid; `of` is that scenario as JSON. */
interface TextDraft {
  readonly of: string;
  readonly text: string;
}

/** The text last kept beside this scenario in this tab; null when there is none. */
export function readDraft(of: string): string | null {
  try {
    const found = JSON.parse(openStorage('sessionStorage')?.getItem(KEY) ?? 'null') as Partial<TextDraft> | null;
    return found?.of === of && typeof found.text === 'string' ? found.text : null;
  } catch {
    return null;
  }
}

/** Keeps a text for as long as the tab is open, reloads included; null forgets it. */
export function keepDraft(draft: TextDraft | null): void {
  try {
    const storage = openStorage('sessionStorage');
    if (draft === null) storage?.removeItem(KEY);
    else storage?.setItem(KEY, JSON.stringify(draft));
  } catch {
    // why: a full or forbidden storage only means that the text lasts as long as the page.
  }
}
