import type { Steps } from '../../src/core/analysis/steps.ts';
import type { Slices } from '../slices.ts';

/** Does work step by step, giving way whenever a slice is used up. */
export async function finish<T>(steps: Steps<T>, slices: Slices): Promise<T> {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
    await slices.pause();
  }
}
