import { busiestCounters, type CounterChanges, CounterRecorder } from '../src/core/simulator/counter-record.ts';
import { replay } from '../src/core/simulator/replay.ts';
import type { RunRecord } from './held-run.ts';
import type { Slices } from './slices.ts';

/** Changes of the counters a timeline draws, written down when they are first asked for and kept. */
export class CounterHistory {
  readonly #record: RunRecord;
  readonly #slices: () => Slices;
  #changes: Promise<readonly CounterChanges[]> | null = null;

  /** `slices` is asked for once for everybody who waits. */
  constructor(record: RunRecord, slices: () => Slices) {
    this.#record = record;
    this.#slices = slices;
  }

  /** The changes, in the order of limits and owners. */
  read(): Promise<readonly CounterChanges[]> {
    this.#changes ??= this.#write();
    // why: what was given up with one question may be asked for again.
    this.#changes.catch(() => (this.#changes = null));
    return this.#changes;
  }

  async #write(): Promise<readonly CounterChanges[]> {
    const { run, tally } = this.#record;
    const recorder = new CounterRecorder(run, busiestCounters(run, tally));
    if (run.limits.length > 0) await this.#slices().replay(replay(run, 0, recorder), run.columns.count);
    return recorder.finish();
  }
}
