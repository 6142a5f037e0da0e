import type { Caller } from '../engine/decision.ts';
import type { JsonObject } from '../json.ts';

/** Codes of `CallColumns.upstream`: 0 lets the simulated server answer, the rest force an answer. */
export const UPSTREAM_CODE = { auto: 0, ok: 1, tool_error: 2, rpc_error: 3, timeout: 4 } as const;

/** Codes of `RunColumns.outcome`, in the order every view lists outcomes. `hidden` is a denial with rule `(hidden)`. */
export const OUTCOME_CODE = { allow: 0, deny: 1, approval: 2, hidden: 3 } as const;
export const OUTCOME_NAMES = ['allow', 'deny', 'approval', 'hidden'] as const;
/** An outcome as shown: a hidden tool's denial is told apart. */
export type ShownOutcome = (typeof OUTCOME_NAMES)[number];

/**
 * Calls as columns, one entry a call, sorted by `atMs` (ties in the order they are to be decided).
 * `atMs`: ms since the epoch · `caller`, `tool`: index into the tables of `CallTable` · `args`: id for `argsAt` ·
 * `upstream`: `UPSTREAM_CODE` · `latencyMs`: when the answer arrives after `atMs`.
 */
export interface CallColumns {
  readonly count: number;
  readonly atMs: Float64Array;
  readonly caller: Uint16Array;
  readonly tool: Uint16Array;
  readonly args: Uint32Array;
  readonly upstream: Uint8Array;
  readonly latencyMs: Uint32Array;
}

/** What the indices in `CallColumns` mean. Equal ids have equal arguments; `argsAt` is pure and may build on demand. */
export interface CallTable {
  readonly callers: readonly Caller[];
  readonly tools: readonly string[];
  /** Ids are below this number. */
  readonly argsCount: number;
  argsAt(id: number): JsonObject;
}

/** What an agent does when told no; delays in ms. */
export interface Reaction {
  readonly stopOnDenied: boolean;
  readonly retry: {
    readonly max: number;
    readonly delayMs: number;
    readonly factor: number;
    readonly respectRetryAt: boolean;
  } | null;
  /** Delay before an identical call after the outcome `approval`; null: does not ask again. */
  readonly approvalRetryAfterMs: number | null;
}

/** A compiled scenario: timed calls, plus what each caller does when refused (null: carries on). */
export interface CallPlan {
  readonly calls: CallColumns;
  readonly table: CallTable;
  /** One per entry of `table.callers`. */
  readonly reactions: readonly (Reaction | null)[];
  readonly approvals: { readonly mode: 'approve' | 'deny' | 'ignore'; readonly afterMs: number };
}
