import { TOOL_NAMES } from '../src/core/catalogue/tools.ts';
import type { Range } from '../src/core/diagnostic.ts';
import { findBoundaries, windowsInUse } from '../src/core/simulator/boundaries.ts';
import { type CounterChanges, CounterRecorder } from '../src/core/simulator/counter-record.ts';
import { drawCounter, isFineEnough } from '../src/core/simulator/counter-tracks.ts';
import { type RuleCoverage, ruleCoverage } from '../src/core/simulator/coverage.ts';
import { explainCall } from '../src/core/simulator/explain.ts';
import type { Explanation } from '../src/core/simulator/explanation.ts';
import {
  filterPass,
  findCall,
  isOpen,
  type LogFilter,
  type LogPage,
  type Matches,
  readLog,
  withinTime,
} from '../src/core/simulator/log.ts';
import { replay, type Replay } from '../src/core/simulator/replay.ts';
import { replayForCall } from '../src/core/simulator/replay-for-call.ts';
import type { Run } from '../src/core/simulator/run.ts';
import type { K6Options } from '../src/core/k6/export.ts';
import type { Suggestion, SuggestRequest } from '../src/core/simulator/suggestion.ts';
import { readTickets, type TicketPage, ticketSpan } from '../src/core/simulator/ticket-list.ts';
import { type Timeline, type TimelineRequest, type View, viewOf } from '../src/core/simulator/timeline.ts';
import { binPass, callsInView, chooseLanes, type Lanes } from '../src/core/simulator/timeline-bins.ts';
import type { TranscriptPage, TranscriptRequest } from '../src/core/simulator/transcript.ts';
import { callsUntil, viewWorld, type WorldView } from '../src/core/simulator/world-view.ts';
import type { Assertion, Scenario } from '../src/core/scenario/model.ts';
import type { AssertionResult } from '../src/core/simulator/assertions.ts';
import { createServer } from '../src/core/upstream/server.ts';
import type { K6Export, TicketAnswer, TicketRequest } from './engine-api.ts';
import { AgentLanes } from './agent-lanes.ts';
import { CounterHistory } from './counter-history.ts';
import { heldAmounts } from './held-amounts.ts';
import { LogEntries } from './log-entries.ts';
import { Slices } from './slices.ts';
import { StretchQuestions } from './stretch-questions.ts';
import type { SummedUp } from './sum-up.ts';
import { Transcripts } from './transcripts.ts';
import type { TicketQuestions } from './ticket-questions.ts';
import { ValidTickets } from './valid-tickets.ts';
import { WorldQuestions } from './world-questions.ts';

/** Filters whose matches are kept. */
const KEPT_FILTERS = 4;

/** A run that questions can be asked about, and everything they are answered from. */
export interface RunRecord extends Omit<SummedUp, 'summary'> {
  readonly runId: number;
  readonly run: Run;
  /** What was run: the world of its start is made from it. */
  readonly scenario: Scenario;
  /** Where a rule stands in the policy's text. */
  readonly locate: (pointer: string) => Range | null;
}

/** Answers questions about one run, in slices. Everything throws `Abandoned` once the run is not held any more. */
export class HeldRun {
  readonly #record: RunRecord;
  readonly #isHeld: () => boolean;
  readonly #lanes: Lanes;
  readonly #agents: AgentLanes;
  readonly #stretches: StretchQuestions;
  readonly #windows: readonly number[];
  /** By filter, the newest last. */
  readonly #matches = new Map<string, Promise<Uint32Array>>();
  /** Where the last explanation left off; asking for a later call goes on from there. */
  #replay: Replay | null = null;
  #explaining: Promise<unknown> = Promise.resolve();
  /** why: each kind of question moves through the run at its own pace. */
  readonly #worlds: Readonly<Record<'agents' | 'escrows' | 'tickets' | 'view', WorldQuestions>>;
  readonly #entries: LogEntries;
  readonly #transcripts: Transcripts;
  readonly #counters: CounterHistory;
  readonly #valid: ValidTickets;
  #timelines = 0;
  #ticketQuestions: TicketQuestions | null = null;

