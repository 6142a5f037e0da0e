import { amountText } from './utc-text.ts';
import { CAPTION_FONT, drawFront, drawGround, prepare, type Plot } from './canvas.ts';
import { stepCorners, type Steps } from './counter-line.ts';

/** Top and bottom of the scale inside a track, in px. */
export interface TrackPlaces {
  readonly top: number;
  readonly bottom: number;
}

/** Places for a track of this height; `top` px are kept free for a name. */
export function trackPlaces(height: number, top: number): TrackPlaces {
  return { top: top + 22, bottom: height - 18 };
}

/** Draws a counter as filled step line from 0 to `max`, with `max` as a dashed line. */
export function drawCounter(
  canvas: HTMLCanvasElement,
  plot: Plot,
  height: number,
  places: TrackPlaces,
  counter: Steps & { readonly max: number },
): void {
  const context = prepare(canvas, plot.width, height);
  if (context === null) return;
  const { palette } = plot;
  drawGround(context, plot, height);
  const scale = counter.max > 0 ? (places.bottom - places.top) / counter.max : 0;
  const y = (value: number): number => places.bottom - Math.min(Math.max(value, 0), counter.max) * scale;
  const corners = stepCorners(counter, plot.span, plot.width);
  context.beginPath();
  context.moveTo(0, places.bottom);
  for (const corner of corners) context.lineTo(corner.x, y(corner.value));
  context.lineTo(plot.width, places.bottom);
  context.closePath();
  context.globalAlpha = 0.12;
  context.fillStyle = palette.counter;
  context.fill();
  context.globalAlpha = 1;
  context.strokeStyle = palette.ink2;
  context.lineWidth = 1;
  context.setLineDash([4, 3]);
  context.beginPath();
  context.moveTo(0, places.top - 0.5);
  context.lineTo(plot.width, places.top - 0.5);
  context.stroke();
  context.setLineDash([]);
  drawFront(context, plot, height);
  context.strokeStyle = palette.counter;
  context.lineWidth = 1.5;
  context.beginPath();
  for (const corner of corners) context.lineTo(corner.x, y(corner.value));
  context.stroke();
  drawMax(context, plot, places, counter.max);
}

function drawMax(context: CanvasRenderingContext2D, plot: Plot, places: TrackPlaces, max: number): void {
  const text = `max ${amountText(max)}`;
  context.font = CAPTION_FONT;
  context.textBaseline = 'alphabetic';
  context.fillStyle = plot.palette.ink2;
  context.fillText(text, plot.width - context.measureText(text).width - 4, places.top - 5);
}
