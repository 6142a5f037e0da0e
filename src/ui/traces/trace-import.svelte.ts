import type { TraceAnswer } from '../../../workers/engine-api.ts';
import { parseInstant } from '../../core/scenario/instant.ts';
import { MAX_SPAN_MS } from '../../core/scenario/limits.ts';
import type { Scenario } from '../../core/scenario/model.ts';
import type { Conversion } from '../../core/traces/convert-trace.ts';
import type { TraceReading, TraceRun } from '../../core/traces/trace.ts';
import type { Playground } from '../../state/playground.svelte.ts';

const LOST = 'The worker was restarted. Import the trace again; your work is kept.';

type Converted = Extract<Conversion, { kind: 'converted' }>;

/** Spacings offered for calls without times, in ms. */
const SPACINGS: readonly number[] = [0, 40, 1000, 10_000, 60_000];

/** A trace on its way from a file to a run: chosen, being read, looked at. Nothing of it is kept anywhere else. */
export class TraceImport {
  readonly #playground: Playground;
  /** Characters read, and all of them, while a file is read. */
  progress = $state.raw<{ readonly done: number; readonly length: number } | null>(null);
  reading = $state.raw<TraceReading | null>(null);
  name = $state('');
  /** Why there is nothing to show, as a sentence. */
  problem = $state<string | null>(null);
  /** Grant of calls that name none. */
  grant = $state('agent');
  spacingMs = $state(1000);
  converted = $state.raw<Converted | null>(null);
  #turn = 0;

  constructor(playground: Playground) {
    this.#playground = playground;
  }

  /** Spacings with which the whole trace fits into a run. */
  get spacings(): readonly number[] {
    const calls = this.reading?.trace.count ?? 0;
    return SPACINGS.filter((ms) => ms * calls <= MAX_SPAN_MS);
  }

  /** Reads a file or a pasted text; the newest one wins. */
  async read(file: Blob, name: string): Promise<void> {
    this.reset();
    const turn = ++this.#turn;
    this.name = name;
    this.progress = { done: 0, length: 1 };
    const agent = this.#playground.workspace.scenario.agents[0];
    this.grant = agent?.grant ?? agent?.name ?? 'agent';
    const reply = await this.#playground.client.trace({ kind: 'read', file }, (done, length) => {
      if (turn === this.#turn) this.progress = { done, length };
      return turn === this.#turn;
    });
    if (turn !== this.#turn) return;
    this.progress = null;
    if (reply.kind !== 'ok') this.problem = LOST;
    else this.#take(reply.value);
  }

  /** Stops reading and forgets what was read. */
  reset(): void {
    this.#turn++;
    this.progress = null;
    this.reading = null;
    this.problem = null;
    this.converted = null;
  }

  /** Puts the recorded calls in place of the scenario's and decides them. */
  replay(): void {
    const run = this.#run();
    if (run === null) return;
    const { run: runs, selection } = this.#playground;
    runs.replayed = { name: this.name, input: { scenario: this.#stage(run), trace: run } };
    selection.close();
    void runs.start();
  }

  /** Asks for the trace as steps; `converted` then says what they hold. */
  async convert(): Promise<void> {
    const run = this.#run();
    if (run === null) return;
    const turn = ++this.#turn;
    this.problem = null;
    const reply = await this.#playground.client.trace({ kind: 'convert', run, name: this.name });
    if (turn !== this.#turn) return;
    if (reply.kind !== 'ok') this.problem = LOST;
    else if (reply.value.kind === 'converted') this.converted = reply.value;
    else this.#take(reply.value);
  }

  /** Makes the converted steps the scenario. Can be taken back. */
  useSteps(): void {
    if (this.converted === null) return;
    const work = { ...this.#playground.workspace.work, scenario: this.converted.scenario };
    this.#playground.replace(work, `Steps of ${this.name} opened.`);
  }

  #take(answer: TraceAnswer): void {
    if (answer.kind === 'read') this.reading = answer.reading;
    else if (answer.kind === 'too-large') this.problem = `Not done: ${answer.message}.`;
    else if (answer.kind === 'failed') this.problem = `The worker could not do it: ${answer.message}`;
  }

  #run(): TraceRun | null {
    if (this.reading === null) return null;
    const startMs = parseInstant(this.#playground.workspace.scenario.start) ?? 0;
    const { grant, spacingMs } = this;
    return { trace: this.reading.trace, choices: { grant: grant.trim() || 'agent', startMs, spacingMs } };
  }

  /** The world that recorded calls meet: that of the scenario on screen, at the time of the first call. */
  #stage({ trace, choices }: TraceRun): Scenario {
    const startMs = trace.hasTimes ? (trace.atMs[0] ?? 0) : choices.startMs;
    return { ...this.#playground.workspace.scenario, start: new Date(startMs).toISOString(), agents: [] };
  }
}
