import type { ProjectStore } from './project-store.ts';
import type { Reading } from './read-work.ts';
import { keyOf, PROJECT_KEY, WORK_KEY } from './work-keys.ts';
import { sameWork, type Work } from './workspace.svelte.ts';

/** Where a saved text goes that could not be read whole, so that it is never overwritten. */
const ASIDE_KEY = 'policy-playground/work-aside';
const BESIDE_KEY = 'policy-playground/beside';
const DELAY_MS = 300;
/** How long a page that is reloaded may take to let go of its project. */
const HANDOVER_MS = 200;
/** Locks that have not answered by then are as good as none. */
const LOCKS_MS = 1000;

/** Why work is not, or not wholly, kept; or that two tabs met. Each is said once a visit. */
export type StorageTrouble = 'full' | 'forbidden' | 'unreadable' | 'no-history' | 'conflict';

/** The browser's storage of that kind; null where it is forbidden. */
export function openStorage(kind: 'localStorage' | 'sessionStorage'): Storage | null {
  try {
    return window[kind];
  } catch {
    return null;
  }
}

/** An id that nothing else has. */
// why: random ids of the platform are for secure pages only, and the page may be hosted on plain http.
export const newId = (): string => Date.now().toString(36) + Math.random().toString(36).slice(2);

/** Reads a saved text; null for none. A first visit has nothing saved and need not load the reader. */
async function read(raw: string | null, fallback: Work): Promise<Reading | null> {
  return raw === null ? null : (await import('./read-work.ts')).readWork(raw, fallback);
}

/**
 * A person's own work, one project a tab, and beside it (for this tab only) work from a link that has not been taken over.
 * The newest state is written at once to the browser's storage, which needs no waiting; the store of projects, fetched
 * when there is something to keep, holds it with its history. Refusals are states, never errors.
 */
export class SavedWork {
  readonly #storage: Storage | null;
  readonly #session: Storage | null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #waiting: Work | null = null;
  #generation = 0;
  /** True when what waits replaced the work before it as a whole. */
  #step = false;
  /** What was on screen before anybody edited it; not worth saving. */
  #opened: Work | null = null;
  /** The newest state of this project as this tab knows it. */
  #seen: string | null = null;
  #release: (() => void) | undefined;
  #store: Promise<ProjectStore> | undefined;
  /** The project of this tab. */
  id = $state(newId());
  /** A person's own work as last saved or read; null when there is none. */
  own = $state.raw<Work | null>(null);
  /** True while the work on screen came from elsewhere and their own is kept. */
  beside = $state(false);
  trouble = $state<StorageTrouble | null>(null);
  #said: readonly StorageTrouble[] = [];

  constructor(storage: Storage | null, session: Storage | null) {
    this.#storage = storage;
    this.#session = session;
  }

