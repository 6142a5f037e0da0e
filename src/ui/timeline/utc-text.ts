const MINUTE = 60_000;
const HOUR = 3_600_000;
const DAY = 86_400_000;

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;
const grouped = new Intl.NumberFormat('en-US', { maximumFractionDigits: 6 });

/** An amount in digits with groups of three and at most six decimals: `1,000,000`, `0.5`. */
export function amountText(value: number): string {
  return grouped.format(value);
}

/** UTC time of day with milliseconds, `23:59:59.200`. `atMs`: ms since the epoch. */
export function clockText(atMs: number): string {
  return new Date(atMs).toISOString().slice(11, 23);
}

/** UTC time of day, `23:59:59`; the milliseconds are added only when there are some. */
export function shortClockText(atMs: number): string {
  const text = clockText(atMs);
  return text.endsWith('.000') ? text.slice(0, 8) : text;
}

/** UTC date, `31 Dec 2025`; without the year `31 Dec`. */
export function dateText(atMs: number, year = true): string {
  const date = new Date(atMs);
  const day = `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()] ?? ''}`;
  return year ? `${day} ${date.getUTCFullYear()}` : day;
}

/** True when both instants lie on one UTC day. */
export function sameDay(aMs: number, bMs: number): boolean {
  return Math.floor(aMs / DAY) === Math.floor(bMs / DAY);
}

/** `31 Dec 2025 23:59:58.000 to 1 Jan 2026 00:00:01.960`; the second date only when it differs. */
export function spanText(fromMs: number, toMs: number): string {
  const end = sameDay(fromMs, toMs) ? clockText(toMs) : `${dateText(toMs)} ${clockText(toMs)}`;
  return `${dateText(fromMs)} ${clockText(fromMs)} to ${end}`;
}

function rounded(value: number): string {
  return amountText(Math.round(value * 100) / 100);
}

/** A length of time in its largest fitting unit: `800 ms`, `3.96 s`, `1.5 min`, `2 h`, `3 d`. */
export function durationText(ms: number): string {
  if (ms < 1000) return `${rounded(ms)} ms`;
  if (ms < MINUTE) return `${rounded(ms / 1000)} s`;
  if (ms < HOUR) return `${rounded(ms / MINUTE)} min`;
  if (ms < DAY) return `${rounded(ms / HOUR)} h`;
  return `${rounded(ms / DAY)} d`;
}

/** What a limit allows, in words: `30 a minute`, `5 an hour`, `100 a day`, `10 in 90 s`. */
export function limitText(max: number, windowMs: number): string {
  const amount = amountText(max);
  if (windowMs === MINUTE) return `${amount} a minute`;
  if (windowMs === HOUR) return `${amount} an hour`;
  if (windowMs === DAY) return `${amount} a day`;
  return `${amount} in ${durationText(windowMs)}`;
}
