import type { Exchange } from '../../../workers/engine-api.ts';
import type { Transcript } from './transcript.svelte.ts';

/** Calls read at once. */
const PAGE = 200;
/** Most calls of a file, and of what is copied. */
export const MOST_SAVED = 100_000;
export const MOST_COPIED = 2000;

/** Request and answer of each call as JSON lines: MCP messages as they go over the wire. */
export function transcriptLines(exchanges: readonly Exchange[]): string {
  return exchanges.map(({ request, answer }) => `${JSON.stringify(request)}\n${JSON.stringify(answer)}\n`).join('');
}

/** Writes a whole transcript as JSON lines, page by page. */
export class TranscriptFile {
  /** Calls written so far; null while nothing is being written. */
  done = $state<number | null>(null);

  /** The lines in parts, or why there are none, as a sentence; null when it was stopped. */
  async write(transcript: Transcript, most: number): Promise<readonly string[] | string | null> {
    const total = transcript.total ?? 0;
    if (total > most) return `At most ${most.toLocaleString('en')} calls fit. This agent makes more.`;
    const parts: string[] = [];
    this.done = 0;
    for (let from = 0; from < total; from += PAGE) {
      const exchanges = await transcript.read(from, PAGE);
      if (this.done === null) return null;
      if (exchanges === null) {
        this.stop();
        return 'The run is not there any more. Run again, then try again.';
      }
      parts.push(transcriptLines(exchanges));
      this.done = Math.min(total, from + PAGE);
    }
    this.stop();
    return parts;
  }

  /** Stops writing; nothing comes of it. */
  stop(): void {
    this.done = null;
  }
}
