import type { JsonValue } from '../json.ts';
import type { UpstreamStatus } from '../engine/decision.ts';

/** A whole or decimal number with `ms`, `s`, `m`, `h` or `d`, such as `4s`. */
export type Duration = string;

export interface UpstreamScript {
  readonly failures?: number;
  readonly kind?: Exclude<UpstreamStatus, 'ok'>;
  readonly latency?: Duration | readonly [Duration, Duration];
}

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
export interface WaitStep {
  readonly wait: Duration;
}
export interface WaitUntilStep {
  readonly waitUntil: string;
}
export interface RepeatStep {
  readonly repeat: number;
  readonly steps: readonly Step[];
}
export type Step = CallStep | WaitStep | WaitUntilStep | RepeatStep;

export interface RetryReaction {
  readonly retry: {
    readonly max: number;
    readonly delay: Duration;
    readonly factor?: number;
    readonly respectRetryAt?: boolean;
  };
}

export interface Agent {
  readonly name: string;
  readonly grant?: string;
  readonly session?: string;
  readonly onDenied?: 'continue' | 'stop' | RetryReaction;
  readonly onApproval?: { readonly retryAfter: Duration };
  readonly steps: readonly Step[];
}

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
export interface DecisionAssertion {
  readonly that: 'decision';
  readonly call: number;
  readonly is: 'allow' | 'deny' | 'approval';
  readonly rule?: string;
}
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
