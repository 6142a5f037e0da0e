/** One window of one counter: what was used of `max`, and how many calls it denied. */
export interface CounterSummary {
  readonly counter: string;
  readonly rule: string;
  readonly pointer: string;
  readonly owner: string;
  readonly windowStartMs: number;
  readonly windowEndMs: number;
  readonly used: number;
  readonly max: number;
  readonly denied: number;
}
