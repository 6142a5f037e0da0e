import {
  callsUntilAnswered,
  type HeldAmount,
  HeldAmountObserver,
  mayHold,
} from '../src/core/simulator/held-amounts.ts';
import type { Replay } from '../src/core/simulator/replay.ts';
import { replayForCall } from '../src/core/simulator/replay-for-call.ts';
import { WindowReplay } from '../src/core/simulator/window-replay.ts';
import type { Run } from '../src/core/simulator/run.ts';
import type { Slices } from './slices.ts';

/** Answers what calls held while their answers were out. A later call goes on from where the last question left off. */
export class HeldAmounts {
  readonly #run: Run;
  #going: { readonly again: Replay; readonly observer: HeldAmountObserver } | null = null;

  constructor(run: Run) {
    this.#run = run;
  }

  /** What each limit held of a call; one question at a time. `near`: a replay that stands at the call, if any. */
  async of(call: number, near: Replay | null, slices: Slices): Promise<readonly HeldAmount[]> {
    if (!mayHold(this.#run, call)) return [];
    const { again, observer } = this.#begin(call, near);
    await slices.replay(again, call);
    observer.follow(call);
    await slices.replay(again, callsUntilAnswered(this.#run, call));
    return observer.finish();
  }

  #begin(call: number, near: Replay | null): { readonly again: Replay; readonly observer: HeldAmountObserver } {
    const going = this.#going;
    const observer = new HeldAmountObserver(this.#run);
    const again = replayForCall(
      this.#run,
      near instanceof WindowReplay ? near : (going?.again ?? null),
      call,
      observer,
    );
    if (going === null || again !== going.again) this.#going = { observer, again };
    return this.#going ?? { observer, again };
  }
}
