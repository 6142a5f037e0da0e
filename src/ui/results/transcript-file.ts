import type { Exchange } from '../../../workers/engine-api.ts';
import { PagedText } from '../kit/paged-text.svelte.ts';
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

/** A whole transcript as JSON lines. */
export class TranscriptFile extends PagedText {
  /** The lines in parts, or why there are none, as a sentence; null when it was stopped. */
  async write(transcript: Transcript, most: number): Promise<readonly string[] | string | null> {
    const total = transcript.total ?? 0;
    if (total > most) return `At most ${most.toLocaleString('en')} calls fit. This agent makes more.`;
    const parts = await this.gather({ from: 0, to: total, page: PAGE }, async (from, count) => {
      const exchanges = await transcript.read(from, count);
      return exchanges && transcriptLines(exchanges);
    });
    return parts === 'gone' ? 'The run is not there any more. Run again, then try again.' : parts;
  }
}
