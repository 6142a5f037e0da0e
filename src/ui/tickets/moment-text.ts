const DAY = 86_400_000;
const TIME = /^(\d{1,2}):(\d{2})(?::(\d{2})(?:\.(\d{1,3}))?)?$/;
const DATE = /^(\d{4})-(\d{2})-(\d{2})[ T,]+(.+?)Z?$/;

/** A virtual moment as `2026-01-02 00:01:03`, UTC; milliseconds are added when there are some. Empty for no date. */
export function momentText(atMs: number): string {
  const date = new Date(atMs);
  if (Number.isNaN(date.getTime())) return '';
  return date
    .toISOString()
    .replace('T', ' ')
    .replace(/(\.000)?Z$/, '');
}

function timeOfDay(text: string): number | null {
  const [whole, hours = '', minutes = '', seconds = '0', fraction = ''] = TIME.exec(text) ?? [];
  if (whole === undefined || Number(hours) > 23 || Number(minutes) > 59 || Number(seconds) > 59) return null;
  return (Number(hours) * 60 + Number(minutes)) * 60_000 + Number(seconds) * 1000 + Number(fraction.padEnd(3, '0'));
}

/**
 * Reads such a text back, UTC. A time of day alone is the one nearest to `nearMs`, so that midnight can be crossed; the
 * seconds may be left out. Null for anything else.
 */
export function parseMoment(text: string, nearMs: number): number | null {
  const trimmed = text.trim();
  const dated = DATE.exec(trimmed);
  const time = timeOfDay(dated?.[4] ?? trimmed);
  if (time === null) return null;
  if (dated === null) {
    const same = Math.floor(nearMs / DAY) * DAY + time;
    return [same - DAY, same, same + DAY].reduce((a, b) => (Math.abs(b - nearMs) < Math.abs(a - nearMs) ? b : a));
  }
  const day = Date.parse(`${dated[1]}-${dated[2]}-${dated[3]}T00:00:00Z`);
  return Number.isNaN(day) ? null : day + time;
}
