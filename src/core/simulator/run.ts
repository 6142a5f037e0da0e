import type { Checkpoints } from './checkpoints.ts';
import type { Outcome, WindowMode } from '../engine/decision.ts';
import type { Limit, Policy } from '../policy/model.ts';
import type { CallTable, CallPlan } from './columns.ts';

/** Codes of `RunColumns.status`: 0 not forwarded, then as `UPSTREAM_CODE`. */
export const STATUS_NAMES = [null, 'ok', 'tool_error', 'rpc_error', 'timeout'] as const;

/** What a decision calls the outcome codes of `RunColumns.outcome`: `hidden` is a denial. */
export const OUTCOME_OF_CODE: readonly Outcome[] = ['allow', 'deny', 'approval', 'deny'];

/** A thing that can settle a call. Index 0 of `Run.deciders` is "allowed" (empty rule and pointer). */
export interface Decider {
  readonly kind: 'allowed' | 'no-policy' | 'hidden' | 'default' | 'rule' | 'limit' | 'approval' | 'refused-approval';
  readonly rule: string;
  readonly pointer: string;
  /** Index into `Run.limits` for `limit`, else -1. */
  readonly limit: number;
}

/**
 * Decided calls as columns, in the order of decision (retries stand where they happened).
 * `decider`: index into `Run.deciders` · `outcome`: `OUTCOME_CODE` · `status`: index into `STATUS_NAMES`, what the
 * server answered to a forwarded call. Arrays may be longer than `count`.
 */
export interface RunColumns {
  readonly count: number;
  readonly atMs: Float64Array;
  readonly caller: Uint16Array;
  readonly tool: Uint16Array;
  readonly args: Uint32Array;
  readonly latencyMs: Uint32Array;
  readonly outcome: Uint8Array;
  readonly decider: Uint16Array;
  readonly status: Uint8Array;
}

/** A limit in force in this run, and the owners its counters are kept for: `owners[i]` names slot `i`. */
export interface RunLimit {
  readonly limit: Limit;
  /** Tool name, or null for limits on every tool. */
  readonly tool: string | null;
  readonly owners: readonly string[];
}

/** A finished or stopped run: input and result. Everything shown is derived from it. */
export interface Run {
  readonly policy: Policy;
  readonly plan: CallPlan;
  readonly table: CallTable;
  readonly windows: WindowMode;
  readonly noPolicy: readonly string[];
  readonly columns: RunColumns;
  readonly partial: boolean;
  readonly deciders: readonly Decider[];
  readonly limits: readonly RunLimit[];
  /** States to replay from. */
  readonly checkpoints: Checkpoints;
}

/**
 * Sees every change of a counter during a replay, in order of time. `limit`: index into `Run.limits` · `owner`: index
 * into its `owners` · `call`: the call that took, or whose answer gave back · `used`: sum after the change ·
 * `windowStartMs`/`windowEndMs`: the window it stands in (`windowEndMs` is Infinity for sliding).
 */
export interface CounterObserver {
  taken?(
    limit: number,
    owner: number,
    call: number,
    atMs: number,
    used: number,
    windowStartMs: number,
    windowEndMs: number,
  ): void;
  returned?(
    limit: number,
    owner: number,
    call: number,
    atMs: number,
    used: number,
    windowStartMs: number,
    windowEndMs: number,
  ): void;
  /** What a counter held already where the replay began, if anything, and when its window ends. */
  held?(limit: number, owner: number, used: number, windowEndMs: number): void;
  /** A sliding amount left its window, or a calendar window ended with something in it: the sum is now `used`. */
  expired?(limit: number, owner: number, atMs: number, used: number): void;
}
