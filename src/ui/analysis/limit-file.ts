import type { LimitAdvice } from '../../core/analysis/limit-advice.ts';
import { csvOf } from '../charts/csv.ts';
import { linePicture } from '../charts/line-picture.ts';
import type { ChartFile } from '../charts/save-chart.ts';
import type { Palette } from '../timeline/palette.ts';

/** The curve of a limit's advice, to be saved. */
export function limitFile(advice: Pick<LimitAdvice, 'points' | 'max'>, palette: Palette): ChartFile {
  const { points, max } = advice;
  const first = points[0]?.max ?? 0;
  const length = Math.max((points.at(-1)?.max ?? 0) - first, Number.MIN_VALUE);
  const at = points.map((point) => (point.max - first) / length);
  const line = { at, stepped: false } as const;
  return {
    name: 'limit',
    csv: () =>
      csvOf([['max', 'legitimate', 'attack'], ...points.map((point) => [point.max, point.legitimate, point.attack])]),
    picture: () =>
      linePicture({
        title: 'Calls that get through, by max',
        palette,
        ends: [`max ${first}`, `max ${points.at(-1)?.max ?? 0}`],
        mark: { at: (max - first) / length, label: `present max ${max}` },
        lines: [
          { ...line, label: 'Legitimate', colour: 'allow', dashed: false, values: points.map((p) => p.legitimate) },
          { ...line, label: 'Attack', colour: 'deny', dashed: true, values: points.map((p) => p.attack) },
        ],
      }),
  };
}
