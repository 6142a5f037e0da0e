import type { Timeline, TimelineRequest } from '../../../workers/engine-api.ts';
import type { Playground } from '../../state/playground.svelte.ts';

/** The part of the client that a feed asks. */
export type TimelineSource = Pick<Playground['client'], 'timeline'>;

/** Runs `task` before the next paint; tests pass their own. */
export type FrameScheduler = (task: () => void) => void;

const nextFrame: FrameScheduler = (task) => void requestAnimationFrame(task);

/**
 * Asks the worker for what is in view, at most once a frame and one question at a time; the newest wish wins. `data`
 * stays until the next answer, so that panning never shows an empty plot.
 */
export class TimelineFeed {
  readonly #source: TimelineSource;
  readonly #frame: FrameScheduler;
  #wanted: TimelineRequest | null = null;
  #busy = false;
  data = $state.raw<Timeline | null>(null);
  /** Run that `data` belongs to. */
  runId = $state(-1);
  /** True when the worker no longer holds the run that was asked about. */
  gone = $state(false);

  constructor(source: TimelineSource, frame: FrameScheduler = nextFrame) {
    this.#source = source;
    this.#frame = frame;
  }

  /** Wants the answer to this request, instead of any wanted before. */
  want(request: TimelineRequest): void {
    this.#wanted = request;
    if (this.#busy) return;
    this.#busy = true;
    this.#frame(() => void this.#ask());
  }

  async #ask(): Promise<void> {
    const request = this.#wanted;
    this.#wanted = null;
    if (request !== null) {
      const reply = await this.#source.timeline(request);
      if (reply.kind === 'ok' && reply.value.kind === 'ok') {
        this.data = reply.value.value;
        this.runId = request.runId;
        this.gone = false;
      } else if (reply.kind !== 'superseded') this.gone = this.#wanted === null;
    }
    this.#busy = false;
    if (this.#wanted !== null) this.want(this.#wanted);
  }
}
