import type { Run } from '../src/core/simulator/run.ts';
import { WorldReplay } from '../src/core/simulator/world-replay.ts';
import type { Scenario } from '../src/core/scenario/model.ts';
import { worldOf } from '../src/core/upstream/world.ts';
import type { Slices } from './slices.ts';

/** Answers one kind of question from the world of a run: a later moment goes on from where the last one was. */
export class WorldQuestions {
  readonly #run: Run;
  readonly #scenario: Scenario;
  readonly #slices: () => Slices;
  #replay: WorldReplay | null = null;
  #asked: Promise<unknown> = Promise.resolve();

  readonly #counts: ((tool: string) => boolean) | undefined;

  /** `slices` is asked for anew for every question; `counts` tells which tools' calls change what is asked about. */
  constructor(run: Run, scenario: Scenario, slices: () => Slices, counts?: (tool: string) => boolean) {
    this.#run = run;
    this.#scenario = scenario;
    this.#slices = slices;
    this.#counts = counts;
  }

  /** What `answer` makes of the world just before `call`. Questions wait for one another, since they share a replay. */
  ask<T>(call: number, answer: (world: WorldReplay) => T): Promise<T> {
    const answered = this.#asked.then(async () => answer(await this.#before(call)));
    this.#asked = answered.catch(() => undefined);
    return answered;
  }

  async #before(call: number): Promise<WorldReplay> {
    let again = this.#replay;
    if (again === null || again.nextCall > call) {
      this.#replay = again = new WorldReplay(this.#run, worldOf(this.#scenario), this.#counts);
    }
    await this.#slices().replay(again, Math.min(call, this.#run.columns.count));
    return again;
  }
}
