import UPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import type { Plot } from './canvas.ts';
import { drawFront, drawGround } from './canvas.ts';
import type { Pen } from './pen.ts';

/** What one chart shows. Times are ms since the epoch; `yMin` and `yMax` are the values at the edges of its box. */
export interface ChartContent {
  readonly plot: Plot;
  readonly height: number;
  readonly data: UPlot.AlignedData;
  readonly series: readonly UPlot.Series[];
  readonly yMin: number;
  readonly yMax: number;
  /** Drawn over the ground and under the series, and over all; in CSS px. */
  readonly behind: (pen: Pen) => void;
  readonly before: (pen: Pen) => void;
}

/** A chart of uPlot in a box, without axes and cursor of its own: those are the timeline's. */
export class Chart {
  readonly #chart: UPlot;
  #content: ChartContent;

  constructor(box: HTMLElement, content: ChartContent) {
    this.#content = content;
    const hook = (draw: (pen: Pen) => void) => (chart: UPlot) => {
      const ratio = UPlot.pxRatio;
      chart.ctx.save();
      chart.ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
      draw(chart.ctx);
      chart.ctx.restore();
    };
    this.#chart = new UPlot(
      {
        width: content.plot.width,
        height: content.height,
        padding: [0, 0, 0, 0],
        legend: { show: false },
        cursor: { show: false },
        axes: [{ show: false }, { show: false }],
        scales: {
          x: { time: false, range: () => [this.#content.plot.span.fromMs, this.#content.plot.span.toMs] },
          y: { range: () => [this.#content.yMin, this.#content.yMax] },
        },
        series: [{}, ...content.series],
        hooks: {
          drawClear: [hook((pen) => this.#drawBehind(pen))],
          draw: [hook((pen) => this.#content.before(pen))],
        },
      },
      content.data,
      box,
    );
  }

  /** Shows other content of the same kind. */
  show(content: ChartContent): void {
    const { plot, height } = content;
    const isResized = plot.width !== this.#chart.width || height !== this.#chart.height;
    this.#content = content;
    if (isResized) this.#chart.setSize({ width: plot.width, height });
    this.#chart.setData(content.data);
  }

  destroy(): void {
    this.#chart.destroy();
  }

  #drawBehind(pen: Pen): void {
    const { plot, height, behind } = this.#content;
    drawGround(pen, plot, height);
    behind(pen);
    drawFront(pen, plot, height);
  }
}
