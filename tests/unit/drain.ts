import type { Steps } from '../../src/core/analysis/steps.ts';

/** The result of work done in one go. */
export function drain<T>(steps: Steps<T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}
