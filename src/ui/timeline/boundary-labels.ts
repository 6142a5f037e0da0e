import { dateText, shortClockText } from './utc-text.ts';
import { CHARACTER_PX } from './time-ticks.ts';
import { xAt, type Span } from './time-span.ts';

/** An instant at which windows start, as the worker reports it. */
export interface Boundary {
  readonly atMs: number;
  readonly starts: readonly string[];
}

/** A boundary on screen; `label` is null when it had to give way, `width` is the label's width in px. */
export interface BoundaryLine {
  readonly atMs: number;
  readonly x: number;
  readonly label: string | null;
  readonly width: number;
}

const LABEL_EVERY_PX = 64;
const LINE_EVERY_PX = 8;
const PADDING_PX = 20;
const GAP_PX = 6;
const UNIT_MS: Readonly<Record<string, number>> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };
const EVERY = /^every (\d+) s$/;

/** Length in ms of a window named as boundaries name it: `minute`, `hour`, `day`, `every 90 s`; 0 for anything else. */
export function windowLength(name: string): number {
  const seconds = EVERY.exec(name)?.[1];
  if (seconds !== undefined) return Number(seconds) * 1000;
  return Object.hasOwn(UNIT_MS, name) ? (UNIT_MS[name] ?? 0) : 0;
}

/** Longest window that starts at a boundary, in ms. */
function longestAt(boundary: Boundary): number {
  return Math.max(0, ...boundary.starts.map(windowLength));
}

/** Shortest window named by any boundary, in ms; 0 when there are none. */
function shortestWindow(boundaries: readonly Boundary[]): number {
  const lengths = boundaries.flatMap((boundary) => boundary.starts.map(windowLength)).filter((ms) => ms > 0);
  return lengths.length === 0 ? 0 : Math.min(...lengths);
}

function apart(places: readonly number[], gap: number): boolean {
  return places.every((x, i) => i === 0 || x - (places[i - 1] ?? 0) >= gap);
}

/** Keeps the boundaries of the shortest window that is far enough apart; of the longest, as many as keep apart. */
function thin<T extends { readonly x: number; readonly lengthMs: number }>(
  all: readonly T[],
  gap: number,
): readonly T[] {
  const lengths = [...new Set(all.map(({ lengthMs }) => lengthMs))].sort((a, b) => a - b);
  let kept = all;
  for (const length of lengths) {
    kept = all.filter(({ lengthMs }) => lengthMs >= length);
    if (
      apart(
        kept.map(({ x }) => x),
        gap,
      )
    )
      return kept;
  }
  const spread: T[] = [];
  for (const one of kept) if (one.x - (spread[spread.length - 1]?.x ?? -Infinity) >= gap) spread.push(one);
  return spread;
}

function textWidth(text: string): number {
  return text.length * CHARACTER_PX + PADDING_PX;
}

/**
 * Boundaries in view, left to right, as lines at least 8 px apart. When labels would come closer than 64 px, only those
 * of longer windows are labelled; a label names what starts (`1 Jan 00:00:00 minute, hour, day`) where there is room,
 * else the time alone.
 */
export function boundaryLines(boundaries: readonly Boundary[], span: Span, width: number): BoundaryLine[] {
  const placed = boundaries
    .map((boundary) => ({ boundary, x: xAt(span, width, boundary.atMs), lengthMs: longestAt(boundary) }))
    .filter(({ x }) => x >= 0 && x <= width);
  const drawn = thin(placed, LINE_EVERY_PX);
  const labelled = thin(drawn, LABEL_EVERY_PX);
  const room = Math.min(width, ...labelled.slice(1).map(({ x }, i) => x - (labelled[i]?.x ?? 0))) - GAP_PX;
  return drawn.map((one) => {
    const { atMs, starts } = one.boundary;
    if (!labelled.includes(one)) return { atMs, x: one.x, label: null, width: 0 };
    const clock = shortClockText(atMs);
    const day = atMs % 86_400_000 === 0 ? `${dateText(atMs, false)} ` : '';
    const choices = [`${day}${clock} ${starts.join(', ')}`, `${day}${clock}`, clock];
    const label = choices.find((text) => textWidth(text) <= Math.min(room, width * 0.45)) ?? clock;
    return { atMs, x: one.x, label, width: textWidth(label) };
  });
}

/** A window that is over, drawn on sunken ground: places in px, clipped to the plot. */
export interface Band {
  readonly fromX: number;
  readonly toX: number;
}

/**
 * Every second past window of the shortest length, counted back from the one that holds `nowMs` (the last call), which
 * stays plain. Empty when windows are narrower than 8 px.
 */
export function pastBands(boundaries: readonly Boundary[], span: Span, width: number, nowMs: number): Band[] {
  const length = shortestWindow(boundaries);
  if (length === 0 || (length / (span.toMs - span.fromMs)) * width < 8) return [];
  const now = Math.floor(nowMs / length);
  const bands: Band[] = [];
  for (let n = Math.floor(span.fromMs / length); n < now && n * length < span.toMs; n++) {
    if ((now - n) % 2 === 0) continue;
    const fromX = Math.max(0, xAt(span, width, n * length));
    const toX = Math.min(width, xAt(span, width, (n + 1) * length));
    if (toX > fromX) bands.push({ fromX, toX });
  }
  return bands;
}
