import { lowerBound } from '../src/core/simulator/call-list.ts';
import { replayNear, type Replay } from '../src/core/simulator/replay.ts';
import type { Run } from '../src/core/simulator/run.ts';
import type { TallyEntry } from '../src/core/simulator/tally.ts';
import {
  agentsOf,
  callerPass,
  type Exchange,
  readExchange,
  type RunAgent,
  type TranscriptPage,
  type TranscriptRequest,
} from '../src/core/simulator/transcript.ts';
import { WorldReplay } from '../src/core/simulator/world-replay.ts';
import { callsUntil } from '../src/core/simulator/world-view.ts';
import type { Scenario } from '../src/core/scenario/model.ts';
import { createServer } from '../src/core/upstream/server.ts';
import { worldOf } from '../src/core/upstream/world.ts';
import type { Slices } from './slices.ts';

/** Exchanges of one answer; a larger `count` is cut to this. */
const MOST_EXCHANGES = 500;

/** What a transcript is read from. */
interface Source {
  readonly run: Run;
  readonly scenario: Scenario;
  readonly tally: readonly TallyEntry[];
}

/** Reads what the agents of a run asked and were answered. Pages asked for in order go through the run once. */
export class Transcripts {
  readonly #source: Source;
  readonly #slices: () => Slices;
  readonly #agents: readonly RunAgent[];
  /** By agent. */
  readonly #calls = new Map<number, Uint32Array>();
  #replay: Replay | null = null;
  #world: WorldReplay | null = null;
  #reading: Promise<unknown> = Promise.resolve();

  /** `slices` is asked for anew for every page. */
  constructor(source: Source, slices: () => Slices) {
    this.#source = source;
    this.#slices = slices;
    const counts = source.run.table.callers.map(() => 0);
    for (const { caller, calls } of source.tally) counts[caller] = (counts[caller] ?? 0) + calls;
    this.#agents = agentsOf(source.run, source.scenario, (caller) => counts[caller] ?? 0);
  }

  /** One page. Questions wait for one another, since they share a replay. */
  read(request: TranscriptRequest): Promise<TranscriptPage> {
    const read = this.#reading.then(() => this.#read(request));
    this.#reading = read.catch(() => undefined);
    return read;
  }

  async #read({ agent, from, count, atMs }: TranscriptRequest): Promise<TranscriptPage> {
    const slices = this.#slices();
    const calls = await this.#callsOf(agent, slices);
    const first = Math.min(Math.max(0, from), calls.length);
    const exchanges: Exchange[] = [];
    for (const call of calls.subarray(first, first + Math.min(count, MOST_EXCHANGES))) {
      exchanges.push(await this.#exchange(call, slices));
      await slices.pause();
    }
    const { run } = this.#source;
    const made = atMs === undefined ? calls.length : lowerBound(calls, calls.length, callsUntil(run, atMs));
    return { agents: this.#agents, total: calls.length, made, from: first, exchanges };
  }

  async #callsOf(agent: number, slices: Slices): Promise<Uint32Array> {
    const known = this.#calls.get(agent);
    if (known !== undefined) return known;
    const { run } = this.#source;
    const pass = callerPass(run, agent);
    await slices.run([pass], 0, run.columns.count);
    const calls = pass.finish();
    this.#calls.set(agent, calls);
    return calls;
  }

  async #exchange(call: number, slices: Slices): Promise<Exchange> {
    const { run, scenario } = this.#source;
    this.#replay = replayNear(run, this.#replay, call);
    if (this.#world === null || this.#world.nextCall > call) this.#world = new WorldReplay(run, worldOf(scenario));
    const [again, world] = [this.#replay, this.#world];
    await slices.replay(again, call);
    await slices.replay(world, call);
    return readExchange(run, call, again, createServer(world.world));
  }
}
