const KEY = 'policy-playground/preferences';

export type Theme = 'system' | 'light' | 'dark';

interface Stored {
  readonly theme: Theme;
  readonly auto: boolean;
  readonly policyWidth: number | null;
  readonly timelineHeight: number | null;
  /** The policy is shown as forms. */
  readonly builder: boolean;
}

const DEFAULTS: Stored = { theme: 'system', auto: true, policyWidth: null, timelineHeight: null, builder: false };

function percent(value: unknown): number | null {
  return typeof value === 'number' && value > 0 && value < 100 ? value : null;
}

/** Reads stored preferences entry by entry; whatever does not fit is the default. */
function read(storage: Storage | null): Stored {
  try {
    const raw: unknown = JSON.parse(storage?.getItem(KEY) ?? '{}');
    if (typeof raw !== 'object' || raw === null) return DEFAULTS;
    const found = raw as Partial<Record<keyof Stored, unknown>>;
    const theme = found.theme === 'light' || found.theme === 'dark' ? found.theme : 'system';
    return {
      theme,
      auto: found.auto !== false,
      policyWidth: percent(found.policyWidth),
      timelineHeight: percent(found.timelineHeight),
      builder: found.builder === true,
    };
  } catch {
    return DEFAULTS;
  }
}

/** How a person likes the page: theme, automatic runs, splitter positions in percent. Remembered where storage allows. */
export class Preferences {
  readonly #storage: Storage | null;
  #stored = $state.raw(DEFAULTS);
  #systemDark = $state(false);

  constructor(storage: Storage | null, systemDark: MediaQueryList) {
    this.#storage = storage;
    this.#stored = read(storage);
    this.#systemDark = systemDark.matches;
    systemDark.addEventListener('change', (event) => (this.#systemDark = event.matches));
  }

  get theme(): Theme {
    return this.#stored.theme;
  }
  /** The theme on screen once the system's wish is known. */
  get shownTheme(): 'light' | 'dark' {
    if (this.theme !== 'system') return this.theme;
    return this.#systemDark ? 'dark' : 'light';
  }
  get auto(): boolean {
    return this.#stored.auto;
  }
  get policyWidth(): number | null {
    return this.#stored.policyWidth;
  }
  get timelineHeight(): number | null {
    return this.#stored.timelineHeight;
  }

  get builder(): boolean {
    return this.#stored.builder;
  }

  /** Changes some preferences and remembers them; storage that refuses is no error. */
  set(change: Partial<Stored>): void {
    this.#stored = { ...this.#stored, ...change };
    try {
      this.#storage?.setItem(KEY, JSON.stringify(this.#stored));
    } catch {
      // why: a full or forbidden storage only means that the choice lasts for this visit.
    }
  }
}
