import type { Playground } from '../../state/playground.svelte.ts';
import type { LogFilter } from '../../../workers/engine-api.ts';

/** Entries asked for at once. */
const PAGE = 2000;
/** Most entries one file holds. */
const MOST_ENTRIES = 1_000_000;

/** The filtered audit log as a file of JSON lines, written by the worker page by page. */
export class LogExport {
  readonly #client: Playground['client'];
  /** Entries written so far; null while nothing is being written. */
  done = $state<number | null>(null);
  /** Why no file came of it, as a sentence. */
  problem = $state<string | null>(null);

  constructor(client: Playground['client']) {
    this.#client = client;
  }

  /** The file, or null when it was stopped or could not be written; `problem` says why. */
  async write(runId: number, filter: LogFilter, total: number): Promise<Blob | null> {
    this.problem = null;
    if (total > MOST_ENTRIES) {
      this.problem = 'A file holds at most 1,000,000 entries. Filter the audit log first.';
      return null;
    }
    const parts: string[] = [];
    this.done = 0;
    for (let from = 0; from < total; from += PAGE) {
      const reply = await this.#client.entries(runId, filter, from, PAGE);
      if (!this.isWriting()) return null;
      if (reply.kind !== 'ok' || reply.value.kind !== 'ok') {
        this.problem = 'The run is not there any more. Run again, then export.';
        this.stop();
        return null;
      }
      parts.push(reply.value.value);
      this.done = Math.min(total, from + PAGE);
    }
    this.stop();
    return new Blob(parts, { type: 'application/jsonl' });
  }

  /** False once it was stopped. */
  isWriting(): boolean {
    return this.done !== null;
  }

  /** Stops writing; nothing is saved. */
  stop(): void {
    this.done = null;
  }
}