  /**
   * Reads this tab's project, else the newest, which is a copy where another tab has it. Gives the work to open with, or
   * null for none. `fallback` fills entries that do not fit.
   */
  async load(fallback: Work): Promise<Work | null> {
    const mine = this.#session?.getItem(PROJECT_KEY) ?? null;
    const id = mine ?? this.#storage?.getItem(PROJECT_KEY) ?? null;
    let raw = this.#storage?.getItem(id === null ? WORK_KEY : keyOf(id)) ?? null;
    if (id !== null && (await this.#claim(id, mine !== null))) {
      this.id = id;
      this.#seen = raw;
    }
    // why: a state too large for this storage is in the store alone.
    if (id !== null) {
      raw ??= await this.store().then(
        (store) => store.newest(id),
        () => null,
      );
    } else if (raw !== null) this.#moveIn(raw);
    const own = await read(raw, fallback);
    this.own = own?.work ?? null;
    if (own?.whole === false && raw !== null) this.#setAside(raw);
    const beside = await read(this.#session?.getItem(BESIDE_KEY) ?? null, fallback);
    this.beside = beside !== null;
    return beside?.work ?? this.own;
  }

  /** The store of projects with their history, loaded on the first call. */
  store(): Promise<ProjectStore> {
    // why: what was there before this tab writes anything is taken in first.
    const own = { id: this.id, raw: this.#seen };
    this.#store ??= import('./project-store.ts').then(
      ({ ProjectStore }) => new ProjectStore(this.#storage, own),
      (error: unknown) => {
        this.#store = undefined;
        throw error;
      },
    );
    return this.#store;
  }

  /** Says what was just opened; `beside` when it must not take the place of the person's own. */
  opened(work: Work, beside: boolean): void {
    this.flush();
    this.#opened = work;
    // why: a link back to one's own work is no other work; its dialect is always spelt out.
    this.beside = beside && this.own !== null && !sameWork({ ...this.own, dialect: work.dialect }, work);
    if (!this.beside) this.#session?.removeItem(BESIDE_KEY);
  }

  /** The work on screen becomes a project of the person's own; the one before it stays. */
  adopt(work: Work): void {
    this.#goTo(newId(), null);
    this.#waiting = work;
    this.#step = true;
    this.flush();
  }

  /** Goes on in another project, which holds `work`: as it is, or as a copy where another tab has it. */
  async goOn(id: string, work: Work): Promise<void> {
    this.flush();
    const isFree = id === this.id || (await this.#claim(id, false));
    this.#goTo(isFree ? id : newId(), work);
    this.#opened = work;
    if (!isFree) return;
    this.#seen = this.#storage?.getItem(keyOf(id)) ?? null;
    this.#mark();
  }

  /** Forgets the project of this tab, which was deleted; what is on screen is kept again when it is edited. */
  forget(work: Work): void {
    this.#waiting = null;
    this.#goTo(newId(), null);
    this.#opened = work;
    this.#session?.removeItem(PROJECT_KEY);
  }

  /** Notes the work on screen; it is written after a pause, unless nobody changed it. Of another `generation`, it came whole. */
  note(work: Work, generation = 0): void {
    const isStep = generation !== this.#generation;
    this.#generation = generation;
    // why: what waits was another step.
    if (isStep) this.flush();
    const untouched = this.#opened !== null && sameWork(work, this.#opened);
    if (untouched && (this.own === null || this.beside)) return;
    if (!this.beside && this.own !== null && sameWork(work, this.own)) {
      // why: an edit that was taken back before it was written is none.
      this.#waiting = null;
      return;
    }
    this.#step = isStep;
    this.#waiting = work;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.flush(), DELAY_MS);
  }

  /** Writes what waits. */
  flush(): void {
    clearTimeout(this.#timer);
    const work = this.#waiting;
    this.#waiting = null;
    if (work === null) return;
    if (this.beside) this.#say(this.#write(this.#session, BESIDE_KEY, JSON.stringify(work)));
    else this.#save(work);
  }

  /** What was set aside because it could not be read; null when there is nothing. */
  get aside(): string | null {
    return this.#storage?.getItem(ASIDE_KEY) ?? null;
  }

  #save(work: Work): void {
    const before = this.own ?? this.#opened;
    this.own = work;
    const now = this.#storage?.getItem(keyOf(this.id)) ?? null;
    if (now !== null && now !== this.#seen) {
      // why: where no lock keeps tabs apart, one that meets another's state goes on beside it.
      this.id = newId();
      this.#seen = null;
      this.#say('conflict');
    }
    const savedAt = Date.now();
    const store = this.store();
    if (this.#seen === null || now === null) void this.#claim(this.id, false);
    this.#seen = JSON.stringify({ ...work, savedAt });
    const refused = this.#write(this.#storage, keyOf(this.id), this.#seen);
    if (refused !== null) this.#storage?.removeItem(keyOf(this.id));
    this.#mark();
    // why: what is only too large for this storage may still fit in the store.
    if (refused === 'forbidden') this.#say(refused);
    const { id } = this;
    const isStep = this.#step;
    this.#step = false;
    store
      .then((kept) => kept.keep(id, { work, atMs: savedAt, isStep, before }))
      .then(
        (kept) => kept || this.#say(refused ?? 'no-history'),
        () => this.#say(refused),
      );
  }

  /** Holds a project's lock for as long as the tab has it; false when another tab does. */
  #claim(id: string, wait: boolean): Promise<boolean> {
    return new Promise((resolve) => {
      // why: without locks a tab keeps what it had, and others make copies.
      if (!('locks' in navigator)) {
        resolve(wait);
        return;
      }
      let isLate = false;
      setTimeout(() => {
        isLate = true;
        resolve(wait);
      }, LOCKS_MS);
      const how = wait ? { signal: AbortSignal.timeout(HANDOVER_MS) } : { ifAvailable: true };
      navigator.locks
        .request(keyOf(id), how, (lock) => {
          resolve(lock !== null);
          if (lock === null || isLate) return;
          this.#release?.();
          return new Promise<void>((release) => (this.#release = release));
        })
        .catch(() => resolve(false));
    });
  }

  /** Work saved before there were projects becomes the first of them. */
  #moveIn(raw: string): void {
    if (this.#write(this.#storage, keyOf(this.id), raw) !== null) return;
    this.#seen = raw;
    this.#mark();
    this.#storage?.removeItem(WORK_KEY);
    void this.#claim(this.id, false);
  }

  /** This tab and the next one that is opened come back to this project. */
  #mark(): void {
    this.#write(this.#storage, PROJECT_KEY, this.id);
    this.#write(this.#session, PROJECT_KEY, this.id);
  }

  #goTo(id: string, own: Work | null): void {
    if (id !== this.id) this.#seen = null;
    this.id = id;
    this.own = own;
    this.beside = false;
    this.#session?.removeItem(BESIDE_KEY);
  }

  #setAside(raw: string): void {
    this.#say(this.#write(this.#storage, ASIDE_KEY, raw) ?? 'unreadable');
  }

  /** Why it was not written; null when it was. */
  #write(storage: Storage | null, key: string, text: string): StorageTrouble | null {
    try {
      storage?.setItem(key, text);
      return storage === null ? 'forbidden' : null;
    } catch {
      return 'full';
    }
  }

  #say(trouble: StorageTrouble | null): void {
    if (trouble === null || this.#said.includes(trouble)) return;
    this.#said = [...this.#said, trouble];
    this.trouble = trouble;
  }
}
