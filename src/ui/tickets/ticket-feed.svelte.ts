import { SvelteMap } from 'svelte/reactivity';
import type { TicketDraft } from '../../../workers/engine-api.ts';

/** Answers tickets `from …` of the run, in their order; fewer than asked for when the run is gone. */
export type TicketLoader = (from: number, count: number) => Promise<readonly TicketDraft[]>;

const PAGE = 200;
const MOST_PAGES = 50;

/** The tickets of one run, fetched by pages as they come into view. Unsigned; the oldest pages are dropped. */
export class TicketFeed {
  readonly #load: TicketLoader;
  readonly #pages = new SvelteMap<number, readonly TicketDraft[]>();
  #asked: readonly number[] = [];
  readonly total: number;
  /** True when the worker no longer holds the run, or could not answer. */
  lost = $state(false);

  constructor(load: TicketLoader, total: number) {
    this.#load = load;
    this.total = total;
  }

  /** The ticket at a position from 0; null until it has been fetched. */
  at(index: number): TicketDraft | null {
    return this.#pages.get(Math.floor(index / PAGE))?.[index % PAGE] ?? null;
  }

  /** Fetches what is missing of positions `from … to`. */
  want(from: number, to: number): void {
    const last = Math.floor(Math.min(to, this.total - 1) / PAGE);
    for (let page = Math.max(0, Math.floor(from / PAGE)); page <= last; page++) void this.#fetch(page);
  }

  /** Position of the ticket that call was answered with; -1 when it got none. Tickets stand in the order of calls. */
  async find(call: number): Promise<number> {
    let low = 0;
    let high = this.total - 1;
    while (low <= high) {
      const middle = (low + high) >> 1;
      const [ticket] = await this.#ask(middle, 1);
      if (ticket === undefined) return -1;
      if (ticket.call === call) return middle;
      if (ticket.call < call) low = middle + 1;
      else high = middle - 1;
    }
    return -1;
  }

  async #fetch(page: number): Promise<void> {
    if (this.#asked.includes(page)) return;
    this.#asked = [...this.#asked, page];
    const from = page * PAGE;
    const tickets = await this.#ask(from, Math.min(PAGE, this.total - from));
    if (tickets.length === 0) return;
    this.#pages.set(page, tickets);
    for (const old of [...this.#pages.keys()].slice(0, -MOST_PAGES)) {
      this.#pages.delete(old);
      this.#asked = this.#asked.filter((asked) => asked !== old);
    }
  }

  async #ask(from: number, count: number): Promise<readonly TicketDraft[]> {
    const tickets = await this.#load(from, count).catch(() => []);
    if (tickets.length === 0) this.lost = true;
    return tickets;
  }
}
