import type { Palette } from '../timeline/palette.ts';
import type { PicturePen } from '../timeline/picture.ts';
import type { Picture } from './picture-file.ts';

/** A line of a chart: places along the axis from 0 to 1, and values. `stepped`: each holds until the next. */
export interface Line {
  readonly label: string;
  readonly colour: keyof Palette;
  readonly dashed: boolean;
  readonly stepped: boolean;
  readonly at: readonly number[];
  readonly values: readonly number[];
}

/** Lines over one axis with a name at each end; `markAt`: a place, from 0 to 1, marked by an upright line. */
export interface LineChart {
  readonly title: string;
  readonly palette: Palette;
  readonly lines: readonly Line[];
  readonly ends: readonly [string, string];
  readonly mark: { readonly at: number; readonly label: string } | null;
}

const WIDTH = 960;
const HEIGHT = 320;
const PLOT = { left: 56, top: 56, width: WIDTH - 80, height: HEIGHT - 104 };
const FONT = '400 11px system-ui, -apple-system, "Segoe UI", Roboto, sans-serif';
const TITLE_FONT = '600 12px system-ui, -apple-system, "Segoe UI", Roboto, sans-serif';
const DASH = [6, 4];

/** The chart as a picture: title, legend, the highest value and 0 at the axis, lines. */
export function linePicture(chart: LineChart): Picture {
  return { width: WIDTH, height: HEIGHT, title: chart.title, draw: (pen) => drawChart(pen, chart) };
}

function drawChart(pen: PicturePen, chart: LineChart): void {
  const { palette, lines, ends, mark } = chart;
  const highest = Math.max(1, ...lines.flatMap(({ values }) => values));
  pen.fillStyle = palette.surface;
  pen.fillRect(0, 0, WIDTH, HEIGHT);
  words(pen, chart.title, 16, 16, palette.ink, TITLE_FONT);
  drawLegend(pen, chart);
  pen.fillStyle = palette.line2;
  pen.fillRect(PLOT.left, PLOT.top + PLOT.height, PLOT.width, 1);
  words(pen, highest.toLocaleString('en-US'), 16, PLOT.top, palette.ink3);
  words(pen, '0', 16, PLOT.top + PLOT.height, palette.ink3);
  words(pen, ends[0], PLOT.left, PLOT.top + PLOT.height + 16, palette.ink3);
  const right = PLOT.left + PLOT.width;
  words(pen, ends[1], right - pen.measureText(ends[1]).width, PLOT.top + PLOT.height + 16, palette.ink3);
  if (mark !== null && mark.at >= 0 && mark.at <= 1) {
    const x = PLOT.left + mark.at * PLOT.width;
    stroke(
      pen,
      palette.ctl,
      [2, 3],
      [
        [x, PLOT.top],
        [x, PLOT.top + PLOT.height],
      ],
    );
    const left = Math.min(x + 4, right - pen.measureText(mark.label).width);
    words(pen, mark.label, left, PLOT.top + PLOT.height + 34, palette.ink3);
  }
  for (const line of lines) stroke(pen, palette[line.colour], line.dashed ? DASH : [], cornersOf(line, highest));
}

function drawLegend(pen: PicturePen, { lines, palette }: LineChart): void {
  let x = 16;
  for (const { label, colour, dashed } of lines) {
    stroke(pen, palette[colour], dashed ? DASH : [], [
      [x, 36],
      [x + 24, 36],
    ]);
    words(pen, label, x + 30, 36, palette.ink2);
    x += 46 + pen.measureText(label).width;
  }
}

function cornersOf({ at, values, stepped }: Line, highest: number): [number, number][] {
  const y = (value: number): number => PLOT.top + PLOT.height * (1 - value / highest);
  return at.flatMap((share, i): [number, number][] => {
    const corner: [number, number] = [PLOT.left + share * PLOT.width, y(values[i] ?? 0)];
    return stepped && i > 0 ? [[corner[0], y(values[i - 1] ?? 0)], corner] : [corner];
  });
}

function stroke(pen: PicturePen, colour: string, dash: readonly number[], corners: readonly [number, number][]): void {
  pen.strokeStyle = colour;
  pen.lineWidth = 2;
  pen.setLineDash([...dash]);
  pen.beginPath();
  for (const [i, [x, y]] of corners.entries())
    if (i === 0) pen.moveTo(x, y);
    else pen.lineTo(x, y);
  pen.stroke();
  pen.setLineDash([]);
}

function words(pen: PicturePen, text: string, x: number, y: number, colour: string, font = FONT): void {
  pen.font = font;
  pen.textBaseline = 'middle';
  pen.fillStyle = colour;
  pen.fillText(text, x, y);
}
