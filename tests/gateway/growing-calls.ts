import type { Caller } from '../../src/core/engine/decision.ts';
import type { JsonObject } from '../../src/core/json.ts';
import type { CallColumns, CallTable } from '../../src/core/simulator/columns.ts';

/** One call as it comes in, its caller and tool by index. `upstream`: `UPSTREAM_CODE`. */
export interface CallRow {
  readonly atMs: number;
  readonly caller: number;
  readonly tool: number;
  readonly args: JsonObject;
  readonly upstream: number;
  readonly latencyMs: number;
}

/** Calls that come in one by one, in order of time, with tables of names that grow as new ones are met. */
export class GrowingCalls {
  columns: CallColumns = makeColumns(256);
  count = 0;
  readonly #callers: Caller[] = [];
  readonly #tools: string[] = [];
  readonly #args: JsonObject[] = [];
  readonly #numbers = new Map<string, number>();

  /** Index of a caller, and whether it is new. */
  callerOf({ grant, session }: Caller): { readonly index: number; readonly isNew: boolean } {
    return this.#number(['caller', grant, session], () => this.#callers.push({ grant, session }) - 1);
  }

  /** Index of a tool, and whether it is new. */
  toolOf(name: string): { readonly index: number; readonly isNew: boolean } {
    return this.#number(['tool', name], () => this.#tools.push(name) - 1);
  }

  /** The table of everybody and everything met so far; arguments are looked up as they come. */
  table(): CallTable {
    const args = this.#args;
    // why: there is no telling how many there will be, so nothing is to be remembered by the id of arguments.
    const argsCount = Number.MAX_SAFE_INTEGER;
    return { callers: [...this.#callers], tools: [...this.#tools], argsCount, argsAt: (id) => args[id] ?? {} };
  }

  /** Adds a call and gives its number. `columns` may be other arrays afterwards. */
  push({ atMs, caller, tool, args, upstream, latencyMs }: CallRow): number {
    const call = this.count++;
    if (call === this.columns.atMs.length) this.#grow();
    const { columns } = this;
    columns.atMs[call] = atMs;
    columns.caller[call] = caller;
    columns.tool[call] = tool;
    columns.args[call] = this.#args.push(args) - 1;
    columns.upstream[call] = upstream;
    columns.latencyMs[call] = latencyMs;
    return call;
  }

  #number(key: readonly string[], add: () => number): { readonly index: number; readonly isNew: boolean } {
    const text = JSON.stringify(key);
    const known = this.#numbers.get(text);
    const index = known ?? add();
    if (known === undefined) this.#numbers.set(text, index);
    return { index, isNew: known === undefined };
  }

  #grow(): void {
    const { atMs, caller, tool, args, upstream, latencyMs } = this.columns;
    const columns = makeColumns(2 * this.columns.count);
    columns.atMs.set(atMs);
    columns.caller.set(caller);
    columns.tool.set(tool);
    columns.args.set(args);
    columns.upstream.set(upstream);
    columns.latencyMs.set(latencyMs);
    this.columns = columns;
  }
}

function makeColumns(count: number): CallColumns {
  return {
    count,
    atMs: new Float64Array(count),
    caller: new Uint16Array(count),
    tool: new Uint16Array(count),
    args: new Uint32Array(count),
    upstream: new Uint8Array(count),
    latencyMs: new Uint32Array(count),
  };
}
