import { durationMs } from './duration.ts';
import type { CallStep } from './model.ts';

/**
 * When the calls of a step come: `over`: `value` ms for all of them · `every`: `value` ms apart · `rate`: `value` a
 * minute · `once`: all at the same moment.
 */
export interface Pace {
  readonly kind: 'once' | 'over' | 'every' | 'rate';
  readonly value: number;
}

/** The pace of a checked step. */
export function paceOf(step: CallStep): Pace {
  if (step.over !== undefined) return { kind: 'over', value: durationMs(step.over) };
  if (step.every !== undefined) return { kind: 'every', value: durationMs(step.every) };
  if (step.ratePerMinute !== undefined) return { kind: 'rate', value: step.ratePerMinute };
  return { kind: 'once', value: 0 };
}

/**
 * Ms from the start of the step to call `i` of `n` (docs: scenario.md#pace); `i = n` gives how long the step lasts, so
 * that the next step starts there.
 */
export function offsetMs(pace: Pace, i: number, n: number): number {
  switch (pace.kind) {
    case 'once':
      return 0;
    case 'over': {
      // why: value * i can pass 2^53; split so that every product stays exact.
      const whole = Math.floor(pace.value / n);
      return whole * i + Math.floor(((pace.value - whole * n) * i) / n);
    }
    case 'every':
      return pace.value * i;
    case 'rate':
      return Math.floor((60_000 * i) / pace.value);
  }
}
