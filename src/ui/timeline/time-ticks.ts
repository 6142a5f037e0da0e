import { clockText, dateText, sameDay } from './utc-text.ts';
import { lengthOf, xAt, type Span } from './time-span.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Steps that fall on round UTC times; each divides the next larger unit. */
const STEPS_MS = [
  ...[1, 2, 5, 10, 20, 50, 100, 200, 500],
  ...[1, 2, 5, 10, 15, 30].map((n) => n * SECOND),
  ...[1, 2, 5, 10, 15, 30].map((n) => n * MINUTE),
  ...[1, 2, 3, 6, 12].map((n) => n * HOUR),
  ...[1, 2, 5, 10, 20, 50].map((n) => n * DAY),
];

/** Width of one character of an axis label, in px. */
export const CHARACTER_PX = 6.3;
const LABEL_GAP_PX = 28;

/** A labelled line of the axis. `date` is set where the UTC day is another than at the tick before. */
export interface Tick {
  readonly atMs: number;
  readonly x: number;
  readonly label: string;
  readonly date: string | null;
}

export interface Ticks {
  readonly stepMs: number;
  readonly major: readonly Tick[];
  /** Places of the unlabelled lines halfway between. */
  readonly minor: readonly number[];
}

/** Time of day at the precision of a step: `23:59:59.200`, `23:59:59`, `23:59`, or `31 Dec` for whole days. */
export function tickText(atMs: number, stepMs: number): string {
  if (stepMs >= DAY) return dateText(atMs, false);
  const clock = clockText(atMs);
  if (stepMs < SECOND) return clock;
  return clock.slice(0, stepMs < MINUTE ? 8 : 5);
}

/** The shortest round step whose labels keep apart in a plot `width` px wide. */
export function stepFor(span: Span, width: number): number {
  const pxPerMs = width / lengthOf(span);
  const fits = STEPS_MS.find((step) => step * pxPerMs >= tickText(0, step).length * CHARACTER_PX + LABEL_GAP_PX);
  return fits ?? STEPS_MS[STEPS_MS.length - 1] ?? DAY;
}

/** Lines of the axis for what is in view; first and last may touch the edges. */
export function ticksFor(span: Span, width: number): Ticks {
  const stepMs = stepFor(span, width);
  const major: Tick[] = [];
  const minor: number[] = [];
  const first = Math.floor(span.fromMs / stepMs) * stepMs;
  for (let atMs = first; atMs <= span.toMs; atMs += stepMs) {
    const x = xAt(span, width, atMs);
    const halfway = xAt(span, width, atMs + stepMs / 2);
    if (halfway >= 0 && halfway <= width) minor.push(halfway);
    if (x < 0) continue;
    const changes = stepMs < DAY && !sameDay(atMs, atMs - stepMs);
    major.push({ atMs, x, label: tickText(atMs, stepMs), date: changes ? dateText(atMs, false) : null });
  }
  return { stepMs, major, minor };
}
