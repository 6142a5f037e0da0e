import { SEED_POLICY_TEXT, SEED_SCENARIO } from '../../core/catalogue/seed.ts';
import { NO_WORK } from '../../state/packed-work.ts';
import type { Playground, Replaced } from '../../state/playground.svelte.ts';
import type { Project, ProjectStore } from '../../state/project-store.ts';
import { readWork } from '../../state/read-work.ts';
import { openStorage } from '../../state/saved-work.svelte.ts';
import type { Work } from '../../state/workspace.svelte.ts';
import { exportEverything, importEverything } from './everything.ts';

/** What a new project begins with. */
const BEGINNING: Work = {
  title: '',
  policyText: SEED_POLICY_TEXT,
  dialect: 'auto',
  scenario: SEED_SCENARIO,
  windows: 'calendar',
};

const REFUSED = 'The browser does not let this page reach its storage, so projects cannot be listed here.';

/** The list of projects, and what can be done with them. `said` is what the last action did, in words. */
export class ProjectBoard {
  readonly #playground: Playground;
  /** Null while they are looked for, and where they cannot be, which `said` says. */
  projects = $state.raw<readonly Project[] | null>(null);
  /** Ids of projects that other tabs have open. */
  elsewhere = $state.raw<ReadonlySet<string>>(new Set());
  said = $state('');

  constructor(playground: Playground) {
    this.#playground = playground;
    playground.saved.flush();
    void this.#attempt(() => Promise.resolve(undefined));
  }

  /** The project of this tab. */
  get own(): string {
    return this.#playground.saved.id;
  }

  /** Puts a project on screen: as it is, or a copy where another tab has it. True when it is there. */
  open({ id }: Project): Promise<boolean> {
    return this.#attempt(async (store) => {
      const text = await store.newest(id);
      const read = text === null ? null : readWork(text, NO_WORK);
      if (read === null) return 'This project could not be read. Export everything to keep what there is.';
      const { saved, link } = this.#playground;
      const left = this.#leftEdits('Another project was opened.');
      await saved.goOn(id, read.work);
      link.dismiss();
      this.#playground.replaced = left;
      this.#playground.show(read.work);
      return undefined;
    });
  }

  /** Begins a project, which is then on screen. */
  begin(): Promise<boolean> {
    return this.#attempt(() => {
      const { saved, link } = this.#playground;
      const left = this.#leftEdits('A project was begun.');
      saved.flush();
      link.dismiss();
      this.#playground.replaced = left;
      this.#playground.show(BEGINNING);
      saved.adopt(BEGINNING);
      return Promise.resolve(undefined);
    });
  }

  rename({ id }: Project, name: string): Promise<boolean> {
    return this.#attempt((store) => store.rename(id, name.trim()).then(() => 'Renamed.'));
  }

  remove({ id }: Project): Promise<boolean> {
    return this.#attempt(async (store) => {
      const isOwn = id === this.own;
      if (isOwn) this.#playground.saved.forget(this.#playground.workspace.work);
      await store.remove(id);
      return isOwn ? 'Deleted. What is on screen is kept again once you edit it.' : 'Deleted.';
    });
  }

  export(): Promise<boolean> {
    return this.#attempt(exportEverything);
  }

  import(file: File): Promise<boolean> {
    return this.#attempt((store) => importEverything(store, file));
  }

  /** Deletes everything the page keeps in this browser. */
  clear(): Promise<boolean> {
    return this.#attempt(async (store) => {
      const { saved, workspace } = this.#playground;
      saved.forget(workspace.work);
      await store.clear(openStorage('sessionStorage'));
      return 'All data is cleared. What is on screen is kept again once you edit it.';
    });
  }

  /** Edits of what a link opened, which are about to leave the screen and can be brought back; null for none. */
  #leftEdits(words: string): Replaced | null {
    const { link, workspace } = this.#playground;
    return link.edited ? { words, before: workspace.work, isLinked: true } : null;
  }

  async #attempt(act: (store: ProjectStore) => Promise<string | undefined>): Promise<boolean> {
    const { saved } = this.#playground;
    try {
      const store = await saved.store();
      this.said = (await act(store)) ?? '';
      [this.projects, this.elsewhere] = await Promise.all([store.list(), store.openElsewhere(this.own)]);
      return this.said === '';
    } catch {
      this.said = REFUSED;
      return false;
    }
  }
}
