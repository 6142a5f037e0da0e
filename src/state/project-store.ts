import { answerOf, openDatabase, transact, within } from './database.ts';
import { NO_WORK, packWork, unpackText, unpackWork } from './packed-work.ts';
import { readWork } from './read-work.ts';
import { countToDrop, isGathered, kindOfChange, type Kind, type Revision } from './revisions.ts';
import { keyOf, PROJECT_KEY, WORK_KEY } from './work-keys.ts';
import type { Work } from './workspace.svelte.ts';

/** What every key of this page begins with. */
const PREFIX = 'policy-playground/';
/** Locks that have not answered by then are as good as none. */
const LOCKS_MS = 1000;
const DATABASE = 'policy-playground';
const PROJECTS = 'projects';
const REVISIONS = 'revisions';
const MOST_TRIES = 20;

/** A project in the list of them. */
export interface Project {
  readonly id: string;
  /** As the person called it; empty where the work's own title stands for it. */
  readonly name: string;
  /** Title of its newest state. */
  readonly title: string;
  readonly atMs: number;
}

interface StoredProject extends Project {
  /** Number of the next revision. */
  readonly next: number;
  /** Sizes of its revisions in bytes, from the oldest. */
  readonly sizes: readonly number[];
}

/** A revision with its work, packed. */
export interface StoredRevision extends Revision {
  readonly project: string;
  readonly packed: Uint8Array;
}

/** A state to keep; `before` is what it came from, which begins the history of a project that has none. */
export interface State {
  readonly work: Work;
  readonly atMs: number;
  readonly isStep: boolean;
  readonly before: Work | null;
}

/** A project as it is imported or exported. */
export interface WholeProject {
  readonly name: string;
  readonly revisions: readonly { readonly atMs: number; readonly kind: Kind; readonly packed: Uint8Array }[];
}

const ofProject = (id: string): IDBKeyRange => IDBKeyRange.bound([id], [id, []]);

/** A stored entry as a project in the list; what does not fit in it is left empty. */
function readProject({ id, name, title, atMs }: StoredProject): Project {
  const text = (value: unknown): string => (typeof value === 'string' ? value : '');
  return { id, name: text(name), title: text(title), atMs: Number.isFinite(atMs) ? atMs : 0 };
}

/** Ids of projects that some tab of this browser has open, this one included. */
async function heldProjects(): Promise<ReadonlySet<string>> {
  if (!('locks' in navigator)) return new Set();
  const { held = [] } = await within(LOCKS_MS, navigator.locks.query()).catch(() => ({ held: [] }));
  return new Set(held.map(({ name = '' }) => name.replace(keyOf(''), '')));
}

/** Projects with their history in the browser's database. Methods reject where it refuses; `keep` says so instead. */
export class ProjectStore {
  readonly #storage: Storage | null;
  readonly #database: Promise<IDBDatabase>;
  #queue: Promise<unknown>;

