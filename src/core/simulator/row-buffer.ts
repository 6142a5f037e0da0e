import type { CallColumns } from './columns.ts';
import type { DecisionColumns } from './decision-columns.ts';
import type { RunColumns } from './run.ts';

/**
 * Columns of a run while it grows. As long as calls are made as planned, the plan's arrays are the run's; they are copied
 * only when a call is left out or repeated.
 */
export class RowBuffer {
  #calls: CallColumns;
  #decisions: DecisionColumns;
  #owned = false;

  constructor(planned: CallColumns) {
    this.#calls = planned;
    this.#decisions = makeDecisions(planned.count);
  }

  get calls(): CallColumns {
    return this.#calls;
  }

  get decisions(): DecisionColumns {
    return this.#decisions;
  }

  /** Makes row `row` call `planned` of `plan`, made at `atMs`. Rows come in order; `calls` and `decisions` may change. */
  write(row: number, plan: CallColumns, planned: number, atMs: number): void {
    if (!this.#owned && row === planned) return;
    if (!this.#owned || row >= this.#calls.atMs.length) this.#grow(row);
    const { caller, tool, args, upstream, latencyMs } = this.#calls;
    this.#calls.atMs[row] = atMs;
    caller[row] = plan.caller[planned]!;
    tool[row] = plan.tool[planned]!;
    args[row] = plan.args[planned]!;
    upstream[row] = plan.upstream[planned]!;
    latencyMs[row] = plan.latencyMs[planned]!;
  }

  /** The first `count` rows, with their decisions. */
  columns(count: number): RunColumns {
    const { atMs, caller, tool, args, latencyMs } = this.#calls;
    const { outcome, decider, status } = this.#decisions;
    return { count, atMs, caller, tool, args, latencyMs, outcome, decider, status };
  }

  /** Moves the first `rows` rows into arrays of our own with room for more. */
  #grow(rows: number): void {
    const room = Math.max(1024, Math.ceil(rows * 1.5), this.#owned ? 0 : this.#calls.count);
    const { atMs, caller, tool, args, upstream, latencyMs } = this.#calls;
    this.#calls = {
      count: room,
      atMs: extended(atMs, rows, new Float64Array(room)),
      caller: extended(caller, rows, new Uint16Array(room)),
      tool: extended(tool, rows, new Uint16Array(room)),
      args: extended(args, rows, new Uint32Array(room)),
      upstream: extended(upstream, rows, new Uint8Array(room)),
      latencyMs: extended(latencyMs, rows, new Uint32Array(room)),
    };
    const { outcome, decider, status } = this.#decisions;
    const decisions = makeDecisions(room);
    decisions.outcome.set(outcome.subarray(0, rows));
    decisions.decider.set(decider.subarray(0, rows));
    decisions.status.set(status.subarray(0, rows));
    this.#decisions = decisions;
    this.#owned = true;
  }
}

function makeDecisions(count: number): DecisionColumns {
  return { from: 0, outcome: new Uint8Array(count), decider: new Uint16Array(count), status: new Uint8Array(count) };
}

function extended<T extends Float64Array | Uint32Array | Uint16Array | Uint8Array>(from: T, count: number, to: T): T {
  to.set(from.subarray(0, count));
  return to;
}
