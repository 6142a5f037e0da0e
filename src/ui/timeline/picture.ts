import type { RunSummary, Timeline } from '../../../workers/engine-api.ts';
import { boundaryLines, pastBands } from './boundary-labels.ts';
import { CAPTION_FONT, drawFront, drawGround, type Plot } from './canvas.ts';
import { drawCounter, drawSteps, ticketPlaces, trackPlaces } from './draw-counter.ts';
import { drawLane, lanePlaces } from './draw-lane.ts';
import { laneContent } from './lane-content.ts';
import type { Palette } from './palette.ts';
import type { Pen } from './pen.ts';
import { GROUP_KEY, laneCounts, laneKey, rowsOf, type Row } from './rows.ts';
import { formatCount } from '../kit/format-number.ts';
import { xAt, type Span } from './time-span.ts';
import { ticksFor } from './time-ticks.ts';
import { denialReason, laneCaption, laneName, TICKETS_VALID } from './timeline-words.ts';
import { limitText, spanText } from './utc-text.ts';

/** A pen that can draw into a part of the picture. */
export interface PicturePen extends Pen {
  shift(x: number, y: number, width: number, height: number): void;
  back(): void;
}

/** What a picture shows: what is in view, as it is on screen. */
export interface PictureContent {
  readonly timeline: Timeline;
  readonly summary: RunSummary;
  readonly span: Span;
  readonly palette: Palette;
  readonly marks: boolean;
  /** Moment of the clock; null for none. */
  readonly atMs: number | null;
}

const LABEL_PX = 216;
const PLOT_PX = 960;
const AXIS_PX = 44;
const PAD_PX = 16;
const FOOT_PX = 28;
const NAME_FONT = '600 12px ui-monospace, "SF Mono", Menlo, Consolas, monospace';
const TEXT_FONT = '400 11px system-ui, -apple-system, "Segoe UI", Roboto, sans-serif';

/** Rows of a picture, none of them folded. */
function rowsIn({ timeline, summary }: PictureContent): Row[] {
  const unfolded = new Set(['', GROUP_KEY, ...timeline.lanes.map(laneKey)]);
  const countsOf = laneCounts(summary, timeline.lanes);
  return rowsOf({ ...timeline, countsOf, unfolded, narrow: false }).filter(({ kind }) => kind !== 'group');
}

/** Size of the picture in px. */
export function pictureSize(content: PictureContent): { readonly width: number; readonly height: number } {
  const rows = rowsIn(content).reduce((sum, { height }) => sum + height, 0);
  return { width: LABEL_PX + PLOT_PX + PAD_PX, height: AXIS_PX + rows + FOOT_PX };
}

/** Draws names, axis, lanes and tracks, from the same data and by the same rules as the screen. */
export function drawPicture(pen: PicturePen, content: PictureContent): void {
  const { palette, span, timeline, summary, atMs } = content;
  const { width, height } = pictureSize(content);
  pen.fillStyle = palette.surface;
  pen.fillRect(0, 0, width, height);
  const boundaries = boundaryLines(timeline.boundaries, span, PLOT_PX);
  const markerX = atMs === null ? null : xAt(span, PLOT_PX, atMs);
  const plot: Plot = {
    span,
    width: PLOT_PX,
    palette,
    ticks: ticksFor(span, PLOT_PX),
    boundaries,
    bands: pastBands(timeline.boundaries, span, PLOT_PX, summary.lastMs),
    markerX,
  };
  drawAxis(pen, plot);
  let top = AXIS_PX;
  for (const row of rowsIn(content)) {
    drawName(pen, row, top, palette);
    pen.shift(LABEL_PX, top, PLOT_PX, row.height);
    drawRow(pen, row, plot, content);
    pen.back();
    top += row.height;
  }
  words(pen, `${spanText(span.fromMs, span.toMs)} UTC, virtual clock`, PAD_PX, top + 14, TEXT_FONT, palette.ink3);
}

function words(pen: Pen, text: string, x: number, y: number, font: string, colour: string): void {
  pen.font = font;
  pen.textBaseline = 'middle';
  pen.fillStyle = colour;
  pen.fillText(text, x, y);
}

function drawAxis(pen: Pen, { ticks, boundaries, palette }: Plot): void {
  words(pen, 'UTC, virtual clock', PAD_PX, AXIS_PX - 10, TEXT_FONT, palette.ink3);
  const labelled = boundaries.filter(({ label }) => label !== null);
  for (const tick of ticks.major) {
    const text = tick.date === null ? tick.label : `${tick.date} ${tick.label}`;
    pen.font = TEXT_FONT;
    const half = pen.measureText(text).width / 2;
    if (labelled.some((line) => Math.abs(line.x - tick.x) < line.width / 2 + half + 6)) continue;
    words(pen, text, LABEL_PX + tick.x - half, AXIS_PX - 10, TEXT_FONT, palette.ink3);
  }
  for (const { x, label } of labelled) {
    pen.font = CAPTION_FONT;
    const wide = pen.measureText(label ?? '').width;
    const left = Math.min(Math.max(x - wide / 2, 0), PLOT_PX - wide);
    words(pen, label ?? '', LABEL_PX + left, AXIS_PX - 10, CAPTION_FONT, palette.ink);
  }
}

function drawName(pen: Pen, row: Row, top: number, palette: Palette): void {
  if (row.kind === 'fold' || row.kind === 'group') return;
  const middle = top + row.height / 2;
  if (row.kind === 'lane') {
    const isLow = row.height < 40;
    words(pen, laneName(row.lane), PAD_PX, isLow ? middle : middle - 8, NAME_FONT, palette.ink);
    if (!isLow) words(pen, laneCaption(row.lane), PAD_PX, middle + 8, TEXT_FONT, palette.ink3);
    return;
  }
  if (row.kind === 'tickets') {
    words(pen, TICKETS_VALID, PAD_PX, middle - 8, NAME_FONT, palette.ink2);
    words(pen, `at most ${formatCount(row.tickets.most)} at once`, PAD_PX, middle + 8, TEXT_FONT, palette.ink3);
    return;
  }
  const { counter, owner, max, windowMs } = row.counter;
  words(pen, counter, PAD_PX, top + 24, NAME_FONT, palette.ink2);
  words(pen, `counter of ${owner}`, PAD_PX, top + 40, TEXT_FONT, palette.ink3);
  words(pen, limitText(max, windowMs), PAD_PX, top + 56, TEXT_FONT, palette.ink3);
}

function drawRow(pen: Pen, row: Row, plot: Plot, { timeline, summary, marks }: PictureContent): void {
  if (row.kind === 'counter') {
    drawCounter(pen, plot, row.height, trackPlaces(row.height, 0), row.counter);
  } else if (row.kind === 'tickets') {
    const { tickets } = row;
    const steps = { ...tickets, max: tickets.most };
    drawSteps(pen, plot, row.height, ticketPlaces(row.height, 0), steps);
  } else if (row.kind === 'lane') {
    const tool = summary.tools.find((one) => one.tool === row.lane.tool);
    const view = { span: plot.span, width: plot.width, marks, lines: plot.boundaries.map(({ x }) => x) };
    const run = { fromMs: summary.firstMs, toMs: summary.lastMs };
    const content = laneContent(row.lane, timeline, view, run, (outcome) => denialReason(tool, outcome));
    const places = lanePlaces(row.height, row.sides, 0);
    drawLane(pen, plot, row.height, places, content, null, row.lane.agent?.waits ?? []);
  } else {
    drawGround(pen, plot, row.height);
    drawFront(pen, plot, row.height);
  }
}
