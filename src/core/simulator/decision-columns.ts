/**
 * What the server answers to a forwarded call: 1 … 4 of `UPSTREAM_CODE`. It is asked for every call that the plan does
 * not make fail, in order; where the plan says `ok`, its own answer is passed over.
 */
export type Answer = (tool: number, argsId: number) => number;

/**
 * Where decisions go: entry `call - from` of each array, zero beforehand. A call that is not forwarded gets status 0.
 */
export interface DecisionColumns {
  readonly from: number;
  readonly outcome: Uint8Array;
  readonly decider: Uint16Array;
  readonly status: Uint8Array;
}
