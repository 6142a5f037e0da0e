const KEY = 'policy-playground/long-run';

/** Marks this tab while a long run is going. A page that is left takes the mark away; one that breaks down cannot. */
export class RunMark {
  readonly #session: Storage | null;

  constructor(session: Storage | null) {
    this.#session = session;
  }

  /** Sets the mark, or takes it away. */
  set(isGoing: boolean): void {
    try {
      if (isGoing) this.#session?.setItem(KEY, '1');
      else this.#session?.removeItem(KEY);
    } catch {
      // why: without the mark a run only begins again by itself.
    }
  }

  /** True when the page before, in this tab, broke down in the middle of a long run; said once. */
  take(): boolean {
    const isThere = this.#session?.getItem(KEY) === '1';
    this.set(false);
    return isThere;
  }
}
