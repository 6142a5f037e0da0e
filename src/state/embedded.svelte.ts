import type { Explanation, Timeline } from '../../workers/engine-api.ts';
import { EngineClient } from '../client/engine-client.ts';
import { startFramedWorker } from '../client/framed-worker.ts';
import type { LinkProblem } from '../share/problems.ts';
import type { LinkContent } from '../share/schema.ts';
import { RunState } from './run.svelte.ts';
import { NO_FILTER, Selection } from './selection.svelte.ts';
import { Workspace, type Work } from './workspace.svelte.ts';

/** Calls listed at a time. */
export const CALLS_SHOWN = 5;

/** Bins of the timeline over the whole run. */
const BINS = 160;

const NOTHING: Work = {
  title: '',
  policyText: '',
  dialect: 'auto',
  scenario: { version: '1', start: '2026-01-01T00:00:00.000Z', agents: [] },
  windows: 'calendar',
};

/** What one link shows in another page: its work, the run, some of the calls, one of them explained. Stores nothing. */
export class Embedded {
  readonly #client: EngineClient;
  readonly workspace: Workspace;
  readonly run: RunState;
  readonly selection: Selection;
  /** Why the link did not open; null when it did. */
  problem = $state.raw<LinkProblem | null>(null);
  /** Calls in the list, from `first` on. */
  calls = $state.raw<readonly Explanation[]>([]);
  first = $state(0);
  timeline = $state.raw<Timeline | null>(null);
  /** What to look at once the calls are decided, as the link says. */
  #view: LinkContent['view'];
  #turn = 0;

  constructor() {
    const lost = (): void => {
      this.run.workerLost();
      if (this.run.losses < 2) void this.workspace.recheck();
    };
    this.#client = new EngineClient(lost, origin === 'null' ? startFramedWorker : undefined);
    this.workspace = new Workspace(this.#client, NOTHING);
    this.run = new RunState(this.#client, () => this.workspace.work);
    this.selection = new Selection(this.#client, this.run);
  }

  /** Puts content on screen; with `runs` it is decided too. `view` says which call is looked at then. */
  async show(work: Work, view: LinkContent['view'], runs: boolean): Promise<void> {
    this.problem = null;
    this.#view = view;
    this.workspace.open(work);
    const checked = this.workspace.recheck();
    await (runs ? this.decide() : checked);
  }

  /** Decides the work on screen and fetches what is shown of it. */
  async decide(): Promise<void> {
    await this.run.start();
    const { summary } = this.run;
    if (summary === null || this.run.phase !== 'done') return;
    this.selection.close();
    this.calls = [];
    const call = this.#view?.call ?? null;
    this.#view = undefined;
    const selected = call !== null && call < summary.calls ? call : null;
    await Promise.all([
      this.list(selected === null ? 0 : selected - (selected % CALLS_SHOWN)),
      this.#drawTimeline(),
      selected === null ? undefined : this.selection.open(selected),
    ]);
  }

  /** Lists the calls from `first` on. */
  async list(first: number): Promise<void> {
    const { summary } = this.run;
    if (summary === null) return;
    const turn = ++this.#turn;
    const { runId } = summary;
    const page = await this.#client.log(runId, NO_FILTER, first, CALLS_SHOWN);
    if (page.kind !== 'ok' || page.value.kind !== 'ok') return;
    const listed = [...page.value.value.call];
    const replies = await Promise.all(listed.map((call) => this.#client.explain(runId, call)));
    if (turn !== this.#turn) return;
    const answers = replies.map((reply) =>
      reply.kind === 'ok' && reply.value.kind === 'ok' ? reply.value.value : null,
    );
    this.calls = answers.filter((answer) => answer !== null);
    this.first = first;
  }

  /** Offsets of what settled a call, or of the last condition that was looked at; null when there is no such place. */
  async placeOf({ steps, decision, ruleRange }: Explanation): Promise<{ start: number; end: number } | null> {
    if (ruleRange !== null) return ruleRange;
    const conditions = steps.flatMap(({ rules }) => rules.flatMap((rule) => rule.conditions));
    const pointer = conditions.at(-1)?.pointer ?? decision.counters.at(-1)?.pointer ?? decision.pointer;
    const { dialect, policyText: text } = this.workspace;
    const reply = await this.#client.locate({ dialect, text }, pointer);
    return reply.kind === 'ok' ? reply.value : null;
  }

  async #drawTimeline(): Promise<void> {
    const { summary } = this.run;
    if (summary === null) return;
    const { runId, firstMs, lastMs } = summary;
    const reply = await this.#client.timeline({ runId, fromMs: firstMs, toMs: lastMs + 1, bins: BINS });
    this.timeline = reply.kind === 'ok' && reply.value.kind === 'ok' ? reply.value.value : null;
  }
}
