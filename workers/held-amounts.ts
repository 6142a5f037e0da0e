import {
  callsUntilAnswered,
  type HeldAmount,
  HeldAmountObserver,
  mayHold,
} from '../src/core/simulator/held-amounts.ts';
import type { Replay } from '../src/core/simulator/replay.ts';
import { replayForCall } from '../src/core/simulator/replay-for-call.ts';
import type { Run } from '../src/core/simulator/run.ts';
import type { Slices } from './slices.ts';

/** What each limit held of a call while its answer was out. `near`: a replay that stands at the call. */
export async function heldAmounts(
  run: Run,
  call: number,
  near: Replay,
  slices: Slices,
): Promise<readonly HeldAmount[]> {
  if (!mayHold(run, call)) return [];
  const observer = new HeldAmountObserver(run);
  const again = near.watchedBy(observer, call) ?? replayForCall(run, null, call, observer);
  await slices.replay(again, call);
  observer.follow(call);
  await slices.replay(again, callsUntilAnswered(run, call));
  return observer.finish();
}
