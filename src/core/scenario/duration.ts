/** A number with `ms`, `s`, `m`, `h` or `d`, such as `4s`. */
export type Duration = string;

/** What a duration looks like: a number, then `ms`, `s`, `m`, `h` or `d`. */
export const DURATION_PATTERN = /^\d{1,12}(\.\d{1,9})?(ms|s|m|h|d)$/;

const UNIT_MS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/**
 * A duration in ms (`1.5s` → 1500), null when the text is none. Durations are whole milliseconds, so `0.5ms` and
 * `1.0001s` are none either. Never throws.
 */
export function parseDuration(text: string): number | null {
  if (!DURATION_PATTERN.test(text)) return null;
  const unit = text.replace(/^[\d.]+/, '');
  const exact = Number(text.slice(0, -unit.length)) * (UNIT_MS[unit] ?? 1);
  const whole = Math.round(exact);
  // why: 1.001 * 1000 is 1000.9999999999999; anything nearer than a nanosecond is meant as the whole number.
  return Math.abs(exact - whole) < 1e-6 ? whole : null;
}

/** The ms of a duration that a check has let through; 0 for any other text. */
export function durationMs(text: Duration | undefined): number {
  return text === undefined ? 0 : (parseDuration(text) ?? 0);
}

const UNIT_WORDS: readonly (readonly [number, string])[] = [
  [86_400_000, 'd'],
  [3_600_000, 'h'],
  [60_000, 'min'],
  [1000, 's'],
];

/** Words for people: 4000 → `4 s`, 40 → `40 ms`, 3960 → `3.96 s`, 90000 → `1.5 min`. */
export function formatDuration(ms: number): string {
  for (const [size, word] of UNIT_WORDS) {
    if (ms >= size && Number.isInteger((ms * 100) / size)) return `${ms / size} ${word}`;
  }
  return ms >= 1000 ? `${ms / 1000} s` : `${ms} ms`;
}
