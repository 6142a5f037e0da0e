import type { LogFilter, LogPage, RunSummary } from '../../../workers/engine-api.ts';
import { OUTCOME_NAMES, type ShownOutcome } from '../../core/simulator/columns.ts';
import type { Playground } from '../../state/playground.svelte.ts';

/** The part of the client that a log asks. */
export type LogSource = Pick<Playground['client'], 'log'>;

/** One row of the audit log. */
export interface LogRow {
  readonly call: number;
  readonly atMs: number;
  readonly outcome: ShownOutcome;
  readonly tool: string;
  readonly grant: string;
  readonly session: string;
  /** Empty when allowed. */
  readonly rule: string;
}

const PAGE_ROWS = 500;
const PAGES_KEPT = 40;

/** A run by identity: a restarted worker numbers its runs anew. */
export type ShownRun = Pick<RunSummary, 'runId'>;

interface HeldPage {
  readonly number: number;
  readonly page: LogPage;
}

/** Row `i` of a page, by position on the page. */
function rowOf(page: LogPage, i: number): LogRow | null {
  const call = page.call[i];
  if (call === undefined) return null;
  const { tables } = page;
  return {
    call,
    atMs: page.atMs[i] ?? 0,
    outcome: OUTCOME_NAMES[page.outcome[i] ?? 0] ?? 'allow',
    tool: tables.tools[page.tool[i] ?? 0] ?? '',
    grant: tables.grants[page.grant[i] ?? 0] ?? '',
    session: tables.sessions[page.session[i] ?? 0] ?? '',
    rule: tables.rules[page.rule[i] ?? 0] ?? '',
  };
}

/**
 * The filtered log of a run, fetched page by page around what is looked at; the last 40 pages are kept. A new run or
 * filter keeps the old rows until the first new page is there. One page is asked for at a time, the newest wish first.
 */
export class LogPages {
  readonly #source: LogSource;
  #run: ShownRun | null = null;
  #filter: LogFilter;
  /** Oldest first. */
  #pages = $state.raw<readonly HeldPage[]>([]);
  #wanted: readonly number[] = [];
  #asking = false;
  /** Calls that pass the filter; null before the first answer. */
  total = $state<number | null>(null);
  /** Filter that `total` and the rows belong to. */
  shown = $state.raw<LogFilter | null>(null);
  /** True when the worker no longer holds the run. */
  gone = $state(false);
  #fresh = false;

  constructor(source: LogSource, filter: LogFilter) {
    this.#source = source;
    this.#filter = filter;
  }

  /** Shows this run through this filter from now on. */
  show(run: ShownRun, filter: LogFilter): void {
    if (run === this.#run && filter === this.#filter) return;
    this.#run = run;
    this.#filter = filter;
    this.#fresh = false;
    this.#wanted = [0];
    void this.#ask();
  }

  /** A row of the filtered log; null while it has not been fetched. */
  row(index: number): LogRow | null {
    const held = this.#pages.find(({ number }) => number === Math.floor(index / PAGE_ROWS));
    return held === undefined ? null : rowOf(held.page, index % PAGE_ROWS);
  }

  /** Wants the rows `from … to`, instead of any wanted before. */
  want(from: number, to: number): void {
    const first = Math.floor(from / PAGE_ROWS);
    const last = Math.floor(Math.max(from, to - 1) / PAGE_ROWS);
    this.#wanted = Array.from({ length: last - first + 1 }, (_, i) => first + i);
    void this.#ask();
  }

  async #ask(): Promise<void> {
    if (this.#asking || this.#run === null) return;
    const missing = this.#wanted.find((page) => !this.#fresh || this.#pages.every(({ number }) => number !== page));
    if (missing === undefined) return;
    this.#asking = true;
    const [run, filter] = [this.#run, this.#filter];
    const reply = await this.#source.log(run.runId, filter, missing * PAGE_ROWS, PAGE_ROWS);
    this.#asking = false;
    const current = run === this.#run && filter === this.#filter;
    if (current && (reply.kind !== 'ok' || reply.value.kind !== 'ok')) {
      this.gone = true;
      return;
    }
    if (current && reply.kind === 'ok' && reply.value.kind === 'ok') this.#keep(missing, reply.value.value);
    await this.#ask();
  }

  #keep(number: number, page: LogPage): void {
    const others = this.#fresh ? this.#pages.filter((held) => held.number !== number) : [];
    this.#pages = [...others, { number, page }].slice(-PAGES_KEPT);
    this.#fresh = true;
    this.gone = false;
    this.total = page.total;
    this.shown = this.#filter;
  }
}
