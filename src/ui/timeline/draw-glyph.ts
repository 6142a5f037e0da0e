import { OUTCOME_CODE } from '../../core/simulator/columns.ts';
import type { Pen } from './pen.ts';

/** Half the size of a mark's glyph, in px. */
export const GLYPH_PX = 3;

function cross(context: Pen, x: number, y: number, r: number): void {
  context.lineWidth = r > 2.5 ? 1.6 : 1.2;
  context.beginPath();
  context.moveTo(x - r, y - r);
  context.lineTo(x + r, y + r);
  context.moveTo(x + r, y - r);
  context.lineTo(x - r, y + r);
  context.stroke();
}

function diamond(context: Pen, x: number, y: number, r: number): void {
  context.beginPath();
  context.moveTo(x, y - r);
  context.lineTo(x + r, y);
  context.lineTo(x, y + r);
  context.lineTo(x - r, y);
  context.closePath();
  context.fill();
}

function ring(context: Pen, x: number, y: number, r: number): void {
  context.lineWidth = 1.4;
  context.setLineDash([2, 1.4]);
  context.beginPath();
  context.arc(x, y, r, 0, Math.PI * 2);
  context.stroke();
  context.setLineDash([]);
}

/** Draws the sign of an outcome around a point in the context's colours; allowed calls are bars and drawn elsewhere. */
export function drawGlyph(context: Pen, outcome: number, x: number, y: number, r: number): void {
  if (outcome === OUTCOME_CODE.deny) cross(context, x, y, r);
  else if (outcome === OUTCOME_CODE.approval) diamond(context, x, y, r + 1);
  else ring(context, x, y, r);
}
