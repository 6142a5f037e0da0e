import type { Explanation, LogFilter } from '../../../workers/engine-api.ts';
import type { Playground } from '../../state/playground.svelte.ts';
import { NO_FILTER } from '../../state/selection.svelte.ts';

/** Calls on one page of a transcript; each is replayed to be shown. */
export const PAGE_CALLS = 10;

/** What one grant asked and was answered, a page at a time. A newer wish takes the place of one that is being read. */
export class Transcript {
  readonly #client: Playground['client'];
  #turn = 0;
  /** Calls of the grant; null before the first answer. */
  total = $state<number | null>(null);
  /** Position of the first call of the page, from 0. */
  from = $state(0);
  entries = $state.raw<readonly Explanation[]>([]);
  /** True when the worker no longer holds the run. */
  gone = $state(false);

  constructor(client: Playground['client']) {
    this.#client = client;
  }

  /** Reads a page: entries appear one after the other, the old page stays until the first is there. */
  async read(runId: number, grant: string, from: number): Promise<void> {
    const turn = ++this.#turn;
    const filter: LogFilter = { ...NO_FILTER, grants: [grant] };
    const reply = await this.#client.log(runId, filter, from, PAGE_CALLS);
    if (turn !== this.#turn) return;
    this.gone = reply.kind !== 'ok' || reply.value.kind !== 'ok';
    if (reply.kind !== 'ok' || reply.value.kind !== 'ok') return;
    const page = reply.value.value;
    const entries: Explanation[] = [];
    for (const call of page.call) {
      const answer = await this.#client.explain(runId, call);
      if (turn !== this.#turn) return;
      if (answer.kind !== 'ok' || answer.value.kind !== 'ok') {
        this.gone = true;
        return;
      }
      entries.push(answer.value.value);
      this.total = page.total;
      this.from = from;
      this.entries = [...entries];
    }
  }
}
