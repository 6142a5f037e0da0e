import { chooseAgentLanes, type LaneHead, type Lanes } from '../src/core/simulator/timeline-bins.ts';
import type { View } from '../src/core/simulator/timeline.ts';
import { type CallerWait, waitsInView, waitsPass } from '../src/core/simulator/waits.ts';
import type { RunRecord } from './held-run.ts';
import type { Slices } from './slices.ts';

/** Lanes of a run's agents with what they wait for. The run is looked through once. */
export class AgentLanes {
  readonly #record: RunRecord;
  #lanes: Lanes | null = null;
  #waits: readonly CallerWait[] | null = null;

  constructor(record: RunRecord) {
    this.#record = record;
  }

  /** The lanes, with the waits that reach into a view. */
  async lanesIn(view: View, slices: Slices): Promise<Lanes> {
    const { run, tally } = this.#record;
    const lanes = (this.#lanes ??= chooseAgentLanes(run, tally));
    const waits = (this.#waits ??= await this.#find(slices));
    const heads = lanes.heads.map((head): LaneHead =>
      head.agent === undefined
        ? head
        : { ...head, agent: { ...head.agent, waits: waitsInView(waits, head.index, view) } },
    );
    return { ...lanes, heads };
  }

  async #find(slices: Slices): Promise<readonly CallerWait[]> {
    const { run, scenario } = this.#record;
    const pass = waitsPass(run, scenario);
    await slices.run([pass], 0, run.columns.count);
    return pass.finish();
  }
}
