import type { Explanation, LogFilter, RunSummary } from '../../workers/engine-api.ts';
import type { EngineClient } from '../client/engine-client.ts';
import type { RunState } from './run.svelte.ts';

export const TABS = ['summary', 'findings', 'log', 'agent', 'tickets', 'tests', 'attacks', 'compare'] as const;
export type Tab = (typeof TABS)[number];

/** First and last line, from 1. */
export type Lines = readonly [number, number];

export type ScenarioFace = 'rows' | 'json' | 'world';

export const NO_FILTER: LogFilter = { outcomes: [], tools: [], grants: [], rules: [], text: '' };

/** What a person looks at: the results tab, the log's filter, one call with its explanation, a place in the policy. */
export class Selection {
  readonly #client: EngineClient;
  readonly #run: RunState;
  tab = $state<Tab>('summary');
  /** How the scenario is shown. */
  scenarioFace = $state<ScenarioFace>('rows');
  /** The call whose moment the world is shown at while none is open; set anew by every request. */
  moment = $state.raw<{ readonly run: RunSummary; readonly call: number; readonly atMs: number } | null>(null);
  filter = $state.raw<LogFilter>(NO_FILTER);
  /** Index of the call in the drawer; null when closed. */
  call = $state<number | null>(null);
  explanation = $state.raw<Explanation | null>(null);
  /** Run that `explanation` belongs to. Its number would not do: a restarted worker counts anew. */
  explainedRun = $state.raw<RunSummary | null>(null);
  /** True when the worker no longer holds the run of the call asked for. */
  lost = $state(false);
  /** Left edge, in px of the window, of a drawer that lies over the results; null when none does. */
  coverLeft = $state<number | null>(null);
  /** Call whose ticket the Tickets tab should show. */
  ticketCall = $state<number | null>(null);
  /** A stretch of virtual time the timeline should show; `turn` grows with every request. */
  stretch = $state.raw<{ readonly fromMs: number; readonly toMs: number; readonly turn: number } | null>(null);
  /** Lines of the policy that are selected, from 1; null when nothing is. */
  lines = $state.raw<Lines | null>(null);
  /**
   * A pointer, or else lines, the editor should select and scroll to; `turn` grows with every request, so that one can be
   * repeated.
   */
  place = $state.raw<{ readonly pointer: string; readonly lines?: Lines; readonly turn: number } | null>(null);
  maximised = $state(false);

  constructor(client: EngineClient, run: RunState) {
    this.#client = client;
    this.#run = run;
  }

  /** Opens the drawer on a call of the present run. */
  async open(call: number): Promise<void> {
    const { summary } = this.#run;
    if (summary === null) return;
    this.call = call;
    const reply = await this.#client.explain(summary.runId, call);
    if (this.call !== call || this.#run.summary !== summary) return;
    this.lost = reply.kind !== 'ok' || reply.value.kind !== 'ok';
    if (reply.kind !== 'ok' || reply.value.kind !== 'ok') return;
    this.explanation = reply.value.value;
    this.explainedRun = summary;
  }

  /** Closes the drawer. */
  close(): void {
    this.call = null;
    this.explanation = null;
    this.lost = false;
  }

  /** Selects a rule in the policy editor. */
  showRule(pointer: string): void {
    this.place = { pointer, turn: (this.place?.turn ?? 0) + 1 };
  }

  /** Selects lines in the policy editor, where the focus does not go. */
  showLines(lines: Lines): void {
    this.place = { pointer: '', lines, turn: (this.place?.turn ?? 0) + 1 };
  }

  /** Opens the audit log on the calls of one rule, tool, grant or outcome. */
  showCalls(filter: Partial<LogFilter>): void {
    this.filter = { ...NO_FILTER, ...filter };
    this.tab = 'log';
  }

  /** Opens the Tickets tab on the ticket a call was answered with. */
  showTicket(call: number): void {
    this.ticketCall = call;
    this.tab = 'tickets';
  }

  /** Brings a stretch of virtual time into view on the timeline. */
  showStretch(fromMs: number, toMs: number): void {
    this.stretch = { fromMs, toMs, turn: (this.stretch?.turn ?? 0) + 1 };
  }
}
