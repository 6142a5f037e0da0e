import type { TicketSigner } from '../../tickets/sign.ts';
import { LinesFile } from '../kit/paged-text.svelte.ts';
import type { TicketAsker } from './ticket-asker.ts';

/** Tickets asked for at once: few enough that a stop is felt at once. */
const PAGE = 500;
/** Most tickets of one file; signing each takes the worker far longer than writing claims. */
const MOST_LINES = 1_000_000;
export const MOST_SIGNED = 100_000;

/** Tickets of a run as a file of JSON lines, signed by the worker. */
export class TicketExport extends LinesFile {
  /** Tickets `from … to`, or null when it was stopped or could not be written; `problem` says why. */
  async write(ask: TicketAsker, from: number, to: number, signer: TicketSigner | null): Promise<Blob | null> {
    const most = signer === null ? MOST_LINES : MOST_SIGNED;
    if (to - from > most) {
      this.problem = `A file holds at most ${most.toLocaleString('en-US')} tickets. Choose fewer.`;
      return null;
    }
    return this.file({ from, to, page: PAGE }, async (at, count) => {
      const answer = await ask({ kind: 'lines', from: at, count, signer }).catch(() => null);
      return answer?.kind === 'lines' && answer.count === count ? answer.lines : null;
    });
  }
}
