const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const LAST_DATE_SECONDS = 8_640_000_000_000;

/** A JWT time as `31 Dec 2025, 23:59:58`, UTC; null when no calendar date can be made of it. */
export function formatTime(seconds: number): string | null {
  if (!Number.isFinite(seconds) || Math.abs(seconds) > LAST_DATE_SECONDS) return null;
  const date = new Date(seconds * 1000);
  return `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]} ${date.getUTCFullYear()}, ${formatClock(seconds)}`;
}

/** The time of day of a JWT time, `23:59:58`, UTC; empty when it is no date. */
export function formatClock(seconds: number): string {
  if (!Number.isFinite(seconds) || Math.abs(seconds) > LAST_DATE_SECONDS) return '';
  return new Date(seconds * 1000).toISOString().slice(-13, -5);
}

/** A length of time in its largest fitting unit, rounded down: `300 s`, `12 min`, `3 h`, `12 days`. Not negative. */
export function formatSpan(seconds: number): string {
  if (seconds < 600) return `${Math.floor(seconds * 1000) / 1000} s`;
  if (seconds < 7200) return `${Math.floor(seconds / 60)} min`;
  if (seconds < 172_800) return `${Math.floor(seconds / 3600)} h`;
  return `${Math.floor(seconds / 86_400).toLocaleString('en-GB')} days`;
}
