import type { AgentWait } from '../../core/simulator/timeline.ts';
import { OUTCOME_CODE } from '../../core/simulator/columns.ts';
import { formatCount } from '../kit/format-number.ts';
import { CAPTION_FONT, drawFront, drawGround, type Plot } from './canvas.ts';
import { GLYPH_PX, drawGlyph } from './draw-glyph.ts';
import type { Histogram } from './histogram.ts';
import { isAbove, type Mark } from './marks.ts';
import { outcomeColours } from './palette.ts';
import type { Pen } from './pen.ts';
import { COMPACT_PX, type Sides } from './rows.ts';
import type { Caption } from './run-captions.ts';
import { xAt } from './time-span.ts';
import { durationText } from './utc-text.ts';

/** What a lane shows: single calls with captions, or columns. */
export type LaneContent =
  | {
      readonly kind: 'marks';
      readonly marks: readonly Mark[];
      readonly captions: readonly Caption[];
      readonly gap: number;
    }
  | { readonly kind: 'density'; readonly histogram: Histogram };

/** Where things stand in a lane, in px from its top. */
export interface LanePlaces {
  readonly line: number;
  readonly up: number;
  readonly down: number;
  readonly captionAbove: number;
  readonly captionBelow: number;
  /** True in a lane of one line: the line of the lane would look like one more line between lanes. */
  readonly bare: boolean;
}

const BAR_PX = 18;
/** Shorter waits would be no more than their two ends. */
const SHORTEST_WAIT_PX = 8;

/** Places for a lane of this height; `top` px are kept free for a name. In a lane of one line all stands in its middle. */
export function lanePlaces(height: number, sides: Sides, top: number): LanePlaces {
  const room = height - top;
  if (room <= COMPACT_PX) {
    const line = top + Math.round(room * (sides === 'above' ? 0.85 : sides === 'below' ? 0.2 : 0.5));
    return {
      line,
      up: line - top - 2,
      down: height - line - 2,
      captionAbove: top + 8,
      captionBelow: top + room / 2,
      bare: true,
    };
  }
  const line = top + Math.round(sides === 'both' ? room / 2 : sides === 'above' ? room * 0.7 : room * 0.5);
  const captionBelow = sides === 'both' ? line + 26 : line - 9;
  return {
    line,
    up: line - top - 6,
    down: height - line - 6,
    captionAbove: line - BAR_PX - 9,
    captionBelow,
    bare: false,
  };
}

/** Vertical middle of a mark, for drawing and for the ring around the selected one. */
function markY(mark: Pick<Mark, 'outcome' | 'level'>, places: LanePlaces): number {
  if (mark.outcome === OUTCOME_CODE.approval) return places.line;
  if (isAbove(mark.outcome)) return places.line - 2 - BAR_PX / 2;
  return places.line + 10 + mark.level * (GLYPH_PX * 2 + 1);
}

function drawBar(context: Pen, mark: Mark, places: LanePlaces, gap: number): void {
  const width = Math.min(3, Math.max(1.5, gap * 0.55));
  const each = (BAR_PX - (mark.of - 1) * 2) / mark.of;
  const bottom = places.line - 2 - mark.level * (each + 2);
  context.fillRect(mark.x - width / 2, bottom - each, width, each);
}

function drawMarks(
  context: Pen,
  content: Extract<LaneContent, { kind: 'marks' }>,
  places: LanePlaces,
  plot: Plot,
): void {
  const colours = outcomeColours(plot.palette);
  const radius = Math.min(GLYPH_PX, Math.max(1.8, content.gap * 0.42));
  for (const mark of content.marks) {
    const colour = colours[mark.outcome] ?? plot.palette.ink;
    context.fillStyle = colour;
    context.strokeStyle = colour;
    if (isAbove(mark.outcome)) drawBar(context, mark, places, content.gap);
    else drawGlyph(context, mark.outcome, mark.x, markY(mark, places), radius);
  }
}

