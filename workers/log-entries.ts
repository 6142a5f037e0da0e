import { auditEntry } from '../src/core/simulator/explain.ts';
import { callAt, countMatches, type Matches } from '../src/core/simulator/log.ts';
import { replayNear, type Replay } from '../src/core/simulator/replay.ts';
import type { Run } from '../src/core/simulator/run.ts';
import type { Slices } from './slices.ts';

/** Entries of one answer; a larger `count` is cut to this. */
const MOST_ENTRIES = 5000;

/** Writes audit log entries of a run as JSON lines. Pages asked for in order go through the run once. */
export class LogEntries {
  readonly #run: Run;
  readonly #slices: () => Slices;
  #replay: Replay | null = null;
  #writing: Promise<unknown> = Promise.resolve();

  constructor(run: Run, slices: () => Slices) {
    this.#run = run;
    this.#slices = slices;
  }

  /** Entries `from … from + count` of the calls that pass, a line each. Questions wait for one another. */
  read(matches: Matches, from: number, count: number): Promise<string> {
    const written = this.#writing.then(() => this.#write(matches, from, count));
    this.#writing = written.catch(() => undefined);
    return written;
  }

  async #write(matches: Matches, from: number, count: number): Promise<string> {
    const end = Math.min(countMatches(this.#run, matches), from + Math.min(count, MOST_ENTRIES));
    const slices = this.#slices();
    const lines: string[] = [];
    for (let at = from; at < end; at++) {
      const call = callAt(matches, at);
      const again = await this.#broughtTo(call, slices);
      lines.push(`${JSON.stringify(auditEntry(this.#run, call, again))}\n`);
      if (at % 256 === 0) await slices.pause();
    }
    return lines.join('');
  }

  async #broughtTo(call: number, slices: Slices): Promise<Replay> {
    this.#replay = replayNear(this.#run, this.#replay, call);
    if (this.#replay.nextCall < call) await slices.replay(this.#replay, call);
    return this.#replay;
  }
}
