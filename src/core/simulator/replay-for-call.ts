import { type Replay, replayNear } from './replay.ts';
import type { CounterObserver, Run } from './run.ts';
import { WindowReplay } from './window-replay.ts';

/** Calls up to which a run with sliding windows is replayed from its beginning. */
const FEW_CALLS = 32_768;

/**
 * The replay that gets to one call soonest; it still has to be moved on, and may be of no use for other calls than this
 * one and those after it up to the arrival of its answer. `going` is an earlier one of the same run, and `observer` that
 * of a new one.
 */
export function replayForCall(run: Run, going: Replay | null, call: number, observer?: CounterObserver): Replay {
  const slides = run.windows === 'sliding' && run.policy.dialect !== 'intercept';
  if (slides && call > FEW_CALLS && call < run.columns.count) return new WindowReplay(run, call, observer);
  return replayNear(run, going instanceof WindowReplay ? null : going, call, observer);
}