function drawCaptions(
  context: Pen,
  captions: readonly Caption[],
  places: LanePlaces,
  plot: Plot,
  height: number,
): void {
  const yOf = ({ outcome }: Caption): number => (isAbove(outcome) ? places.captionAbove : places.captionBelow);
  const colours = outcomeColours(plot.palette);
  context.font = CAPTION_FONT;
  context.textBaseline = 'middle';
  for (const caption of captions) halo(context, caption.text, caption.x, yOf(caption), plot);
  // why: the halo parts text from lines behind it, but a boundary is never interrupted.
  drawFront(context, plot, height);
  for (const caption of captions) {
    context.fillStyle = colours[caption.outcome] ?? plot.palette.ink;
    context.fillText(caption.text, caption.x, yOf(caption));
  }
}

function halo(context: Pen, text: string, x: number, y: number, plot: Plot): void {
  context.lineJoin = 'round';
  context.lineWidth = 4;
  context.strokeStyle = plot.palette.surface;
  context.strokeText(text, x, y);
}

function drawDensity(context: Pen, histogram: Histogram, places: LanePlaces, plot: Plot): void {
  const colours = outcomeColours(plot.palette);
  const scale = Math.min(places.up, places.down) / histogram.highest;
  for (const bar of histogram.bars) {
    const top = places.line - Math.max(bar.y0, bar.y1) * scale;
    const height = Math.max(1, Math.abs(bar.y1 - bar.y0) * scale);
    const width = Math.max(1, bar.width - (bar.width > 4 ? 1 : 0));
    const colour = colours[bar.outcome] ?? plot.palette.ink;
    context.fillStyle = colour;
    context.strokeStyle = colour;
    context.lineWidth = 1;
    if (bar.outcome === OUTCOME_CODE.hidden) context.strokeRect(bar.x + 0.5, top, Math.max(1, width - 1), height);
    else context.fillRect(bar.x, top, width, height);
  }
  drawHighest(context, histogram, places, plot);
}

/** Says what the highest column stands for, in the corner of its lane. */
export function drawHighest(
  context: Pen,
  histogram: Pick<Histogram, 'highest' | 'binMs'>,
  places: Pick<LanePlaces, 'line' | 'up'>,
  plot: Plot,
): void {
  const text = `at most ${formatCount(histogram.highest)} in ${durationText(Number(histogram.binMs.toPrecision(2)))}`;
  const y = places.line - places.up + 4;
  context.font = CAPTION_FONT;
  context.textBaseline = 'middle';
  const x = plot.width - context.measureText(text).width - 4;
  halo(context, text, x, y, plot);
  context.fillStyle = plot.palette.ink2;
  context.fillText(text, x, y);
}

/** The line of a lane, and on it the pauses of an agent, each with an end on both sides. */
export function drawLine(
  context: Pen,
  plot: Plot,
  places: Pick<LanePlaces, 'line' | 'bare'>,
  waits: readonly AgentWait[],
): void {
  context.fillStyle = plot.palette.line2;
  if (!places.bare) context.fillRect(0, places.line, plot.width, 1);
  context.fillStyle = plot.palette.ink3;
  for (const { fromMs, toMs } of waits) {
    const fromX = Math.max(0, xAt(plot.span, plot.width, fromMs));
    const toX = Math.min(plot.width, xAt(plot.span, plot.width, toMs));
    if (toX - fromX < SHORTEST_WAIT_PX) continue;
    context.fillRect(fromX + 2, places.line - 0.5, toX - fromX - 4, 2);
    context.fillRect(fromX + 2, places.line - 2.5, 1, 6);
    context.fillRect(toX - 3, places.line - 2.5, 1, 6);
  }
}

/** Draws one lane; `selected` gets a ring. */
export function drawLane(
  context: Pen,
  plot: Plot,
  height: number,
  places: LanePlaces,
  content: LaneContent,
  selected: { readonly x: number; readonly outcome: number } | null,
  waits: readonly AgentWait[],
): void {
  drawGround(context, plot, height);
  drawLine(context, plot, places, waits);
  if (content.kind === 'marks') {
    drawCaptions(context, content.captions, places, plot, height);
    drawMarks(context, content, places, plot);
  } else {
    drawFront(context, plot, height);
    drawDensity(context, content.histogram, places, plot);
  }
  if (selected === null) return;
  const y = markY({ outcome: selected.outcome, level: 0 }, places);
  context.strokeStyle = plot.palette.accent;
  context.lineWidth = 2;
  context.beginPath();
  context.arc(selected.x, y, 7, 0, Math.PI * 2);
  context.stroke();
}
