import type { Failed } from './engine-api.ts';

/** How browsers say that there is no room: for a buffer, a list, a text, a copy, or at all. */
const NO_ROOM = /out of memory|allocation|invalid (typed )?array |invalid string length|maximum size exceeded/i;

/** What went wrong as an answer. Memory that ran out is told apart, with what to do; a fault keeps its own words. */
export function failed(error: unknown): Failed {
  const message = error instanceof Error ? error.message : String(error);
  if (!NO_ROOM.test(message)) return { kind: 'failed', reason: 'fault', message };
  const words = `this needs more memory than the browser gives (${message}); use fewer calls or a smaller file, or close other tabs`;
  return { kind: 'failed', reason: 'memory', message: words };
}
