import type { Timeline, TimelineCounter, TimelineLane } from '../../workers/engine-api.ts';
import { stepCorners } from '../ui/timeline/counter-line.ts';

/** Lanes and counters that a small timeline has room for. */
export const MOST_LANES = 2;
export const MOST_COUNTERS = 2;

/** Bars of one lane as two paths: allowed up from the middle, all else down, on one scale. */
export interface LanePaths {
  readonly allowed: string;
  readonly refused: string;
}

/** Draws a lane into `bins` × `height`; the tallest bar of either side fills half the height. */
export function lanePaths({ counts }: TimelineLane, bins: number, height: number): LanePaths {
  const refusedAt = (bin: number): number =>
    (counts[bins + bin] ?? 0) + (counts[2 * bins + bin] ?? 0) + (counts[3 * bins + bin] ?? 0);
  let most = 1;
  for (let bin = 0; bin < bins; bin++) most = Math.max(most, counts[bin] ?? 0, refusedAt(bin));
  const middle = height / 2;
  const bar = (bin: number, count: number, up: boolean): string => {
    const tall = Math.max(2, (count / most) * middle);
    return count === 0 ? '' : `M${bin} ${middle}h1v${up ? -tall : tall}h-1z`;
  };
  const paths = { allowed: '', refused: '' };
  for (let bin = 0; bin < bins; bin++) {
    paths.allowed += bar(bin, counts[bin] ?? 0, true);
    paths.refused += bar(bin, refusedAt(bin), false);
  }
  return paths;
}

/** The step line of a counter over the whole timeline; its `max` is at the top of `height`. */
export function counterPath(counter: TimelineCounter, timeline: Timeline, height: number): string {
  const top = Math.max(counter.max, 1);
  const corners = stepCorners(counter, timeline, timeline.bins);
  return corners
    .map(({ x, value }, i) => `${i === 0 ? 'M' : 'L'}${x.toFixed(1)} ${(height - (value / top) * height).toFixed(1)}`)
    .join('');
}
