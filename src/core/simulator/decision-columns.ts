/** What the server answers to a forwarded call that the plan leaves to it: 1 … 4 of `UPSTREAM_CODE`. */
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
