import { unpackWork } from '../../state/packed-work.ts';
import type { Playground } from '../../state/playground.svelte.ts';
import type { Work } from '../../state/workspace.svelte.ts';
import { changeWords } from './change-words.ts';
import { momentWords } from './clock-words.ts';

/** A version in the list: when it was, what changed since the one before, and the work itself. */
export interface Version {
  readonly n: number;
  readonly time: string;
  readonly words: string;
  readonly work: Work;
  /** The version before it; null for the first that is kept. */
  readonly before: Work | null;
}

/** Reads the history of this tab's project, the newest version first. */
export class HistoryBoard {
  readonly #playground: Playground;
  /** Null while it is read. */
  versions = $state.raw<readonly Version[] | null>(null);
  problem = $state('');

  constructor(playground: Playground) {
    this.#playground = playground;
    void this.#read();
  }

  /** Puts a version on screen, as an edit of its own: the state before it can be brought back and stays in the history. */
  restore({ work, time }: Version): void {
    const { saved, link } = this.#playground;
    saved.flush();
    if (saved.beside) link.keepMine();
    this.#playground.replace(work, `Version of ${time} restored.`);
  }

  async #read(): Promise<void> {
    const { saved } = this.#playground;
    saved.flush();
    try {
      const revisions = await (await saved.store()).history(saved.id);
      const versions: Version[] = [];
      let before: Work | null = null;
      for (const { n, atMs, packed } of [...revisions].reverse()) {
        const work: Work | null = await unpackWork(packed);
        if (work === null) continue;
        versions.push({ n, time: momentWords(atMs), words: changeWords(before, work), work, before });
        before = work;
      }
      this.versions = versions.reverse();
    } catch {
      this.problem = 'The browser does not let this page reach its storage, so there is no history here.';
      this.versions = [];
    }
  }
}
