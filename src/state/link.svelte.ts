import type { DecodedLink } from '../share/codec.ts';
import type { LinkContent } from '../share/schema.ts';
import type { LinkProblem } from '../share/problems.ts';
import { mayBeLink, pageAddress, type Address } from './page-address.ts';
import type { SavedWork } from './saved-work.svelte.ts';
import { sameWork, type Work } from './workspace.svelte.ts';

/** What content from a link or file is as work. */
export function workOf(content: LinkContent): Work {
  return {
    title: content.title ?? '',
    policyText: content.policy.text,
    dialect: content.policy.dialect,
    scenario: content.scenario,
    windows: content.windows ?? 'calendar',
    compare: content.compare,
  };
}

/** Opens a fragment; the codec and its schema are loaded only for that. Never throws. */
async function decode(hash: string): Promise<DecodedLink> {
  if (!mayBeLink(hash)) return { kind: 'none' };
  try {
    const [{ decodeLink }, { readScenario }] = await Promise.all([
      import('../share/codec.ts'),
      import('./read-scenario.ts'),
    ]);
    return await decodeLink(hash, readScenario);
  } catch {
    const read = 'The part of the page that reads links could not be loaded. Reload to try again.';
    return { kind: 'rejected', code: 'damaged', title: 'This link could not be opened', read, raw: hash };
  }
}

/** The screen, as far as links change it. */
export interface LinkScreen {
  /** What stands there when a person has no work of their own. */
  readonly seed: Work;
  /** Puts work on screen. */
  open(work: Work): void;
  /** Says that edits of linked work leave the screen, and offers to bring them back; `words` say what takes their place. */
  keepEdits(words: string): void;
}

/**
 * The link the page was opened with, and what became of it. Content from a link never takes the place of a person's own
 * work until they say so: `beside` is true meanwhile.
 */
export class LinkState {
  readonly #saved: SavedWork;
  readonly #address: Address;
  readonly #screen: LinkScreen;
  status = $state<'none' | 'opened' | 'rejected'>('none');
  /** Set while `status` is `rejected`. */
  problem = $state.raw<LinkProblem | null>(null);
  /** Fields of the link that this version does not know. */
  ignored = $state.raw<readonly string[]>([]);
  /** The address the work on screen was opened from, for "Open in a new tab"; empty when none. */
  href = $state('');
  /** What to look at, as the link says; taken once by whoever follows it. */
  view: LinkContent['view'] | undefined;
  #opened: Work | null = null;
  #turn = 0;

  constructor(saved: SavedWork, screen: LinkScreen, address: Address = pageAddress) {
    this.#saved = saved;
    this.#screen = screen;
    this.#address = address;
  }

  /** True while the work on screen came from a link and the person's own is kept. */
  get beside(): boolean {
    return this.#saved.beside;
  }

  /** True when work from elsewhere was edited and is kept for this tab only. */
  get edited(): boolean {
    return this.beside && this.#opened === null;
  }

  /** Reads the fragment of the address. True when its content is now on screen; the newest call wins. */
  async read(): Promise<boolean> {
    const turn = ++this.#turn;
    const href = this.#address.href();
    const found = await decode(this.#address.hash());
    if (turn !== this.#turn) return false;
    this.problem = found.kind === 'rejected' ? found : null;
    this.status = found.kind;
    if (found.kind === 'none') this.#wentBack();
    if (found.kind !== 'opened') return false;
    this.ignored = found.ignored;
    this.view = found.content.view;
    this.show(workOf(found.content), href);
    return true;
  }

  /** Puts work that is not the person's own on screen: from a link, or from the gallery. */
  show(work: Work, href: string): void {
    if (this.edited) this.#screen.keepEdits('Something else was opened.');
    this.#opened = work;
    this.href = href;
    this.#saved.opened(work, true);
    this.#screen.open(work);
  }

  /** Goes back to the person's own work. */
  keepMine(): void {
    const own = this.#saved.own;
    if (this.edited) this.#screen.keepEdits('Your own work is on screen again.');
    this.#forget();
    if (own === null) return;
    this.#saved.opened(own, false);
    this.#screen.open(own);
  }

  /** Makes the work on screen the person's own. */
  useThis(work: Work): void {
    this.#saved.adopt(work);
  }

  /** Puts away the message about a link that did not open. */
  dismiss(): void {
    this.#forget();
  }

  /** Notes the work on screen: the address keeps a link only as long as it says the same. */
  note(work: Work): void {
    if (this.#opened === null || sameWork(work, this.#opened)) return;
    this.#opened = null;
    this.#address.drop();
  }

  /** The link left the address, as Back does it: unless somebody edited what it opened, that goes too. */
  #wentBack(): void {
    if (this.#opened === null || !mayBeLink(/#.*/s.exec(this.href)?.[0] ?? '')) return;
    const before = this.#saved.own ?? this.#screen.seed;
    this.#forget();
    this.#saved.opened(before, false);
    this.#screen.open(before);
  }

  #forget(): void {
    this.#opened = null;
    this.href = '';
    this.status = 'none';
    this.problem = null;
    this.ignored = [];
    this.#address.drop();
  }
}
