import type { JsonValue } from '../core/json.ts';
import type { Scenario } from '../core/scenario/model.ts';
import { sameWork, type Work } from './workspace.svelte.ts';

const KEY = 'policy-playground/work';
/** Where a saved text goes that could not be read whole, so that it is never overwritten. */
const ASIDE_KEY = 'policy-playground/work-aside';
const BESIDE_KEY = 'policy-playground/beside';
const DELAY_MS = 300;

/** Why work is not, or not wholly, kept. Each is said once a visit. */
export type StorageTrouble = 'full' | 'forbidden' | 'unreadable';

/** The browser's storage of that kind; null where it is forbidden. */
export function openStorage(kind: 'localStorage' | 'sessionStorage'): Storage | null {
  try {
    return window[kind];
  } catch {
    return null;
  }
}

interface Reading {
  readonly work: Work;
  /** True when every entry could be used. */
  readonly whole: boolean;
}

const DIALECTS = ['policylayer', 'intercept'] as const;

/** The policy to compare with; null when it does not fit. */
function readCompare(value: unknown): Work['compare'] | null {
  if (value === undefined) return value;
  const { dialect, text } = Object(value) as Readonly<Record<string, unknown>>;
  const known = isOneOf(dialect, DIALECTS);
  return known !== null && typeof text === 'string' ? { dialect: known, text } : null;
}

async function readStoredScenario(value: unknown): Promise<Scenario | null> {
  try {
    // why: a first visit has nothing saved and need not load the schema.
    const { readScenario } = await import('./read-scenario.ts');
    const read = readScenario(value as JsonValue);
    return read.ok ? read.scenario : null;
  } catch {
    return null;
  }
}

/** Reads a saved text entry by entry; an entry that does not fit is `fallback`'s. Null when it is nothing of ours. */
async function read(raw: string | null, fallback: Work): Promise<Reading | null> {
  if (raw === null) return null;
  let found: Partial<Record<keyof Work, unknown>>;
  try {
    const value: unknown = JSON.parse(raw);
    if (typeof value !== 'object' || value === null) return { work: fallback, whole: false };
    found = value;
  } catch {
    return { work: fallback, whole: false };
  }
  let whole = true;
  const either = <T>(value: T | null, instead: T): T => {
    if (value === null) whole = false;
    return value ?? instead;
  };
  const { title, policyText, dialect, windows, compare } = found;
  const compared = readCompare(compare);
  if (compared === null) whole = false;
  const work: Work = {
    title: either(typeof title === 'string' ? title : null, fallback.title),
    policyText: either(typeof policyText === 'string' ? policyText : null, fallback.policyText),
    dialect: either(isOneOf(dialect, ['auto', ...DIALECTS] as const), fallback.dialect),
    scenario: either(await readStoredScenario(found.scenario), fallback.scenario),
    windows: either(isOneOf(windows, ['calendar', 'sliding', 'anchored'] as const), fallback.windows),
    compare: compared ?? undefined,
  };
  return { work, whole };
}

function isOneOf<T extends string>(value: unknown, list: readonly T[]): T | null {
  return list.find((entry) => entry === value) ?? null;
}

/**
 * A person's own work in the browser's storage, and beside it (for this tab only) work that came from a link and has not
 * been taken over. Writing waits for a pause; `flush` writes at once. Refusals are states, never errors.
 */
export class SavedWork {
  readonly #storage: Storage | null;
  readonly #session: Storage | null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #waiting: Work | null = null;
  /** What was on screen before anybody edited it; not worth saving. */
  #opened: Work | null = null;
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

  /** Reads what is saved. Gives the work to open with, or null for none. `fallback` fills entries that do not fit. */
  async load(fallback: Work): Promise<Work | null> {
    const raw = this.#storage?.getItem(KEY) ?? null;
    const own = await read(raw, fallback);
    this.own = own?.work ?? null;
    if (own !== null && !own.whole && raw !== null) this.#setAside(raw);
    const beside = await read(this.#session?.getItem(BESIDE_KEY) ?? null, fallback);
    this.beside = beside !== null;
    return beside?.work ?? this.own;
  }

  /** Says what was just opened; `beside` when it must not take the place of the person's own. */
  opened(work: Work, beside: boolean): void {
    this.flush();
    this.#opened = work;
    // why: a link back to one's own work is no other work; its dialect is always spelt out.
    this.beside = beside && this.own !== null && !sameWork({ ...this.own, dialect: work.dialect }, work);
    if (!this.beside) this.#session?.removeItem(BESIDE_KEY);
  }

  /** The work on screen becomes the person's own. */
  adopt(work: Work): void {
    this.beside = false;
    this.#session?.removeItem(BESIDE_KEY);
    this.#waiting = work;
    this.flush();
  }

  /** Notes the work on screen; it is written after a pause, unless nobody changed it. */
  note(work: Work): void {
    const untouched = this.#opened !== null && sameWork(work, this.#opened);
    if (untouched && (this.own === null || this.beside)) return;
    if (!this.beside && this.own !== null && sameWork(work, this.own)) return;
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
    if (!this.beside) this.own = work;
    const storage = this.beside ? this.#session : this.#storage;
    if (storage === null) {
      this.#say('forbidden');
      return;
    }
    try {
      storage.setItem(this.beside ? BESIDE_KEY : KEY, JSON.stringify(work));
    } catch {
      this.#say('full');
    }
  }

  /** What was set aside because it could not be read; null when there is nothing. */
  get aside(): string | null {
    return this.#storage?.getItem(ASIDE_KEY) ?? null;
  }

  #setAside(raw: string): void {
    try {
      this.#storage?.setItem(ASIDE_KEY, raw);
    } catch {
      this.#say('full');
      return;
    }
    this.#say('unreadable');
  }

  #say(trouble: StorageTrouble): void {
    if (this.#said.includes(trouble)) return;
    this.#said = [...this.#said, trouble];
    this.trouble = trouble;
  }
}
