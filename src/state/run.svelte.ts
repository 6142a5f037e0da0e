import type { Failed, RunInput, RunSummary } from '../../workers/engine-api.ts';
import type { EngineClient } from '../client/engine-client.ts';
import type { Diagnostic } from '../core/diagnostic.ts';
import type { Scenario } from '../core/scenario/model.ts';
import { sameRun, type Work } from './workspace.svelte.ts';

/** A run that took longer than this is not repeated by itself. */
const AUTO_LIMIT_MS = 200;
/** Work whose last edit is this old is run by itself. */
const AUTO_DELAY_MS = 150;
/** A run still going this long after its first progress shows it and can be cancelled. */
const SLOW_MS = 150;

/** Recorded calls that are made in place of the scenario's. `scenario` gives the world they meet, and its start. */
export interface Replayed {
  /** Of the file. */
  readonly name: string;
  readonly input: Required<Pick<RunInput, 'scenario' | 'trace'>>;
}

export type RunPhase = 'idle' | 'running' | 'done' | 'stale' | 'failed';

/**
 * The newest run and what became of it. `summary` stays while a newer run is going or the work has been edited; `phase`
 * then says `running` or `stale`, so that nothing on screen passes for a fresh verdict.
 */
export class RunState {
  readonly #client: EngineClient;
  readonly #work: () => Work;
  readonly #onslow: (slow: boolean) => void;
  #running = $state(false);
  #failed = $state(false);
  /** The work `summary` was computed from. */
  ranWork = $state.raw<Work | null>(null);
  /** Null while the scenario is run. Held here alone, so that no link, storage or log ever has it. */
  replayed = $state.raw<Replayed | null>(null);
  #ranReplayed = $state.raw<Replayed | null>(null);
  summary = $state.raw<RunSummary | null>(null);
  progress = $state.raw<{ readonly decided: number; readonly planned: number } | null>(null);
  /** Why the last attempt gave no result, other than the policy's own errors. */
  scenarioDiagnostics = $state.raw<readonly Diagnostic[]>([]);
  /** Why the worker could not finish the last run; null when it could, or was lost. */
  failure = $state.raw<Failed | null>(null);
  /** True once the memory was too small for something asked about the run on screen. */
  isFull = $state(false);
  /** True while nothing is run by itself, since the run before ended the whole tab. */
  heldBack = $state(false);
  #refused = $state.raw<Scenario | null>(null);
  /** Workers lost since the last finished run; from two on, a smaller run is suggested. */
  losses = $state(0);
  /** True from 150 ms after a run's first progress until its end: Run is Cancel and the progress line shows. */
  slow = $state(false);
  #timer: ReturnType<typeof setTimeout> | undefined;
  #slowTimer: ReturnType<typeof setTimeout> | undefined;

  /** `onslow` is told whenever a long run begins, and whenever a run ends. */
  constructor(client: EngineClient, work: () => Work, onslow: (slow: boolean) => void = () => undefined) {
    this.#client = client;
    this.#work = work;
    this.#onslow = onslow;
  }

  phase: RunPhase = $derived.by(() => {
    if (this.#running) return 'running';
    if (this.#failed) return 'failed';
    if (this.summary === null || this.ranWork === null) return 'idle';
    return this.outdated ? 'stale' : 'done';
  });

  /** True when results on screen are not those of the work on screen. */
  outdated = $derived.by(
    () => this.ranWork !== null && (this.replayed !== this.#ranReplayed || !sameRun(this.#work(), this.ranWork)),
  );

  /** How many errors the last run found in `scenario`; 0 when it was not refused, or has been edited since. */
  refusals(scenario: Scenario): number {
    return this.#refused === scenario ? this.scenarioDiagnostics.length : 0;
  }

  /**
   * True when an edit is followed by a run without being asked: the last one was whole, and quickly decided. The worker's
   * own time counts, since the first run also waits for the worker to load.
   */
  get quick(): boolean {
    if (this.heldBack) return false;
    return this.summary === null || (!this.summary.partial && this.summary.decideMs < AUTO_LIMIT_MS);
  }

  /** Runs the present work; a newer call takes the place of this one. */
  async start(): Promise<void> {
    clearTimeout(this.#timer);
    const work = this.#work();
    const replayed = this.replayed;
    this.#begin();
    const reply = await this.#client.run(
      {
        policy: { dialect: work.dialect, text: work.policyText },
        scenario: work.scenario,
        windows: work.windows,
        ...replayed?.input,
      },
      (decided, planned) => this.#note(decided, planned),
    );
    if (reply.kind === 'superseded') return;
    this.#end();
    if (reply.kind === 'restarted') return;
    const result = reply.value;
    this.scenarioDiagnostics = result.kind === 'scenario-invalid' ? result.diagnostics : [];
    this.#refused = result.kind === 'scenario-invalid' ? work.scenario : null;
    this.failure = result.kind === 'failed' ? result : null;
    this.#failed = result.kind === 'failed';
    if (result.kind !== 'done' && result.kind !== 'cancelled') return;
    this.losses = 0;
    this.isFull = false;
    this.summary = result.summary;
    this.ranWork = work;
    this.#ranReplayed = replayed;
  }

  /** Runs soon, when the last run was quick; further calls put it off. */
  startSoon(): void {
    clearTimeout(this.#timer);
    if (!this.quick) return;
    this.#timer = setTimeout(() => void this.start(), AUTO_DELAY_MS);
  }

  /** Stops the run that is going; its partial result is shown as such. */
  async cancel(): Promise<void> {
    await this.#client.cancel();
  }

  /** The worker was replaced: what it held is gone, what is on screen stays. */
  workerLost(): void {
    this.#end();
    this.#failed = true;
    this.failure = null;
    this.losses++;
  }

  #begin(): void {
    clearTimeout(this.#slowTimer);
    this.#running = true;
    this.#failed = false;
    this.heldBack = false;
    this.progress = null;
  }

  #note(decided: number, planned: number): void {
    // why: it has a port of its own, so it may come after the result.
    if (!this.#running) return;
    // why: while the worker is loading there is nothing to cancel, and a press on Run would stop what it asks for.
    if (this.progress === null) this.#slowTimer = setTimeout(() => this.#slowDown(), SLOW_MS);
    this.progress = { decided, planned };
  }

  #slowDown(): void {
    this.slow = true;
    this.#onslow(true);
  }

  #end(): void {
    clearTimeout(this.#slowTimer);
    this.#onslow(false);
    this.#running = false;
    this.slow = false;
    this.progress = null;
  }
}
