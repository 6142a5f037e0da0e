import type { Palette } from './palette.ts';
import type { Pen } from './pen.ts';
import type { Band, BoundaryLine } from './boundary-labels.ts';
import type { Span } from './time-span.ts';
import type { Ticks } from './time-ticks.ts';

/** What every strip of the plot is drawn with; sizes in CSS px. */
export interface Plot {
  readonly span: Span;
  readonly width: number;
  readonly palette: Palette;
  readonly ticks: Ticks;
  readonly boundaries: readonly BoundaryLine[];
  readonly bands: readonly Band[];
  /** Place of the line at the moment of the clock in a picture that is saved; on screen that line lies over the plot. */
  readonly markerX: number | null;
}

/** Text in marks and captions. */
export const CAPTION_FONT = '600 11px system-ui, -apple-system, "Segoe UI", Roboto, sans-serif';

/** Fits a canvas to its box at the screen's density and clears it; null when the browser gives no context. */
export function prepare(canvas: HTMLCanvasElement, width: number, height: number): CanvasRenderingContext2D | null {
  const ratio = Math.max(1, Math.min(devicePixelRatio, 3));
  const [wide, high] = [Math.round(width * ratio), Math.round(height * ratio)];
  if (canvas.width !== wide) canvas.width = wide;
  if (canvas.height !== high) canvas.height = high;
  const context = canvas.getContext('2d');
  context?.setTransform(ratio, 0, 0, ratio, 0, 0);
  context?.clearRect(0, 0, width, height);
  return context;
}

/** A vertical line that falls on whole pixels. */
function rule(context: Pen, x: number, top: number, bottom: number, width = 1): void {
  const left = width % 2 === 1 ? Math.floor(x) + 0.5 : Math.round(x);
  context.lineWidth = width;
  context.beginPath();
  context.moveTo(left, top);
  context.lineTo(left, bottom);
  context.stroke();
}

/** Past windows and the lines of the axis, behind everything else. */
export function drawGround(context: Pen, plot: Plot, height: number): void {
  const { palette } = plot;
  context.fillStyle = palette.sunken;
  for (const { fromX, toX } of plot.bands) context.fillRect(fromX, 0, toX - fromX, height);
  context.strokeStyle = palette.line;
  for (const { x } of plot.ticks.major) rule(context, x, 0, height);
  context.setLineDash([1, 4]);
  for (const x of plot.ticks.minor) rule(context, x, 0, height);
  context.setLineDash([]);
  context.fillStyle = palette.line;
  context.fillRect(0, height - 1, plot.width, 1);
}

/** Boundaries and the selected call's line, in front of everything else. */
export function drawFront(context: Pen, plot: Plot, height: number): void {
  for (const { x, label } of plot.boundaries) {
    context.strokeStyle = label === null ? plot.palette.ctl : plot.palette.ink;
    rule(context, x, 0, height, label === null ? 1 : 2);
  }
  if (plot.markerX === null) return;
  context.strokeStyle = plot.palette.accent;
  rule(context, plot.markerX, 0, height);
}
