import type { Failed } from './engine-api.ts';

/** How browsers say that there is no room: for a buffer, a list, a text, a copy, or at all. */
const NO_ROOM =
  /\bout of memory\b|\ballocation (failed|size overflow)|\binvalid (typed array|array buffer|array|string) length(?!: (-|NaN))|\bmaximum size exceeded/i;
/** What such errors are called. Others may hold words of the user, which say nothing. */
const NAMES = new Set(['RangeError', 'InternalError', 'DataCloneError', 'QuotaExceededError']);

/** What went wrong as an answer. Memory that ran out is told apart, with what to do; a fault keeps its own words. */
export function failed(error: unknown): Failed {
  const message = error instanceof Error ? error.message : String(error);
  if (!isNoRoom(error, message)) return { kind: 'failed', reason: 'fault', message };
  const words = `this needs more memory than the browser gives (${message}); use fewer calls or a smaller file, or close other tabs`;
  return { kind: 'failed', reason: 'memory', message: words };
}

function isNoRoom(error: unknown, message: string): boolean {
  // why: Firefox throws these words as a bare text.
  if (!(error instanceof Error)) return /^out of memory$/i.test(message);
  return NAMES.has(error.name) && NO_ROOM.test(message);
}
