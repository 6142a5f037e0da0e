import type { Playground } from '../../state/playground.svelte.ts';
import type { LogFilter } from '../../../workers/engine-api.ts';
import { LinesFile } from '../kit/paged-text.svelte.ts';

/** Entries asked for at once. */
const PAGE = 2000;
/** Most entries one file holds. */
const MOST_ENTRIES = 1_000_000;

/** The filtered audit log as a file of JSON lines. */
export class LogExport extends LinesFile {
  readonly #client: Playground['client'];

  constructor(client: Playground['client']) {
    super();
    this.#client = client;
  }

  /** The file, or null when it was stopped or could not be written; `problem` says why. */
  async write(runId: number, filter: LogFilter, total: number): Promise<Blob | null> {
    if (total > MOST_ENTRIES) {
      this.problem = 'A file holds at most 1,000,000 entries. Filter the audit log first.';
      return null;
    }
    return this.file({ from: 0, to: total, page: PAGE }, async (from, count) => {
      const reply = await this.#client.entries(runId, filter, from, count);
      return reply.kind === 'ok' && reply.value.kind === 'ok' ? reply.value.value : null;
    });
  }
}
