import type { Playground } from '../../state/playground.svelte.ts';
import { NO_FILTER } from '../../state/selection.svelte.ts';
import { countOf, formatCount } from '../kit/format-number.ts';
import { isFiltered } from './log-filter.ts';

/** Where the call in the drawer stands among those the audit log's filter leaves. */
export interface Standing {
  /** Position from 0; -1 when the filter leaves the call itself out. */
  readonly at: number;
  readonly total: number;
  readonly before: number | null;
  readonly after: number | null;
}

/** `3 of 40 calls that match the filter.`, or that the call is not among them. */
export function standingText({ at, total }: Standing): string {
  const place = at < 0 ? 'Not among' : `${formatCount(at + 1)} of`;
  return `${place} ${countOf(total, 'call')} that match the filter.`;
}

/** Neighbours of the call in the drawer, asked for when it changes; the newest question wins. */
export class CallOrder {
  readonly #playground: Playground;
  #turn = 0;
  standing = $state.raw<Standing | null>(null);

  constructor(playground: Playground) {
    this.#playground = playground;
  }

  get filtered(): boolean {
    return isFiltered(this.#playground.selection.filter);
  }

  /** Asks anew, for the present call, run and filter. */
  async refresh(): Promise<void> {
    const { selection, run } = this.#playground;
    const { call, filter } = selection;
    const summary = run.summary;
    const turn = ++this.#turn;
    if (call === null || summary === null) return;
    if (!isFiltered(filter)) {
      const last = summary.calls - 1;
      this.standing = {
        at: call,
        total: summary.calls,
        before: call > 0 ? call - 1 : null,
        after: call < last ? call + 1 : null,
      };
      return;
    }
    const standing = await this.#ask(summary.runId, call);
    if (turn === this.#turn) this.standing = standing;
  }

  async #ask(runId: number, call: number): Promise<Standing | null> {
    const { client, selection } = this.#playground;
    const { filter } = selection;
    const found = await client.find(runId, filter, call);
    if (found.kind !== 'ok' || found.value.kind !== 'ok') return null;
    const empty = await client.log(runId, filter, 0, 0);
    if (empty.kind !== 'ok' || empty.value.kind !== 'ok') return null;
    const { total } = empty.value.value;
    const position = found.value.value < 0 ? total : found.value.value;
    const from = Math.max(0, position - 1);
    const around = await client.log(runId, filter, from, 3);
    if (around.kind !== 'ok' || around.value.kind !== 'ok') return null;
    const calls = [...around.value.value.call];
    const at = calls.includes(call) ? position : -1;
    const before = calls.filter((one) => one < call).at(-1) ?? null;
    const after = calls.find((one) => one > call) ?? null;
    return { at, total, before, after };
  }

  /** Opens a neighbour. */
  go(call: number | null): void {
    if (call !== null) void this.#playground.selection.open(call);
  }

  /** Shows all calls again. */
  clearFilter(): void {
    this.#playground.selection.filter = NO_FILTER;
  }
}
