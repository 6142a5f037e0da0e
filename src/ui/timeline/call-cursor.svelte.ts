import type { RunSummary } from '../../../workers/engine-api.ts';
import type { ShownOutcome } from '../../core/simulator/columns.ts';
import { OUTCOME_NAMES } from '../../core/simulator/columns.ts';
import type { Playground } from '../../state/playground.svelte.ts';
import { NO_FILTER } from '../../state/selection.svelte.ts';

/** One call as the timeline marks it. */
export interface CursorCall {
  readonly call: number;
  readonly atMs: number;
  readonly tool: string;
  readonly outcome: ShownOutcome;
}

/**
 * The call that arrow keys stand on: the one in the drawer while it is open, else one of the timeline's own. `place` is
 * null until the worker has told where the call is.
 */
export class CallCursor {
  readonly #playground: Playground;
  #own = $state<number | null>(null);
  #place = $state.raw<(CursorCall & { readonly run: RunSummary }) | null>(null);

  constructor(playground: Playground) {
    this.#playground = playground;
  }

  call: number | null = $derived.by(() => this.#playground.selection.call ?? this.#own);

  place: CursorCall | null = $derived.by(() => {
    const { summary } = this.#playground.run;
    return this.#place?.call === this.call && this.#place?.run === summary ? this.#place : null;
  });

  /** Moves by some calls, within the run; from nowhere, a step leads to the first or last call. */
  step(by: number): void {
    const calls = this.#playground.run.summary?.calls ?? 0;
    if (calls === 0) return;
    const from = this.call ?? (by > 0 ? -1 : calls);
    this.moveTo(Math.min(Math.max(from + by, 0), calls - 1));
  }

  /** Stands on a call; an open drawer follows. */
  moveTo(call: number): void {
    const { selection } = this.#playground;
    this.#own = call;
    if (selection.call !== null) void selection.open(call);
  }

  /** Asks where the present call is; the newest question wins. */
  async locate(): Promise<void> {
    const { run, client } = this.#playground;
    const call = this.call;
    const { summary } = run;
    if (call === null || summary === null || this.place !== null) return;
    const reply = await client.log(summary.runId, NO_FILTER, call, 1);
    if (this.call !== call || reply.kind !== 'ok' || reply.value.kind !== 'ok') return;
    const page = reply.value.value;
    const atMs = page.atMs[0];
    if (page.call[0] !== call || atMs === undefined) return;
    const tool = page.tables.tools[page.tool[0] ?? 0] ?? '';
    this.#place = { run: summary, call, atMs, tool, outcome: OUTCOME_NAMES[page.outcome[0] ?? 0] ?? 'allow' };
  }
}
