import type { Playground } from '../../state/playground.svelte.ts';
import { SvelteMap } from 'svelte/reactivity';
import type { Exchange, RunAgent, TranscriptPage } from '../../../workers/engine-api.ts';

/** Exchanges asked for at once, to be shown. */
const PAGE = 20;
const MOST_PAGES = 25;

/** What one agent of a run asked and was answered, fetched by pages as they come into view; the oldest are dropped. */
export class Transcript {
  readonly #client: Playground['client'];
  readonly #runId: number;
  readonly #agent: number;
  readonly #pages = new SvelteMap<number, readonly Exchange[]>();
  readonly #asked = new Set<number>();
  #moments = 0;
  /** Everybody who calls in the run; empty before the first answer. */
  agents = $state.raw<readonly RunAgent[]>([]);
  /** Calls of the agent; null before the first answer. */
  total = $state<number | null>(null);
  /** True when the worker no longer holds the run. */
  gone = $state(false);

  /** `agent` is an index into `agents`. */
  constructor(client: Playground['client'], runId: number, agent: number) {
    this.#client = client;
    this.#runId = runId;
    this.#agent = agent;
    void this.#fetch(0);
  }

  /** The exchange at a position from 0; null until it has been fetched. */
  at(index: number): Exchange | null {
    return this.#pages.get(Math.floor(index / PAGE))?.[index % PAGE] ?? null;
  }

  /** Fetches what is missing of positions `from … to`. */
  want(from: number, to: number): void {
    const last = Math.floor(Math.min(to, (this.total ?? 1) - 1) / PAGE);
    for (let page = Math.max(0, Math.floor(from / PAGE)); page <= last; page++) void this.#fetch(page);
  }

  /** Exchanges `from … from + count`, read for a file; null when the run is gone. */
  async read(from: number, count: number): Promise<readonly Exchange[] | null> {
    return (await this.#ask(from, count))?.exchanges ?? null;
  }

  /** How many calls the agent has made by a moment; the newest question wins, null for an older one. */
  async madeBy(atMs: number): Promise<number | null> {
    const turn = ++this.#moments;
    const page = await this.#ask(0, 0, atMs);
    return turn === this.#moments ? (page?.made ?? null) : null;
  }

  async #fetch(number: number): Promise<void> {
    if (this.#asked.has(number)) return;
    this.#asked.add(number);
    const page = await this.#ask(number * PAGE, PAGE);
    if (page === null) return;
    this.agents = page.agents;
    this.total = page.total;
    this.#pages.set(number, page.exchanges);
    for (const old of [...this.#pages.keys()].slice(0, -MOST_PAGES)) {
      this.#pages.delete(old);
      this.#asked.delete(old);
    }
  }

  async #ask(from: number, count: number, atMs?: number): Promise<TranscriptPage | null> {
    const reply = await this.#client.transcript(this.#runId, {
      agent: this.#agent,
      ...{ from, count },
      ...(atMs !== undefined && { atMs }),
    });
    const page = reply.kind === 'ok' && reply.value.kind === 'ok' ? reply.value.value : null;
    this.gone = page === null;
    return page;
  }
}
