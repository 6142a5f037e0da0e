import type { TicketStory } from '../../../workers/engine-api.ts';
import type { StoryRequest } from '../../core/simulator/ticket-story.ts';
import type { TicketAsker } from './ticket-asker.ts';

/** The story asked for last; while a newer one is on its way the old one stays. */
export class StoryFeed {
  readonly #ask: TicketAsker;
  #asked = 0;
  story = $state.raw<TicketStory | null>(null);
  /** True when the worker no longer holds the run, or could not answer. */
  lost = $state(false);

  constructor(ask: TicketAsker) {
    this.#ask = ask;
  }

  /** Asks anew; the newest question wins. */
  async want(request: StoryRequest): Promise<void> {
    const turn = ++this.#asked;
    const answer = await this.#ask({ kind: 'story', ...request }).catch(() => null);
    if (turn !== this.#asked) return;
    if (answer?.kind === 'story') this.story = answer.story;
    else this.lost = true;
  }
}
