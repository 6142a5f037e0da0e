import UPlot from 'uplot';
import type { TicketTrack, TimelineCounter } from '../../../workers/engine-api.ts';
import type { AgentWait } from '../../core/simulator/timeline.ts';
import type { Plot } from './canvas.ts';
import type { ChartContent } from './chart.ts';
import type { Steps } from './counter-line.ts';
import { drawMax, drawMaxLine, type TrackPlaces } from './draw-counter.ts';
import { drawHighest, drawLine, type LanePlaces } from './draw-lane.ts';
import type { Columns } from './histogram.ts';

const FILL = 0.12;

/** A colour at the strength of the area under a counter. why: the tokens may hold any kind of CSS colour. */
function faint(colour: string): CanvasPattern | string {
  const dot = document.createElement('canvas');
  [dot.width, dot.height] = [1, 1];
  const context = dot.getContext('2d');
  if (context === null) return 'transparent';
  context.globalAlpha = FILL;
  context.fillStyle = colour;
  context.fillRect(0, 0, 1, 1);
  return context.createPattern(dot, 'repeat') ?? 'transparent';
}

const stepped = UPlot.paths.stepped?.({ align: 1 });

/** A counter as a step line under its max. */
export function counterChart(plot: Plot, height: number, places: TrackPlaces, counter: TimelineCounter): ChartContent {
  return {
    ...stepChart(plot, height, places, counter),
    behind: (pen) => drawMaxLine(pen, plot, places),
    before: (pen) => drawMax(pen, plot, places, counter.max),
  };
}

/** How many tickets are valid, as a step line up to their highest number. */
export function ticketChart(plot: Plot, height: number, places: TrackPlaces, tickets: TicketTrack): ChartContent {
  return stepChart(plot, height, places, { ...tickets, max: tickets.most });
}

/**
 * A step line with the area under it, from 0 to `max`: the value holds until the next change, which is a vertical edge.
 * The line goes on to the right edge of what is in view.
 */
function stepChart(
  plot: Plot,
  height: number,
  places: TrackPlaces,
  { atMs, used, max }: Steps & { readonly max: number },
): ChartContent {
  const unit = (max > 0 ? max : 1) / (places.bottom - places.top);
  const held = Array.from(used, (value) => Math.min(Math.max(value, 0), max));
  const endMs = Math.max(plot.span.toMs, atMs.at(-1) ?? 0);
  return {
    plot,
    height,
    data: [
      [...atMs, endMs],
      [...held, held.at(-1) ?? 0],
    ],
    series: [
      {
        stroke: plot.palette.counter,
        width: 1.5,
        fill: faint(plot.palette.counter),
        fillTo: 0,
        points: { show: false },
        ...(stepped && { paths: stepped }),
      },
    ],
    yMin: -(height - places.bottom) * unit,
    yMax: max + places.top * unit,
    behind: () => undefined,
    before: () => undefined,
  };
}

function columnSeries(colour: string, isOutline: boolean, gap: number): UPlot.Series {
  const paths = UPlot.paths.bars?.({ size: [1, Infinity, 1], align: 1, gap });
  return {
    ...(isOutline ? { stroke: colour, width: 1 } : { fill: colour, width: 0 }),
    fillTo: 0,
    points: { show: false },
    ...(paths && { paths }),
  };
}

/** Calls in columns: allowed up, then approvals; denied down, then hidden as outlines; one scale for both directions. */
export function densityChart(
  plot: Plot,
  height: number,
  places: LanePlaces,
  columns: Columns,
  waits: readonly AgentWait[],
): ChartContent {
  const { palette } = plot;
  const unit = columns.highest / Math.max(1, Math.min(places.up, places.down));
  const binPx = (columns.binMs / (plot.span.toMs - plot.span.fromMs)) * plot.width;
  const gap = binPx > 4 ? 1 : 0;
  return {
    plot,
    height,
    data: [[...columns.fromMs], [...columns.approval], [...columns.allow], [...columns.hidden], [...columns.deny]],
    series: [
      columnSeries(palette.approval, false, gap),
      columnSeries(palette.allow, false, gap),
      columnSeries(palette.hidden, true, gap),
      columnSeries(palette.deny, false, gap),
    ],
    yMin: -(height - places.line) * unit,
    yMax: places.line * unit,
    behind: (pen) => drawLine(pen, plot, places, waits),
    before: (pen) => drawHighest(pen, columns, places, plot),
  };
}
