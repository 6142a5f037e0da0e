/** Start of the calendar window that holds `atMs`: the last multiple of `windowMs` since the Unix epoch, UTC. */
export function windowStart(atMs: number, windowMs: number): number {
  return Math.floor(atMs / windowMs) * windowMs;
}

/** First millisecond after the calendar window that holds `atMs`; windows are half-open. */
export function windowEnd(atMs: number, windowMs: number): number {
  return windowStart(atMs, windowMs) + windowMs;
}

const NAMED_WINDOWS: ReadonlyMap<number, string> = new Map([
  [60_000, 'minute'],
  [3_600_000, 'hour'],
  [86_400_000, 'day'],
]);

/** A window length in words, to stand after "per": `minute`, `hour`, `day`, else `90 s`. */
export function formatWindow(windowMs: number): string {
  return NAMED_WINDOWS.get(windowMs) ?? `${windowMs / 1000} s`;
}
