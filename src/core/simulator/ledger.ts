/** What a replay wants to know of the counters while calls are decided. Steps and owners as in `LimitSteps`. */
export interface LedgerWatch {
  /** A limit was looked at, before anything is taken. `used` is what the counter held. */
  looked?(
    step: number,
    caller: number,
    used: number,
    amount: number,
    fits: boolean,
    windowStartMs: number,
    windowEndMs: number,
  ): void;
  /** The counter of `step` changed to `used`, for call `call`. */
  taken(
    step: number,
    caller: number,
    call: number,
    atMs: number,
    used: number,
    windowStartMs: number,
    windowEndMs: number,
  ): void;
  /** Amounts of `step` had left its window when the call or answer at `atMs` was looked at; `used` is what is left. */
  dropped?(step: number, caller: number, atMs: number, used: number): void;
  returned?(
    step: number,
    caller: number,
    call: number,
    atMs: number,
    used: number,
    windowStartMs: number,
    windowEndMs: number,
  ): void;
}

/**
 * The counters of a run in one way of counting. A call is looked at by `refuse`, then counted by `take` if nothing else
 * stopped it. Counters are found by tool and caller; nothing is allocated for a call.
 */
export interface Ledger {
  watch: LedgerWatch | null;
  /** All that it knows, as the memory it is kept in; null where that grows with the calls. */
  readonly memory: readonly Uint8Array[] | null;
  /** The first step whose limit the call does not fit, or -1. Only Intercept's counters change here already. */
  refuse(tool: number, caller: number, argsId: number, atMs: number): number;
  /** Counts the call that `refuse` just let through. */
  take(tool: number, caller: number, argsId: number, call: number, atMs: number): void;
  /** Returns what a call took at `takenMs`; at `atMs` its answer turned out a failure. */
  giveBack(tool: number, caller: number, argsId: number, call: number, takenMs: number, atMs: number): void;
  /** When a call that a step refused could fit if nothing else were called; null for never. */
  retryAtMs(step: number, caller: number, argsId: number, atMs: number): number | null;
  /** What a counter holds, and until when; null for nothing where no window is open. */
  held(step: number, caller: number, atMs: number): Held | null;
}

/** The sum in a counter's window, and the window's end. */
export interface Held {
  readonly used: number;
  readonly endMs: number;
}
