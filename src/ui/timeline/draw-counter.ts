import { amountText } from './utc-text.ts';
import { CAPTION_FONT, drawFront, drawGround, type Plot } from './canvas.ts';
import { stepCorners, type Steps } from './counter-line.ts';
import type { Pen } from './pen.ts';

/** Top and bottom of the scale inside a track, in px. */
export interface TrackPlaces {
  readonly top: number;
  readonly bottom: number;
}

/** Places for a track of this height; `top` px are kept free for a name. */
export function trackPlaces(height: number, top: number): TrackPlaces {
  return { top: top + 20, bottom: height - 12 };
}

/** The same for the lower track of tickets, which has no words at its line. */
export function ticketPlaces(height: number, top: number): TrackPlaces {
  return { top: top + 7, bottom: height - 7 };
}

/** Draws a counter as filled step line from 0 to `max`, with `max` as a dashed line: for pictures that are saved. */
export function drawCounter(
  context: Pen,
  plot: Plot,
  height: number,
  places: TrackPlaces,
  counter: Steps & { readonly max: number },
): void {
  drawSteps(context, plot, height, places, counter, () => drawMaxLine(context, plot, places));
  drawMax(context, plot, places, counter.max);
}

/** Draws a filled step line from 0 to `max`; `behind` draws what lies between the area and the line. */
export function drawSteps(
  context: Pen,
  plot: Plot,
  height: number,
  places: TrackPlaces,
  steps: Steps & { readonly max: number },
  behind: () => void = () => undefined,
): void {
  const { palette } = plot;
  drawGround(context, plot, height);
  const scale = steps.max > 0 ? (places.bottom - places.top) / steps.max : 0;
  const y = (value: number): number => places.bottom - Math.min(Math.max(value, 0), steps.max) * scale;
  const corners = stepCorners(steps, plot.span, plot.width);
  context.beginPath();
  context.moveTo(0, places.bottom);
  for (const corner of corners) context.lineTo(corner.x, y(corner.value));
  context.lineTo(plot.width, places.bottom);
  context.closePath();
  context.globalAlpha = 0.12;
  context.fillStyle = palette.counter;
  context.fill();
  context.globalAlpha = 1;
  behind();
  drawFront(context, plot, height);
  context.strokeStyle = palette.counter;
  context.lineWidth = 1.5;
  context.beginPath();
  for (const corner of corners) context.lineTo(corner.x, y(corner.value));
  context.stroke();
}

/** The dashed line at `max`. */
export function drawMaxLine(context: Pen, plot: Plot, places: TrackPlaces): void {
  context.strokeStyle = plot.palette.ink2;
  context.lineWidth = 1;
  context.setLineDash([4, 3]);
  context.beginPath();
  context.moveTo(0, places.top - 0.5);
  context.lineTo(plot.width, places.top - 0.5);
  context.stroke();
  context.setLineDash([]);
}

/** The words at the right end of that line. */
export function drawMax(context: Pen, plot: Plot, places: TrackPlaces, max: number): void {
  const text = `max ${amountText(max)}`;
  context.font = CAPTION_FONT;
  context.textBaseline = 'alphabetic';
  context.fillStyle = plot.palette.ink2;
  context.fillText(text, plot.width - context.measureText(text).width - 4, places.top - 5);
}
