/** `docked`: three columns · `two`: two panes · `one`: Policy / Run / Results switch · `stacked`: one scrolling page. */
export type LayoutMode = 'docked' | 'two' | 'one' | 'stacked';

/** The part shown while there is room for one only. */
export type Part = 'policy' | 'run' | 'results';

/** How much room the page has, and which part is shown where there is room for one. */
export class Layout {
  mode = $state<LayoutMode>('two');
  part = $state<Part>('policy');
  /** Sections of the stacked page that are folded. */
  #folded = $state.raw<readonly string[]>(['policy']);

  /** `match` is `window.matchMedia`, or a stand-in for tests. */
  constructor(match: (query: string) => MediaQueryList) {
    const docked = match('(min-width: 1680px)');
    const two = match('(min-width: 1120px)');
    const one = match('(min-width: 720px)');
    const read = (): void => {
      this.mode = docked.matches ? 'docked' : two.matches ? 'two' : one.matches ? 'one' : 'stacked';
    };
    for (const query of [docked, two, one]) query.addEventListener('change', read);
    read();
  }

  /** True for a section of the stacked page of which only the head shows. */
  isFolded(name: string): boolean {
    return this.mode === 'stacked' && this.#folded.includes(name);
  }

  /** Opens a folded section of the stacked page. */
  unfold(name: string): void {
    if (this.isFolded(name)) this.toggleFold(name);
  }

  /** Folds or opens a section of the stacked page. */
  toggleFold(name: string): void {
    const rest = this.#folded.filter((other) => other !== name);
    this.#folded = this.isFolded(name) ? rest : [...rest, name];
  }
}