  /** `own` is this tab's project, with its newest state as text when there is one. */
  constructor(storage: Storage | null, own: { readonly id: string; readonly raw: string | null }) {
    this.#storage = storage;
    this.#database = Promise.resolve().then(() =>
      openDatabase(DATABASE, 1, (database) => {
        database.createObjectStore(PROJECTS, { keyPath: 'id' });
        database.createObjectStore(REVISIONS, { keyPath: ['project', 'n'] });
      }),
    );
    // why: whoever asks for it hears of the refusal.
    this.#database.catch(() => undefined);
    this.#queue = this.#takeInAll(own).catch(() => undefined);
  }

  /** Adds a state to a project's history, in the order of the calls. False when the browser refused. */
  keep(id: string, { work, atMs, isStep, before }: State): Promise<boolean> {
    return this.#inTurn(async () => {
      if (before !== null) await this.#append(id, before, atMs, true);
      await this.#append(id, work, atMs, isStep);
      return true;
    }).catch(() => false);
  }

  /** The newest state of a project as JSON text; null when there is none. */
  async newest(id: string): Promise<string | null> {
    const last = await this.#inTurn(() => this.#last(id)).catch(() => null);
    return last === null ? null : unpackText(last.packed);
  }

  /** All projects, the last edited first. */
  async list(): Promise<readonly Project[]> {
    const all = await this.#inTurn(() =>
      this.#read(PROJECTS, (store) => store.getAll() as IDBRequest<StoredProject[]>),
    );
    return all.map(readProject).sort((a, b) => b.atMs - a.atMs);
  }

  /** Projects that other tabs have open, given this tab's. */
  async openElsewhere(own: string): Promise<ReadonlySet<string>> {
    const held = new Set(await heldProjects());
    held.delete(own);
    return held;
  }

  /** A project's history, the newest first. */
  async history(id: string): Promise<readonly StoredRevision[]> {
    const all = await this.#inTurn(() =>
      this.#read(REVISIONS, (store) => store.getAll(ofProject(id)) as IDBRequest<StoredRevision[]>),
    );
    return all.reverse();
  }

  /** Calls a project something else; an empty name gives it back its title. */
  rename(id: string, name: string): Promise<void> {
    return this.#inTurn(() =>
      this.#change(async (projects) => {
        const project = await answerOf(projects.get(id) as IDBRequest<StoredProject | undefined>);
        if (project !== undefined) projects.put({ ...project, name });
      }),
    );
  }

  /** Deletes a project with its history. */
  async remove(id: string): Promise<void> {
    await this.#inTurn(() =>
      this.#change(async (projects, revisions) => {
        projects.delete(id);
        await answerOf(revisions.delete(ofProject(id)));
      }),
    );
    this.#storage?.removeItem(keyOf(id));
    if (this.#storage?.getItem(PROJECT_KEY) !== id) return;
    const [next] = await this.list();
    if (next === undefined) this.#storage.removeItem(PROJECT_KEY);
    else this.#storage.setItem(PROJECT_KEY, next.id);
  }

  /** Adds a project with its history, oldest first, beside all others. Nothing is added when it rejects. */
  add(id: string, { name, revisions: added }: WholeProject): Promise<void> {
    return this.#inTurn(async () => {
      const newest = added.at(-1);
      const work = newest && (await unpackWork(newest.packed));
      if (newest === undefined || !work) return;
      const drop = countToDrop(added.map(({ packed }) => packed.length));
      const kept = added.slice(drop);
      const sizes = kept.map(({ packed }) => packed.length);
      await this.#change(async (projects, revisions) => {
        for (const [n, { atMs, kind, packed }] of kept.entries()) {
          revisions.put({ project: id, n, atMs, sinceMs: atMs, kind, isStep: true, packed } satisfies StoredRevision);
        }
        const project: StoredProject = { id, name, title: work.title, atMs: newest.atMs, next: kept.length, sizes };
        await answerOf(projects.put(project));
      });
    });
  }

  /** Deletes everything this page keeps in this browser, in all places. */
  async clear(session: Storage | null): Promise<void> {
    for (const storage of [this.#storage, session]) {
      const keys = Object.keys(storage ?? {}).filter((key) => key.startsWith(PREFIX));
      for (const key of keys) storage?.removeItem(key);
    }
    await this.#inTurn(() =>
      this.#change(async (projects, revisions) => {
        projects.clear();
        await answerOf(revisions.clear());
      }),
    );
  }

  #inTurn<T>(job: () => Promise<T>): Promise<T> {
    const turn = this.#queue.then(job);
    this.#queue = turn.catch(() => undefined);
    return turn;
  }

  async #read<T>(store: string, ask: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
    return transact(await this.#database, [store], 'readonly', (all) => answerOf(ask(all.objectStore(store))));
  }

  async #change<T>(work: (projects: IDBObjectStore, revisions: IDBObjectStore) => Promise<T>): Promise<T> {
    return transact(await this.#database, [PROJECTS, REVISIONS], 'readwrite', (all) =>
      work(all.objectStore(PROJECTS), all.objectStore(REVISIONS)),
    );
  }

  async #last(id: string): Promise<StoredRevision | null> {
    const cursor = await this.#read(REVISIONS, (store) => store.openCursor(ofProject(id), 'prev'));
    return (cursor?.value as StoredRevision | undefined) ?? null;
  }

  async #append(id: string, work: Work, atMs: number, isStep: boolean): Promise<void> {
    const packed = await packWork(work);
    // why: without locks another tab may write in between; what is compared is then read anew.
    for (let tries = 0; tries < MOST_TRIES; tries++) {
      const last = await this.#last(id);
      const kind = kindOfChange(last && (await unpackWork(last.packed)), work);
      if (kind === null) return;
      const gathered = last !== null && isGathered(last, { atMs, kind, isStep }) ? last : null;
      const revision = { project: id, atMs, sinceMs: gathered?.sinceMs ?? atMs, kind, isStep, packed };
      if (await this.#put(revision, gathered?.n ?? null, (last?.n ?? -1) + 1, work.title)) return;
    }
    throw new Error('the project changes all the time');
  }

  /** Writes a revision in the place of `over`, or as number `next` unless that is taken: then false. */
  #put(revision: Omit<StoredRevision, 'n'>, over: number | null, next: number, title: string): Promise<boolean> {
    const { project: id, atMs, packed } = revision;
    return this.#change(async (projects, revisions) => {
      const found = await answerOf(projects.get(id) as IDBRequest<StoredProject | undefined>);
      if ((found?.next ?? 0) !== next) return false;
      const sizes = [...(found?.sizes ?? [])];
      if (over !== null) sizes.pop();
      sizes.push(packed.length);
      const drop = countToDrop(sizes);
      const after = over === null ? next + 1 : next;
      const first = after - sizes.length;
      revisions.put({ ...revision, n: over ?? next } satisfies StoredRevision);
      if (drop > 0) revisions.delete(IDBKeyRange.bound([id, first], [id, first + drop], false, true));
      const project = { id, name: found?.name ?? '', title, atMs, next: after, sizes: sizes.slice(drop) };
      await answerOf(projects.put(project satisfies StoredProject));
      return true;
    });
  }

  /** Takes in newest states that an earlier visit could not bring here, and forgets those that no one comes back to. */
  async #takeInAll(own: { readonly id: string; readonly raw: string | null }): Promise<void> {
    if (own.raw !== null) await this.#takeIn(own.id, own.raw);
    const storage = this.#storage;
    if (storage === null) return;
    const held = await heldProjects();
    const newest = storage.getItem(PROJECT_KEY);
    const keys = Object.keys(storage).filter((key) => key === WORK_KEY || key.startsWith(keyOf('')));
    for (const key of keys) {
      const id = key === WORK_KEY ? 'first' : key.slice(keyOf('').length);
      const raw = storage.getItem(key);
      if (id === own.id || held.has(id) || raw === null) continue;
      const isIn = await this.#takeIn(id, raw);
      if (isIn && id !== newest && storage.getItem(key) === raw) storage.removeItem(key);
    }
  }

  /** False for a text that cannot be read whole, which then stays where it is. */
  async #takeIn(id: string, raw: string): Promise<boolean> {
    const { work, whole, atMs } = readWork(raw, NO_WORK);
    if (whole) await this.#append(id, work, atMs, true);
    return whole;
  }
}
