import type { Moment, MomentQuestion } from '../../core/simulator/moment.ts';
import type { Playground } from '../../state/playground.svelte.ts';
import type { CallCursor } from './call-cursor.svelte.ts';

/** Virtual time per second of playing: a factor, or as fast as shows the whole run in 10 s. */
export type Speed = number | 'run';

/** Where a clock that plays takes its time from; tests pass their own. */
export interface Ticker {
  /** Calls `tick` with the ms since the last tick until the returned function is called. */
  start(tick: (elapsedMs: number) => void): () => void;
}

const WHOLE_RUN_MS = 10_000;
const STEP_MS = 1000;
/** Longest time one frame may stand for: a page that was hidden does not leap. */
const LONGEST_FRAME_MS = 100;

/** How long before a boundary the clock stops to show what leads up to it. */
const LEAD_MS = 5000;
/** Why a jump led nowhere. */
const NOWHERE = {
  denial: 'No denial after this moment.',
  boundary: 'No boundary after this moment.',
  before: 'No boundary more than five seconds after this moment.',
} as const;

/** A tick a frame; once a second where motion is not wanted. */
const pageTicker: Ticker = {
  start(tick) {
    if (matchMedia('(prefers-reduced-motion: reduce)').matches) {
      const timer = setInterval(() => tick(STEP_MS), STEP_MS);
      return () => clearInterval(timer);
    }
    let before = performance.now();
    const frame = (nowMs: number): void => {
      tick(Math.min(Math.max(nowMs - before, 0), LONGEST_FRAME_MS));
      before = nowMs;
      if (running) id = requestAnimationFrame(frame);
    };
    let running = true;
    let id = requestAnimationFrame(frame);
    return () => {
      running = false;
      cancelAnimationFrame(id);
    };
  },
};

/** Moves the virtual clock of the run on screen: plays it, steps it, jumps with it. */
export class Player {
  readonly #playground: Playground;
  readonly #cursor: CallCursor;
  readonly #ticker: Ticker;
  #stop: (() => void) | null = null;
  #asking = false;
  #again = false;
  playing = $state(false);
  speed = $state<Speed>('run');
  /** Approvals that wait at the moment; null while that is not known. */
  pending = $state<number | null>(null);
  /** Why the last jump led nowhere, or not where it was meant to. */
  said = $state('');

  constructor(playground: Playground, cursor: CallCursor, ticker: Ticker = pageTicker) {
    this.#playground = playground;
    this.#cursor = cursor;
    this.#ticker = ticker;
  }

  /** Starts from the moment, or from the first call when the clock stands at the end. */
  play(): void {
    const { run, clock, selection } = this.#playground;
    const { summary } = run;
    if (summary === null || summary.calls === 0 || this.playing) return;
    // why: an open call is a moment of its own, and would hold back everything that follows the clock.
    selection.close();
    if (clock.atMs === null || clock.atMs >= summary.lastMs || clock.atMs < summary.firstMs) {
      clock.atMs = summary.firstMs;
    }
    this.said = '';
    this.playing = true;
    this.#stop = this.#ticker.start((elapsedMs) => this.#tick(elapsedMs));
  }

  pause(): void {
    this.#stop?.();
    this.#stop = null;
    this.playing = false;
  }

  /** Stands at the end of the run again, where nothing follows a moment. */
  leave(): void {
    this.pause();
    this.#playground.clock.leave();
    this.pending = null;
    this.said = '';
  }

  /** Moves by some calls. */
  step(by: number): void {
    this.pause();
    this.said = '';
    this.#cursor.step(by);
  }

  /** Goes to the next denial, to the next boundary of a window, or to five seconds before that. */
  async jump(to: 'denial' | 'boundary' | 'before'): Promise<void> {
    this.pause();
    const { clock, run } = this.#playground;
    const { summary } = run;
    if (summary === null) return;
    const leadMs = to === 'before' ? LEAD_MS : 0;
    // why: a boundary that comes soon after the start has no five seconds before it, and is still the first one.
    const afterMs = clock.atMs ?? summary.firstMs - 1 - leadMs;
    const moment = await this.#ask(
      to === 'denial' ? { to, afterCall: this.#cursor.call ?? -1 } : { to: 'boundary', afterMs, leadMs },
    );
    const starts = (moment?.atMs ?? Infinity) < summary.firstMs;
    const found = starts ? await this.#ask({ to: 'moment', atMs: summary.firstMs }) : moment;
    if (found === undefined || this.#playground.run.summary !== summary) return;
    this.said = found === null ? NOWHERE[to] : starts ? 'The run starts less than five seconds before it.' : '';
    if (found !== null) this.#arrive(found);
  }

  /** Finds out what stands at the moment of the clock; to be called whenever it moves. One question is out at a time. */
  async follow(): Promise<void> {
    this.#again = true;
    if (this.#asking) return;
    this.#asking = true;
    const { clock, run } = this.#playground;
    while (this.#again) {
      this.#again = false;
      const { atMs } = clock;
      const { summary } = run;
      if (atMs === null || summary === null || summary.calls === 0) continue;
      const moment = await this.#ask({ to: 'moment', atMs });
      if (!moment || run.summary !== summary || clock.atMs === null || this.#cursor.moving) continue;
      // why: a clock that plays is always a little ahead of its answers; one that was stepped meanwhile is elsewhere.
      if (clock.atMs !== atMs && !this.playing) continue;
      const known = clock.call;
      this.pending = moment.pending;
      // why: of calls that share a millisecond the one that was stepped to stays.
      const isOneOfThem = known !== null && known >= moment.firstCall && known <= moment.call;
      if (!isOneOfThem) clock.call = moment.call;
    }
    this.#asking = false;
  }

  #arrive({ atMs, call, pending }: Moment): void {
    const { clock, selection } = this.#playground;
    clock.atMs = atMs;
    clock.call = call;
    this.pending = pending;
    if (selection.call !== null && call >= 0) void selection.open(call);
  }

  #tick(elapsedMs: number): void {
    const { run, clock } = this.#playground;
    const { summary } = run;
    if (summary === null || clock.atMs === null) {
      this.pause();
      return;
    }
    const factor = this.speed === 'run' ? Math.max(summary.lastMs - summary.firstMs, 1) / WHOLE_RUN_MS : this.speed;
    clock.atMs = Math.min(clock.atMs + elapsedMs * factor, summary.lastMs);
    if (clock.atMs === summary.lastMs) this.pause();
  }

  /** The answer, null for none, undefined when it could not be had. */
  async #ask(question: MomentQuestion): Promise<Moment | null | undefined> {
    const { client, run } = this.#playground;
    const runId = run.summary?.runId;
    if (runId === undefined) return undefined;
    const reply = await client.analyse({ kind: 'moment', runId, question });
    return reply.kind === 'ok' && reply.value.kind === 'moment' ? reply.value.moment : undefined;
  }
}