  /** `isHeld` tells whether anybody can still ask about this run. */
  constructor(record: RunRecord, isHeld: () => boolean) {
    this.#record = record;
    this.#isHeld = isHeld;
    this.#lanes = chooseLanes(record.run, record.tally, TOOL_NAMES);
    this.#agents = new AgentLanes(record);
    this.#stretches = new StretchQuestions(record.run);
    this.#windows = windowsInUse(record.run, record.tally);
    const { run, scenario } = record;
    this.#entries = new LogEntries(run, () => new Slices(isHeld));
    this.#counters = new CounterHistory(record, () => new Slices(isHeld));
    this.#valid = new ValidTickets(record, () => new Slices(isHeld));
    this.#transcripts = new Transcripts(record, () => new Slices(isHeld));
    const worlds = (counts?: (tool: string) => boolean): WorldQuestions =>
      new WorldQuestions(run, scenario, () => new Slices(isHeld), counts);
    this.#worlds = {
      agents: worlds((tool) => tool === 'register_agent' || tool === 'activate_kill_switch'),
      escrows: worlds((tool) => tool !== 'issue_audit_ticket'),
      tickets: worlds(),
      view: worlds(),
    };
  }

  /** One page of the filtered audit log. */
  async log(filter: LogFilter, from: number, count: number): Promise<LogPage> {
    return readLog(this.#record.run, await this.#matchesOf(filter), from, count);
  }

  /** Position of the first call at or after `call` in the filtered log; -1 for none. */
  async find(filter: LogFilter, call: number): Promise<number> {
    return findCall(this.#record.run, await this.#matchesOf(filter), call);
  }

  /** Entries of the filtered audit log, as JSON lines. */
  async entries(filter: LogFilter, from: number, count: number): Promise<string> {
    return this.#entries.read(await this.#matchesOf(filter), Math.max(0, from), count);
  }

  /** What one agent asked and was answered. */
  transcript(request: TranscriptRequest): Promise<TranscriptPage> {
    return this.#transcripts.read(request);
  }

  /** What every rule and limit did, from the counts alone. */
  coverage(): readonly RuleCoverage[] {
    return ruleCoverage(this.#record.run, this.#record.tally);
  }

  /** Everything about one call. Questions wait for one another, since they share one replay. */
  explain(call: number): Promise<Explanation> {
    const explained = this.#explaining.then(() => this.#explain(call));
    this.#explaining = explained.catch(() => undefined);
    return explained;
  }

  /** Lanes, counters, valid tickets and boundaries of a view; a newer view abandons this one. */
  async timeline(request: TimelineRequest): Promise<Timeline> {
    const turn = ++this.#timelines;
    const slices = new Slices(() => this.#isHeld() && turn === this.#timelines);
    const { run } = this.#record;
    const view = viewOf(request);
    const span = callsInView(run, view);
    const lanes = request.by === 'agent' ? await this.#agents.lanesIn(view, slices) : this.#lanes;
    const bins = binPass(run, view, span, lanes);
    await slices.run([bins], span.from, span.to);
    const changes = await this.#changesIn(view, slices);
    const tickets = await this.#valid.trackIn(view, slices);
    const stretch = request.stretch && (await this.#stretches.count(request.stretch, slices));
    return {
      ...view,
      lanes: bins.finish(),
      moreLanes: lanes.more,
      counters: changes.map((counter) => drawCounter(run, counter, view)),
      boundaries: findBoundaries(this.#windows, view),
      ...(tickets && { tickets }),
      ...(stretch && { stretch }),
    };
  }

  /** Claims of the run's tickets `from … from + count`. */
  tickets(from: number, count: number): Promise<TicketPage> {
    const { run, tickets } = this.#record;
    const { first } = ticketSpan(tickets.length, from, count);
    return this.#worlds.tickets.ask(tickets[first] ?? 0, (world) => readTickets(run, tickets, world, from, count));
  }

  /** What became of the run's tickets, or a part of a file of them. */
  async ticketWork(request: TicketRequest): Promise<TicketAnswer> {
    const { TicketQuestions } = await import('./ticket-questions.ts');
    this.#ticketQuestions ??= new TicketQuestions(this.#record, this.#counters, () => new Slices(this.#isHeld));
    return this.#ticketQuestions.answer(request);
  }

  /** The world after every call made up to and at that moment, or after the first `made` calls. */
  world(atMs: number, made?: number): Promise<WorldView> {
    const { run } = this.#record;
    return this.#worlds.view.ask(made ?? callsUntil(run, atMs), (world) => viewWorld(run, world, atMs));
  }

  /** A policy learned from the run's calls. */
  async suggest(request: SuggestRequest): Promise<Suggestion> {
    const { suggest } = await import('./suggest.ts');
    return suggest(this.#record.run, request, new Slices(this.#isHeld));
  }

  /** The run as a k6 script. */
  async k6(options: K6Options): Promise<K6Export> {
    const { exportK6 } = await import('./k6-script.ts');
    return exportK6(this.#record.run, options, new Slices(this.#isHeld));
  }

  /** What assertions come to over the run. */
  async assertions(list: readonly Assertion[]): Promise<readonly AssertionResult[]> {
    const { lookAt } = await import('./assertions.ts');
    return lookAt(this.#record.run, list, new Slices(this.#isHeld));
  }

  async #matchesOf(filter: LogFilter): Promise<Matches> {
    const { outcomes, tools, grants, rules, text } = filter;
    return withinTime(this.#record.run, await this.#listOf({ outcomes, tools, grants, rules, text }), filter);
  }

  #listOf(filter: LogFilter): Promise<Uint32Array | null> {
    if (isOpen(filter)) return Promise.resolve(null);
    const key = JSON.stringify(filter);
    const matches = this.#matches.get(key) ?? this.#filter(filter);
    this.#matches.delete(key);
    this.#matches.set(key, matches);
    for (const oldest of this.#matches.keys()) {
      if (this.#matches.size <= KEPT_FILTERS) break;
      this.#matches.delete(oldest);
    }
    return matches;
  }

  async #filter(filter: LogFilter): Promise<Uint32Array> {
    const { run } = this.#record;
    const pass = filterPass(run, filter);
    await new Slices(this.#isHeld).run([pass], 0, run.columns.count);
    return pass.finish();
  }

  async #explain(call: number): Promise<Explanation> {
    const { run, locate } = this.#record;
    const again = replayForCall(run, this.#replay, Math.min(call, run.columns.count));
    this.#replay = again;
    await new Slices(this.#isHeld).replay(again, Math.min(call, run.columns.count));
    const held = await heldAmounts(run, call, again, new Slices(this.#isHeld));
    // why: tickets change no answer, and escrows only the number of the next one.
    const isEscrow = run.table.tools[run.columns.tool[call] ?? 0] === 'create_escrow';
    return this.#worlds[isEscrow ? 'escrows' : 'agents'].ask(call, ({ world }) =>
      explainCall(run, call, again, { server: createServer(world), locate, held }),
    );
  }

  /** Changes that are fine enough for a view: those kept, or written down anew for it alone. */
  async #changesIn(view: View, slices: Slices): Promise<readonly CounterChanges[]> {
    const { run } = this.#record;
    const changes = await this.#counters.read();
    if (changes.every((counter) => isFineEnough(counter, view))) return changes;
    const recorder = new CounterRecorder(run, changes, view.fromMs, view.toMs);
    // why: the first call after the view brings out window ends that lie between it and the last call in view.
    const end = Math.min(run.columns.count, callsInView(run, view).to + 1);
    await slices.replay(replay(run, 0, recorder), end);
    return recorder.finish();
  }
}
