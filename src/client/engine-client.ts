import { proxy, releaseProxy, wrap } from 'comlink';
import type {
  AnalysisAnswer,
  AnalysisRequest,
  Answer,
  AssertionResult,
  AssistAnswer,
  AssistRequest,
  BuilderAnswer,
  AttacksResult,
  CheckResult,
  CompareInput,
  CompareResult,
  ConversionResult,
  EngineApi,
  Explanation,
  GoOn,
  K6Export,
  LogFilter,
  LogPage,
  PolicySource,
  Progress,
  RunInput,
  RuleCoverage,
  RunResult,
  Suggestion,
  SuggestRequest,
  TicketAnswer,
  TicketPage,
  TicketRequest,
  Timeline,
  TimelineRequest,
  TraceAnswer,
  TraceRequest,
  TranscriptPage,
  TranscriptRequest,
  WorldView,
} from '../../workers/engine-api.ts';
import type { Diagnostic, Range } from '../core/diagnostic.ts';
import type { WindowMode } from '../core/engine/decision.ts';
import type { K6Options } from '../core/k6/export.ts';
import type { Dialect } from '../core/policy/model.ts';
import type { Assertion } from '../core/scenario/model.ts';
import type { Change } from '../core/policy/builder/change.ts';
import { watchWorker, type Watch } from './watch.ts';

/** Why a question got no answer. `superseded`: a newer one took its place. `restarted`: the worker was replaced. */
export type Lost = { readonly kind: 'superseded' } | { readonly kind: 'restarted' };
export type Reply<T> = { readonly kind: 'ok'; readonly value: T } | Lost;

/** Starts a worker; tests pass their own. */
export type WorkerFactory = () => Worker;

/** Starts the worker; `Worker` may be a class that gets at its script in another way. */
export function startEngineWorker(Worker = globalThis.Worker): Worker {
  return new Worker(new URL('../../workers/engine.worker.ts', import.meta.url), { type: 'module', name: 'engine' });
}

interface Connection {
  readonly worker: Worker;
  readonly engine: EngineApi;
  readonly lost: Promise<Lost>;
  readonly watch: Watch;
  close(): void;
}

/**
 * The only door to the simulator's worker. Every question settles: with the answer, as `superseded` by a newer question
 * of its kind, or as `restarted` when the worker died, broke or did not answer in time. A lost worker is replaced at once.
 */
export class EngineClient {
  readonly #start: WorkerFactory;
  readonly #onRestart: () => void;
  readonly #onFull: () => void;
  #connection: Connection | null;
  /** Workers in a row that broke before they answered once; with two, the next waits for a question. */
  #stillborn = 0;
  #runs = 0;
  #checks = 0;
  #timelines = 0;
  /** Length of the policy text that was asked about last. */
  #textLength = 0;

  /** `onRestart` is told once for every worker that was replaced, `onFull` of every look at a run that memory was too small for. */
  constructor(onRestart: () => void, start: WorkerFactory = startEngineWorker, onFull: () => void = () => undefined) {
    this.#start = start;
    this.#onRestart = onRestart;
    this.#onFull = onFull;
    this.#connection = this.#connect();
  }

