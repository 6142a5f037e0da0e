import type { WorldView } from '../../../../workers/engine-api.ts';
import type { Playground } from '../../../state/playground.svelte.ts';

/** The world of the run on screen at the moment of the clock, or at the selected call; at the end without either. */
export class WorldFeed {
  readonly #playground: Playground;
  #turn = 0;
  view = $state.raw<WorldView | null>(null);
  /** The worker no longer holds the run. */
  gone = $state(false);

  constructor(playground: Playground) {
    this.#playground = playground;
  }

  /**
   * The call whose moment is looked at, when that is, and the calls made by then; null without a run of calls. `call` is
   * null where it is no call's moment, `made` where only the time says how many.
   */
  get moment(): { readonly call: number | null; readonly atMs: number; readonly made: number | null } | null {
    const { run, selection, clock } = this.#playground;
    if (run.summary === null || run.summary.calls === 0) return null;
    const { call, explanation, explainedRun, moment } = selection;
    if (clock.atMs !== null) {
      const isOpen = call !== null && explanation?.call === call && explanation.atMs === clock.atMs;
      return { call: isOpen ? call : null, atMs: clock.atMs, made: clock.call === null ? null : clock.call + 1 };
    }
    if (call !== null && explanation !== null && explainedRun === run.summary) {
      return { call, atMs: explanation.atMs, made: call + 1 };
    }
    if (moment?.run === run.summary) return { ...moment, made: moment.call + 1 };
    return { call: null, atMs: run.summary.lastMs, made: null };
  }

  /** Asks for the moment; the newest question wins. */
  async refresh(): Promise<void> {
    const turn = ++this.#turn;
    const { run, client } = this.#playground;
    const { moment } = this;
    if (run.summary === null || moment === null) {
      this.view = null;
      return;
    }
    const reply = await client.world(run.summary.runId, moment.atMs, moment.made ?? undefined);
    if (turn !== this.#turn) return;
    this.gone = reply.kind !== 'ok' || reply.value.kind !== 'ok';
    if (reply.kind === 'ok' && reply.value.kind === 'ok') this.view = reply.value.value;
  }
}
