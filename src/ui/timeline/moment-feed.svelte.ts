import type { Playground } from '../../state/playground.svelte.ts';

/** Asks what the run on screen has come to at the moment of its clock, so that everything that counts follows it. */
export class MomentFeed {
  readonly #playground: Playground;
  #asking = false;

  constructor(playground: Playground) {
    this.#playground = playground;
  }

  /** To be called whenever the clock moves, or another run is shown. One question is out at a time. */
  async follow(): Promise<void> {
    const { clock, run, client } = this.#playground;
    const { atMs, call, told } = clock;
    const { summary } = run;
    if (atMs === null || summary === null || summary.calls === 0 || this.#asking) return;
    if (told?.run === summary && told.call === call && told.summary.atMs === atMs) return;
    this.#asking = true;
    const reply = await client.analyse({
      kind: 'moment-summary',
      ...{ runId: summary.runId, atMs },
      ...(call !== null && { call }),
    });
    this.#asking = false;
    const answered = reply.kind === 'ok' && reply.value.kind === 'moment-summary';
    if (answered) clock.told = { run: summary, call, summary: reply.value.summary };
    // why: a question that went unanswered is not asked again before something moves.
    if (answered || clock.atMs !== atMs || clock.call !== call || run.summary !== summary) void this.follow();
  }
}
