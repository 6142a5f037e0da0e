import type { TicketSigner } from '../../tickets/sign.ts';
import type { TicketAsker } from './ticket-asker.ts';

/** Tickets asked for at once: few enough that a stop is felt at once. */
const PAGE = 500;
/** Most tickets of one file; signing each takes the worker far longer than writing claims. */
const MOST_LINES = 1_000_000;
export const MOST_SIGNED = 100_000;

/** Tickets of a run as a file of JSON lines, written and signed by the worker page by page. */
export class TicketExport {
  /** Tickets written so far; null while nothing is being written. */
  done = $state<number | null>(null);
  /** Why no file came of it, as a sentence. */
  problem = $state<string | null>(null);

  /** Tickets `from … to`, or null when it was stopped or could not be written; `problem` says why. */
  async write(ask: TicketAsker, from: number, to: number, signer: TicketSigner | null): Promise<Blob | null> {
    this.problem = null;
    const most = signer === null ? MOST_LINES : MOST_SIGNED;
    if (to - from > most) {
      this.problem = `A file holds at most ${most.toLocaleString('en-US')} tickets. Choose fewer.`;
      return null;
    }
    const parts: string[] = [];
    this.done = 0;
    for (let at = from; at < to; at += PAGE) {
      const count = Math.min(PAGE, to - at);
      const answer = await ask({ kind: 'lines', from: at, count, signer }).catch(() => null);
      if (!this.isWriting()) return null;
      if (answer?.kind !== 'lines' || answer.count < count) {
        this.problem = 'The run is not there any more. Run again, then export.';
        this.stop();
        return null;
      }
      parts.push(answer.lines);
      this.done += answer.count;
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
