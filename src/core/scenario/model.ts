import type { JsonValue } from '../json.ts';
import type { UpstreamStatus } from '../engine/decision.ts';

/** A whole or decimal number with `ms`, `s`, `m`, `h` or `d`, such as `4s`. */
export type Duration = string;

/** How the server answers the calls of a step: a share of failures from 0 to 1, of what kind, and how late. */
export interface UpstreamScript {
  readonly failures?: number;
  readonly kind?: Exclude<UpstreamStatus, 'ok'>;
  readonly latency?: Duration | readonly [Duration, Duration];
}

/** Calls of one tool, spread by one of `over`, `every` and `ratePerMinute`; `times` is 1 unless given. */
export interface CallStep {
  readonly call: string;
  readonly times?: number;
  readonly over?: Duration;
  readonly every?: Duration;
  readonly ratePerMinute?: number;
  readonly jitter?: number;
  readonly args?: { readonly [name: string]: JsonValue };
  readonly upstream?: UpstreamScript;
}
/** Lets virtual time pass. */
export interface WaitStep {
  readonly wait: Duration;
}
/** Waits for a UTC time; one that has passed waits for nothing. */
export interface WaitUntilStep {
  readonly waitUntil: string;
}
/** Does its steps again and again, `repeat` times in all. */
export interface RepeatStep {
  readonly repeat: number;
  readonly steps: readonly Step[];
}
/** What an agent does next. */
export type Step = CallStep | WaitStep | WaitUntilStep | RepeatStep;

/** Calls again after a denial: the first time after `delay`, then `factor` times as late each time. */
export interface RetryReaction {
  readonly retry: {
    readonly max: number;
    readonly delay: Duration;
    readonly factor?: number;
    readonly respectRetryAt?: boolean;
  };
}

/** Who calls. `grant` is the name unless given, `session` is `s1`. */
export interface Agent {
  readonly name: string;
  readonly grant?: string;
  readonly session?: string;
  readonly onDenied?: 'continue' | 'stop' | RetryReaction;
  readonly onApproval?: { readonly retryAfter: Duration };
  readonly steps: readonly Step[];
}

/** How many calls match, over the run or over every window of length `within`. */
export interface CountAssertion {
  readonly that: 'count';
  readonly where?: {
    readonly tool?: string;
    readonly grant?: string;
    readonly outcome?: 'allow' | 'deny' | 'approval';
    readonly rule?: string;
  };
  readonly within?: Duration;
  readonly atMost?: number;
  readonly atLeast?: number;
  readonly exactly?: number;
}
/** What is decided of one call of the run. */
export interface DecisionAssertion {
  readonly that: 'decision';
  readonly call: number;
  readonly is: 'allow' | 'deny' | 'approval';
  readonly rule?: string;
}
/** What a run must show for the scenario to count as met. */
export type Assertion = CountAssertion | DecisionAssertion;

/** A scenario document (spec: scenario). Data, never code. */
export interface Scenario {
  readonly version: '1';
  readonly name?: string;
  readonly start: string;
  readonly seed?: number;
  readonly agents: readonly Agent[];
  readonly approvals?: { readonly mode: 'approve' | 'deny' | 'ignore'; readonly after?: Duration };
  readonly expect?: readonly Assertion[];
}
