/** What a time looks like: UTC, to the minute, second or millisecond. */
export const INSTANT_PATTERN = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?Z$/;

/**
 * A UTC time in ms since the epoch (`2026-01-01T23:59:58.000Z`), null when the text is none: another zone, a day or hour
 * that does not exist, a year outside 1970 to 9998. Never throws.
 */
export function parseInstant(text: string): number | null {
  if (!INSTANT_PATTERN.test(text)) return null;
  const ms = Date.parse(text);
  if (Number.isNaN(ms) || ms < 0) return null;
  const written = new Date(ms).toISOString();
  // why: Date.parse takes 24:00 and, in some engines, 30 February; the round trip gives another day then.
  if (written.slice(0, 16) !== text.slice(0, 16)) return null;
  return written.startsWith('9999') ? null : ms;
}

/** The ms of a time that a check has let through; 0 for any other text. */
export function instantMs(text: string): number {
  return parseInstant(text) ?? 0;
}
