import { type ProxyMethods, releaseProxy, transfer } from 'comlink';
import type { Diagnostic, Range } from '../src/core/diagnostic.ts';
import type { WindowMode } from '../src/core/engine/decision.ts';
import type { Dialect } from '../src/core/policy/model.ts';
import type { Assertion } from '../src/core/scenario/model.ts';
import type { AssertionResult } from '../src/core/simulator/assertions.ts';
import type { RuleCoverage } from '../src/core/simulator/coverage.ts';
import type { Explanation } from '../src/core/simulator/explanation.ts';
import type { LogFilter, LogPage } from '../src/core/simulator/log.ts';
import type { K6Options } from '../src/core/k6/export.ts';
import type { Suggestion, SuggestRequest } from '../src/core/simulator/suggestion.ts';
import type { RunSummary } from '../src/core/simulator/summary.ts';
import type { TicketPage } from '../src/core/simulator/ticket-list.ts';
import type { Timeline, TimelineRequest } from '../src/core/simulator/timeline.ts';
import type { TranscriptPage, TranscriptRequest } from '../src/core/simulator/transcript.ts';
import type { WorldView } from '../src/core/simulator/world-view.ts';
import { rosterOf } from '../src/core/upstream/roster.ts';
import type { Change } from '../src/core/policy/builder/change.ts';
import type { AnalysisAnswer, AnalysisRequest } from './analysis-api.ts';
import { decide, KeptCalls } from './decide.ts';
import type {
  Answer,
  AssistAnswer,
  AssistRequest,
  BuilderAnswer,
  AttacksResult,
  CheckResult,
  CompareInput,
  CompareResult,
  ConversionResult,
  EngineApi,
  Failed,
  GoOn,
  K6Export,
  PolicySource,
  Progress,
  RunInput,
  RunResult,
  TicketAnswer,
  TicketRequest,
  TraceAnswer,
  TraceRequest,
} from './engine-api.ts';
import { failed } from './failed.ts';
import type { HeldRun, RunRecord } from './held-run.ts';
import { Policies } from './policies.ts';
import { Abandoned, nextTask, Slices } from './slices.ts';
import { nothingDecided, sumUp } from './sum-up.ts';

const PROGRESS_EVERY_MS = 50;

/** One call of `run`. */
interface Job {
  readonly runId: number;
  cancelled: boolean;
}

/** The newest run. Its views are a chunk of their own, which the first verdict need not wait for. */
interface Held {
  readonly record: RunRecord;
  views: Promise<HeldRun> | null;
}

/** The worker's engine (contract: `EngineApi`). Holds the newest run; only the newest call of `run` goes on. */
export function createEngine(): EngineApi {
  return new Engine();
}

class Engine implements EngineApi {
  readonly #policies = new Policies();
  readonly #calls = new KeptCalls();
  #runs = 0;
  #job: Job | null = null;
  #held: Held | null = null;

  async ping(): Promise<void> {
    return Promise.resolve();
  }

  async check(source: PolicySource): Promise<CheckResult> {
    try {
      return await this.#policies.check(source);
    } catch (error) {
      return unreadable(source, error);
    }
  }

  async checkScenario(scenario: unknown): Promise<{ readonly diagnostics: readonly Diagnostic[] }> {
    try {
      const { checkScenario } = await import('../src/core/scenario/check.ts');
      return { diagnostics: checkScenario(scenario).diagnostics };
    } catch (error) {
      return { diagnostics: [unchecked(error)] };
    }
  }

