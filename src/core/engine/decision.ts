/** What is decided of a call. `approval`: not forwarded until a person says yes. */
export type Outcome = 'allow' | 'deny' | 'approval';

/** `calendar` is what gateways do; the other two are labelled what-ifs. */
export type WindowMode = 'calendar' | 'sliding' | 'anchored';

/** What the server answers: a result, a result with `isError`, a JSON-RPC error, or nothing. */
export type UpstreamStatus = 'ok' | 'tool_error' | 'rpc_error' | 'timeout';

/** Who calls. Plain strings of any content. */
export interface Caller {
  readonly grant: string;
  readonly session: string;
}

/** A limit as a call met it. `windowEndMs` is null for a sliding window, which has no end of its own. */
export interface CounterReading {
  readonly rule: string;
  readonly pointer: string;
  readonly counter: string;
  readonly scope: 'grant' | 'session' | 'everyone';
  readonly usedBefore: number;
  /** Null when `increment_from` gave nothing that can be counted. */
  readonly amount: number | null;
  readonly usedAfter: number;
  readonly max: number;
  readonly windowMs: number;
  readonly windowStartMs: number;
  readonly windowEndMs: number | null;
  readonly fits: boolean;
}

/** The answer to one call, with its reason (docs: policy.md#what-a-decision-says). */
export interface Decision {
  readonly outcome: Outcome;
  /** Empty when allowed. */
  readonly rule: string;
  /** Empty when allowed and for `(no policy)`. */
  readonly pointer: string;
  /** Empty when allowed. */
  readonly message: string;
  /** Earliest time this same call could fit; null when not a limit, or never. */
  readonly retryAtMs: number | null;
  readonly counters: readonly CounterReading[];
}
