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
  readonly grant: string;
  readonly session: string;
  readonly outcome: ShownOutcome;
}

/**
 * The call that arrow keys stand on: the one in the drawer while it is open, else the last one at the moment of the
 * clock. `place` is null until the worker has told where the call is.
 */
export class CallCursor {
  readonly #playground: Playground;
  /** The call whose moment the clock takes once it is known. */
  #setsClock: number | null = null;
  #place = $state.raw<(CursorCall & { readonly run: RunSummary }) | null>(null);

  constructor(playground: Playground) {
    this.#playground = playground;
  }

  call: number | null = $derived.by(() => {
    const { selection, clock, run } = this.#playground;
    const call = selection.call ?? clock.call;
    return call === null || call < 0 || call >= (run.summary?.calls ?? 0) ? null : call;
  });

  place: CursorCall | null = $derived.by(() => {
    const { summary } = this.#playground.run;
    return this.#place?.call === this.call && this.#place?.run === summary ? this.#place : null;
  });

  /** True from a step until the moment of its call is known: the clock still stands at the moment before. */
  get moving(): boolean {
    return this.#setsClock !== null;
  }

  /** Moves by some calls, within the run; from nowhere, a step leads to the first or last call. */
  step(by: number): void {
    const calls = this.#playground.run.summary?.calls ?? 0;
    if (calls === 0) return;
    const { atMs, call } = this.#playground.clock;
    // why: a moment before the first call has none, and a step from there leads to the first.
    const before = atMs !== null && call === -1;
    const from = this.call ?? (by > 0 || before ? -1 : calls);
    // why: between two calls, the first step back leads to the call just made.
    const isBetween = by < 0 && atMs !== null && this.place !== null && atMs > this.place.atMs;
    this.moveTo(Math.min(Math.max(from + by + (isBetween ? 1 : 0), 0), calls - 1));
  }

  /** Stands on a call, and the clock at its moment; an open drawer follows. */
  moveTo(call: number): void {
    const { selection, clock } = this.#playground;
    clock.call = call;
    this.#setsClock = call;
    if (this.place !== null) this.#setClock(this.place);
    if (selection.call !== null) void selection.open(call);
  }

  /** Asks where the present call is; the newest question wins. */
  async locate(): Promise<void> {
    const { run, client } = this.#playground;
    const call = this.call;
    const { summary } = run;
    if (this.place !== null) this.#setClock(this.place);
    if (call === null || summary === null || this.place !== null) return;
    const reply = await client.log(summary.runId, NO_FILTER, call, 1);
    if (this.call !== call || reply.kind !== 'ok' || reply.value.kind !== 'ok') return;
    const page = reply.value.value;
    const atMs = page.atMs[0];
    if (page.call[0] !== call || atMs === undefined) return;
    const tool = page.tables.tools[page.tool[0] ?? 0] ?? '';
    const grant = page.tables.grants[page.grant[0] ?? 0] ?? '';
    const session = page.tables.sessions[page.session[0] ?? 0] ?? '';
    const outcome = OUTCOME_NAMES[page.outcome[0] ?? 0] ?? 'allow';
    this.#place = { run: summary, call, atMs, tool, grant, session, outcome };
    this.#setClock(this.#place);
  }

  #setClock({ call, atMs }: CursorCall): void {
    const { clock } = this.#playground;
    // why: an open call moves a clock that is in use, and leaves one alone that stands at the end.
    if (this.#setsClock !== call && (clock.atMs === null || clock.call === call)) return;
    this.#setsClock = null;
    clock.atMs = atMs;
    clock.call = call;
  }
}
