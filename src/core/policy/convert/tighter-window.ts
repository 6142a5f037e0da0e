import { WINDOW_SECONDS, WINDOWS, type Window } from '../policylayer/vocabulary.ts';

/** A limit on one of the named windows. */
export interface NamedLimit {
  readonly window: Window;
  readonly max: number;
}

/**
 * The widest limit on a named window that never lets more than `max` calls into any window of `seconds`, both aligned to
 * the epoch. A max of 0 when there is none; of equal rates the shortest window.
 */
export function tighterLimit(max: number, seconds: number): NamedLimit {
  const limits = WINDOWS.map((window) => {
    const length = WINDOW_SECONDS[window];
    return { window, max: Math.floor(max / windowsTouched(seconds, length)), length };
  });
  const rate = (limit: (typeof limits)[number]): number => limit.max / limit.length;
  const best = limits.reduce((widest, limit) => (rate(limit) > rate(widest) ? limit : widest));
  return { window: best.window, max: best.max };
}

/** How many windows of `length` one window of `seconds` can lie across. */
function windowsTouched(seconds: number, length: number): number {
  const latestStart = length - commonDivisor(seconds, length);
  return Math.ceil((latestStart + seconds) / length);
}

function commonDivisor(a: number, b: number): number {
  return b === 0 ? a : commonDivisor(b, a % b);
}
