import type { Example } from '../../core/catalogue/examples.ts';
import type { Playground } from '../../state/playground.svelte.ts';
import type { Work } from '../../state/workspace.svelte.ts';

/** What a gallery entry is as work. */
function workOf({ title, policyText, scenario, windows }: Example): Work {
  return { title, policyText, dialect: 'auto', scenario, windows };
}

/** The gallery, fetched when first wanted: a first verdict does not need it. */
export class Gallery {
  examples = $state.raw<readonly Example[]>([]);
  failed = $state(false);

  /** Fetches the entries, once; a fetch that fails can be tried again. */
  async load(): Promise<void> {
    if (this.examples.length > 0) return;
    try {
      this.examples = (await import('../../core/catalogue/examples.ts')).EXAMPLES;
      this.failed = false;
    } catch {
      this.failed = true;
    }
  }

  /** The work of an entry by its name, as in `?example=<name>`; null when there is none of that name. */
  async find(name: string): Promise<Work | null> {
    await this.load();
    const example = this.examples.find((entry) => entry.name === name);
    return example === undefined ? null : workOf(example);
  }

  /** Puts an entry in the place of what is on screen, which can be brought back. */
  async open(playground: Playground, name: string): Promise<void> {
    const work = await this.find(name);
    if (work !== null) playground.replace(work, `Example ${work.title} opened.`);
  }
}