  async run(input: RunInput, progress: Progress): Promise<RunResult> {
    const job: Job = { runId: ++this.#runs, cancelled: false };
    this.#job = job;
    try {
      return await this.#runJob(job, input, progress);
    } catch (error) {
      if (error instanceof Abandoned) return { kind: 'cancelled', summary: nothingDecided(job.runId) };
      const answer = failed(error);
      // why: its calls may be what filled the memory; the run on screen is kept.
      if (answer.reason === 'memory') this.#calls.last = null;
      return answer;
    } finally {
      if (this.#job === job) this.#job = null;
      release(progress);
    }
  }

  async cancel(): Promise<void> {
    if (this.#job !== null) this.#job.cancelled = true;
    return Promise.resolve();
  }

  async log(runId: number, filter: LogFilter, from: number, count: number): Promise<Answer<LogPage>> {
    const answer = await this.#ask(runId, (run) => run.log(filter, from, count));
    return answer.kind === 'ok' ? transfer(answer, buffersOf(answer.value)) : answer;
  }

  explain(runId: number, call: number): Promise<Answer<Explanation>> {
    return this.#ask(runId, (run) => run.explain(call));
  }

  async timeline(request: TimelineRequest): Promise<Answer<Timeline>> {
    const answer = await this.#ask(request.runId, (run) => run.timeline(request));
    if (answer.kind !== 'ok') return answer;
    const { lanes, counters, tickets = {} } = answer.value;
    const drawn = [...lanes, ...lanes.map(({ marks }) => marks ?? {}), ...counters, tickets];
    return transfer(answer, drawn.flatMap(buffersOf));
  }

  tickets(runId: number, from: number, count: number): Promise<Answer<TicketPage>> {
    return this.#ask(runId, (run) => run.tickets(from, count));
  }

  ticketWork(runId: number, request: TicketRequest): Promise<Answer<TicketAnswer>> {
    return this.#ask(runId, (run) => run.ticketWork(request));
  }

  world(runId: number, atMs: number, made?: number): Promise<Answer<WorldView>> {
    return this.#ask(runId, (run) => run.world(atMs, made));
  }

  coverage(runId: number): Promise<Answer<readonly RuleCoverage[]>> {
    return this.#ask(runId, (run) => run.coverage());
  }

  assertions(runId: number, list: readonly Assertion[]): Promise<Answer<readonly AssertionResult[]>> {
    return this.#ask(runId, (run) => run.assertions(list));
  }

  assist(request: AssistRequest): Promise<AssistAnswer> {
    return orFailed(async () => (await import('./assist.ts')).answerAssist(request));
  }

  find(runId: number, filter: LogFilter, call: number): Promise<Answer<number>> {
    return this.#ask(runId, (run) => run.find(filter, call));
  }

  suggest(runId: number, request: SuggestRequest): Promise<Answer<Suggestion>> {
    return this.#ask(runId, (run) => run.suggest(request));
  }

  k6(runId: number, options: K6Options): Promise<Answer<K6Export>> {
    return this.#ask(runId, (run) => run.k6(options));
  }

  entries(runId: number, filter: LogFilter, from: number, count: number): Promise<Answer<string>> {
    return this.#ask(runId, (run) => run.entries(filter, from, count));
  }

  transcript(runId: number, request: TranscriptRequest): Promise<Answer<TranscriptPage>> {
    return this.#ask(runId, (run) => run.transcript(request));
  }

  trace(request: TraceRequest, goOn: GoOn): Promise<TraceAnswer> {
    return orFailed(async () => (await import('./trace-requests.ts')).answerTrace(request, goOn), goOn);
  }

  async locate(source: PolicySource, pointer: string): Promise<Range | null> {
    try {
      return (await this.#policies.parse(source)).locate(pointer);
    } catch {
      return null;
    }
  }

  convert(source: PolicySource, to: Dialect): Promise<ConversionResult> {
    return orFailed(async () => {
      const { convertReading } = await import('./convert.ts');
      return convertReading(source.text, await this.#policies.parse(source), to);
    });
  }

  attacks(source: PolicySource, windows: WindowMode, goOn: GoOn): Promise<AttacksResult> {
    return orFailed(async () => {
      const { runAttacks } = await import('./attacks.ts');
      return runAttacks(await this.#policies.parse(source), windows, goOn);
    }, goOn);
  }

  compare(input: CompareInput, goOn: GoOn): Promise<CompareResult> {
    return orFailed(async () => {
      const { compareRuns } = await import('./compare.ts');
      return compareRuns(input, (source) => this.#policies.parse(source), goOn);
    }, goOn);
  }

  analyse(request: AnalysisRequest): Promise<AnalysisAnswer> {
    return orFailed(async () => {
      const { analyse } = await import('./analysis/analyse.ts');
      return analyse(request, this.#policies, () => this.#held?.record ?? null);
    });
  }

  builder(source: PolicySource, change: Change | null): Promise<BuilderAnswer> {
    return orFailed(async () => (await import('./builder.ts')).answerBuilder(source, change));
  }

  async #ask<T>(runId: number, question: (run: HeldRun) => Promise<T> | T): Promise<Answer<T>> {
    const held = this.#held;
    if (held?.record.runId !== runId) return { kind: 'gone' };
    try {
      return { kind: 'ok', value: await question(await this.#viewsOf(held)) };
    } catch (error) {
      if (error instanceof Abandoned) return { kind: 'gone' };
      // why: a replay that broke off stands nowhere; the next question begins anew.
      held.views = null;
      return failed(error);
    }
  }

  #viewsOf(held: Held): Promise<HeldRun> {
    held.views ??= import('./held-run.ts').then(({ HeldRun }) => new HeldRun(held.record, () => this.#held === held));
    // why: a chunk that could not be fetched may be there the next time.
    held.views.catch(() => (held.views = null));
    return held.views;
  }

  async #runJob(job: Job, input: RunInput, progress: Progress): Promise<RunResult> {
    const isCurrent = (): boolean => this.#job === job;
    const parsed = await this.#policies.parse(input.policy);
    if (!isCurrent()) throw new Abandoned();
    if (parsed.policy === null) return { kind: 'policy-invalid', diagnostics: parsed.diagnostics };
    const slices = new Slices(isCurrent);
    const going = { slices, tell: throttled(progress), isCancelled: () => job.cancelled };
    const decided = await decide(parsed.policy, input, going, this.#calls);
    if (decided.kind === 'scenario-invalid') return decided;
    const { run, planned, decideMs } = decided;
    const { scenario } = input;
    const { summary, ...kept } = await sumUp(run, rosterOf(scenario.world), slices);
    const { runId } = job;
    const expected = scenario.expect?.length
      ? { assertions: await (await import('./assertions.ts')).lookAt(run, scenario.expect, slices) }
      : {};
    const locate = (pointer: string): Range | null => parsed.locate(pointer);
    const held: Held = { record: { ...kept, runId, run, scenario, locate }, views: null };
    this.#held = held;
    // why: whoever asks first need not wait for the chunk, nor the verdict for it.
    void nextTask().then(() => this.#viewsOf(held).catch(() => undefined));
    const whole: RunSummary = { ...summary, ...expected, runId, plannedCalls: planned, decideMs };
    // why: Cancel may come after the last call was decided; then the run is whole.
    return { kind: job.cancelled && run.partial ? 'cancelled' : 'done', summary: whole };
  }
}

/** Buffers of the typed arrays among an object's members, to be transferred. */
function buffersOf(value: object): ArrayBuffer[] {
  return Object.values(value).flatMap((member: unknown) => {
    return ArrayBuffer.isView(member) && member.buffer instanceof ArrayBuffer ? [member.buffer] : [];
  });
}

/** Tells at once, then at most every 50 ms. */
function throttled(progress: (decided: number, planned: number) => unknown): Progress {
  let toldMs = -Infinity;
  return (decided, planned) => {
    const nowMs = performance.now();
    if (nowMs - toldMs < PROGRESS_EVERY_MS) return;
    toldMs = nowMs;
    const told = progress(decided, planned);
    // why: nobody waits for it, so a page that has gone must not make an unhandled rejection.
    if (told instanceof Promise) told.catch(() => undefined);
  };
}

/** What `work` gives, or `failed` in its own words. `goOn`, its question to the page, is closed when it ends. */
async function orFailed<T>(work: () => Promise<T>, goOn?: GoOn): Promise<T | Failed> {
  try {
    return await work();
  } catch (error) {
    return failed(error);
  } finally {
    if (goOn !== undefined) release(goOn);
  }
}

/** Closes the page's end of a callback, where it is one. */
function release(callback: (Progress | GoOn) & Partial<ProxyMethods>): void {
  callback[releaseProxy]?.();
}

/** A check that could not be made, as one error over the whole text. */
function unreadable({ dialect, text }: PolicySource, error: unknown): CheckResult {
  return {
    dialect: dialect === 'intercept' ? 'intercept' : 'policylayer',
    diagnostics: [
      {
        code: 'reader-failed',
        severity: 'error',
        message: `the policy could not be read (${failed(error).message}); edit it or try again`,
        range: { start: 0, end: text.length },
        pointer: '',
      },
    ],
    policy: null,
  };
}

/** A scenario's check that could not be made. No error: its shape was seen to, and a run says what else is wrong with it. */
function unchecked(error: unknown): Diagnostic {
  const message = `the scenario could not be checked (${failed(error).message}); edit it to try again`;
  return { code: 'reader-failed', severity: 'warning', message, range: { start: 0, end: 0 }, pointer: '' };
}