  /** Decides a whole scenario; the newest run wins and cancels the one before. */
  async run(input: RunInput, progress: Progress): Promise<Reply<RunResult>> {
    const turn = ++this.#runs;
    const current: Progress = (decided, planned) => {
      if (turn === this.#runs) progress(decided, planned);
    };
    const reply = await this.#ask((engine) => engine.run(input, proxy(current)));
    return turn === this.#runs || reply.kind === 'restarted' ? reply : { kind: 'superseded' };
  }

  /** Stops the run that is going; its `run` promise settles as `cancelled` with what was decided. */
  async cancel(): Promise<void> {
    await this.#ask((engine) => engine.cancel());
  }

  /** Diagnostics and effects of a policy text; the newest text wins. */
  async check(source: PolicySource): Promise<Reply<CheckResult>> {
    const turn = ++this.#checks;
    this.#textLength = source.text.length;
    const reply = await this.#ask((engine) => engine.check(source));
    return turn === this.#checks ? reply : { kind: 'superseded' };
  }

  /** Diagnostics of a scenario document. */
  checkScenario(scenario: unknown): Promise<Reply<{ readonly diagnostics: readonly Diagnostic[] }>> {
    return this.#ask((engine) => engine.checkScenario(scenario));
  }

  /** One page of the filtered audit log. */
  log(runId: number, filter: LogFilter, from: number, count: number): Promise<Reply<Answer<LogPage>>> {
    return this.#look((engine) => engine.log(runId, filter, from, count));
  }

  /** Position of the first call at or after `call` in the filtered log; -1 for none. */
  find(runId: number, filter: LogFilter, call: number): Promise<Reply<Answer<number>>> {
    return this.#look((engine) => engine.find(runId, filter, call));
  }

  /** Everything about one call. */
  explain(runId: number, call: number): Promise<Reply<Answer<Explanation>>> {
    return this.#look((engine) => engine.explain(runId, call));
  }

  /** Bins, marks and counters of a span of virtual time; the newest request wins. */
  async timeline(request: TimelineRequest): Promise<Reply<Answer<Timeline>>> {
    const turn = ++this.#timelines;
    const reply = await this.#look((engine) => engine.timeline(request));
    return turn === this.#timelines ? reply : { kind: 'superseded' };
  }

  /** Claims of the run's tickets, unsigned. */
  tickets(runId: number, from: number, count: number): Promise<Reply<Answer<TicketPage>>> {
    return this.#look((engine) => engine.tickets(runId, from, count));
  }

  /** What became of the run's tickets, or a part of a file of them. */
  ticketWork(runId: number, request: TicketRequest): Promise<Reply<Answer<TicketAnswer>>> {
    return this.#look((engine) => engine.ticketWork(runId, request));
  }

  /** The server's world after every call made up to and at that virtual moment. */
  world(runId: number, atMs: number, made?: number): Promise<Reply<Answer<WorldView>>> {
    return this.#look((engine) => engine.world(runId, atMs, made));
  }

  /** Entries of the filtered audit log as JSON lines. */
  entries(runId: number, filter: LogFilter, from: number, count: number): Promise<Reply<Answer<string>>> {
    return this.#look((engine) => engine.entries(runId, filter, from, count));
  }

  /** What one agent of a run asked and was answered. */
  transcript(runId: number, request: TranscriptRequest): Promise<Reply<Answer<TranscriptPage>>> {
    return this.#look((engine) => engine.transcript(runId, request));
  }

  /** Reads a trace until `goOn` says no, or turns one into steps. */
  trace(request: TraceRequest, goOn: GoOn = () => true): Promise<Reply<TraceAnswer>> {
    return this.#ask((engine) => engine.trace(request, proxy(goOn)));
  }

  /** Where a pointer stands in a policy text; null when it does not. */
  locate(source: PolicySource, pointer: string): Promise<Reply<Range | null>> {
    return this.#ask((engine) => engine.locate(source, pointer));
  }

  /** A policy text in another dialect. */
  convert(source: PolicySource, to: Dialect): Promise<Reply<ConversionResult>> {
    return this.#ask((engine) => engine.convert(source, to));
  }

  /** What differs between two policies, or window modes, on one scenario; `goOn` stops it with false. */
  compare(input: CompareInput, goOn: GoOn): Promise<Reply<CompareResult>> {
    return this.#ask((engine) => engine.compare(input, proxy(goOn)));
  }

  /** Verdicts of all attacks and legitimate work on a policy; `goOn` is asked before each and stops it with false. */
  attacks(source: PolicySource, windows: WindowMode, goOn: GoOn): Promise<Reply<AttacksResult>> {
    return this.#ask((engine) => engine.attacks(source, windows, proxy(goOn)));
  }

  /** What a policy lets through, or what a run says about it; a newer request of one kind leaves the older `gone`. */
  analyse(request: AnalysisRequest): Promise<Reply<AnalysisAnswer>> {
    return this.#ask((engine) => engine.analyse(request));
  }

  /** A policy learned from the calls of a run. */
  suggest(runId: number, request: SuggestRequest): Promise<Reply<Answer<Suggestion>>> {
    return this.#look((engine) => engine.suggest(runId, request));
  }

  /** A run as the file of a k6 script. */
  k6(runId: number, options: K6Options): Promise<Reply<Answer<K6Export>>> {
    return this.#look((engine) => engine.k6(runId, options));
  }

  /** The policy as forms, or the edits that make a change of exactly this text. */
  builder(source: PolicySource, change: Change | null = null): Promise<Reply<BuilderAnswer>> {
    return this.#ask((engine) => engine.builder(source, change));
  }

  /** What could be written at a place of a policy, what stands there, or a better layout. */
  assist(request: AssistRequest): Promise<Reply<AssistAnswer>> {
    return this.#ask((engine) => engine.assist(request));
  }

  /** What every rule and limit did in a run. */
  coverage(runId: number): Promise<Reply<Answer<readonly RuleCoverage[]>>> {
    return this.#look((engine) => engine.coverage(runId));
  }

  /** What assertions come to over a run. */
  assertions(runId: number, list: readonly Assertion[]): Promise<Reply<Answer<readonly AssertionResult[]>>> {
    return this.#look((engine) => engine.assertions(runId, list));
  }

  /** Ends the worker for good. */
  close(): void {
    this.#connection?.close();
    this.#connection = null;
  }

  /** Asks about a run that is held. */
  async #look<T>(question: (engine: EngineApi) => Promise<Answer<T>>): Promise<Reply<Answer<T>>> {
    const reply = await this.#ask(question);
    if (reply.kind === 'ok' && reply.value.kind === 'failed' && reply.value.reason === 'memory') this.#onFull();
    return reply;
  }

  async #ask<T>(question: (engine: EngineApi) => Promise<T>): Promise<Reply<T>> {
    this.#connection ??= this.#connect();
    const connection = this.#connection;
    const answer = question(connection.engine).then(
      (value): Reply<T> => ({ kind: 'ok', value }),
      () => {
        // INVARIANT: the engine answers with unions; a rejection means that it broke, or that its answer could not be copied.
        if (this.#connection === connection) this.#replace();
        return connection.lost;
      },
    );
    return Promise.race([answer, connection.lost]);
  }

  #connect(): Connection {
    const worker = this.#start();
    const remote = wrap<EngineApi>(worker);
    const engine: EngineApi = remote;
    let settle: (lost: Lost) => void = () => undefined;
    const lost = new Promise<Lost>((resolve) => (settle = resolve));
    const watch = watchWorker(
      worker,
      () => engine.ping(),
      () => this.#replace(),
      undefined,
      // why: a YAML text of 1 MiB is read in one piece, which takes seconds on a slow machine.
      () => this.#textLength / 200,
    );
    const close = (): void => {
      watch.stop();
      remote[releaseProxy]();
      worker.terminate();
      settle({ kind: 'restarted' });
    };
    return { worker, engine, lost, watch, close };
  }

  #replace(): void {
    const broken = this.#connection;
    if (broken === null) return;
    this.#stillborn = broken.watch.alive() ? 0 : this.#stillborn + 1;
    this.#connection = this.#stillborn < 2 ? this.#connect() : null;
    broken.close();
    this.#onRestart();
  }
}
