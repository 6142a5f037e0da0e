import type { RunState } from '../../state/run.svelte.ts';

/** True when results lose their hue: the work was edited since, or a longer run is going. */
export function isGrey(run: RunState): boolean {
  return run.outdated || run.slow;
}
