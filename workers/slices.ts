import type { Pass } from '../src/core/simulator/pass.ts';
import type { Replay } from '../src/core/simulator/replay.ts';

/** Longest stretch of work without a look at what the page asks meanwhile. */
const SLICE_MS = 25;
/** Calls between two looks at the time. */
export const STRIDE = 8192;

/** Thrown inside the worker to leave work that nobody waits for any more; never reaches the page. */
export class Abandoned extends Error {}

/** Resolves in a task of its own, behind the messages that are already waiting. */
export function nextTask(): Promise<void> {
  const { port1, port2 } = new MessageChannel();
  return new Promise((resolve) => {
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}

/** Cuts long work into slices of 25 ms. */
export class Slices {
  readonly #isWanted: () => boolean;
  #startMs = performance.now();

  /** `isWanted` is asked after every slice. */
  constructor(isWanted: () => boolean) {
    this.#isWanted = isWanted;
  }

  /** Gives way when the slice is used up. Throws `Abandoned` when the work is not wanted any more. */
  async pause(): Promise<void> {
    if (performance.now() - this.#startMs < SLICE_MS) return;
    await nextTask();
    if (!this.#isWanted()) throw new Abandoned();
    this.#startMs = performance.now();
  }

  /** Shows calls `from … to` to all passes, side by side; `finish` is left to the caller. */
  async run(passes: readonly Pass<unknown>[], from: number, to: number): Promise<void> {
    for (let at = from; at < to; at += STRIDE) {
      const end = Math.min(to, at + STRIDE);
      for (const pass of passes) {
        pass.add(at, end);
        await this.pause();
      }
    }
  }

  /** Moves a replay on to a call. */
  async replay(again: Pick<Replay, 'nextCall' | 'advanceTo'>, call: number): Promise<void> {
    while (again.nextCall < call) {
      again.advanceTo(Math.min(call, again.nextCall + STRIDE));
      await this.pause();
    }
  }
}
