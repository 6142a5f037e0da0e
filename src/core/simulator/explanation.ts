import type { Decision, UpstreamStatus } from '../engine/decision.ts';
import type { Range } from '../diagnostic.ts';
import type { JsonObject, JsonValue } from '../json.ts';
import type { Operator } from '../policy/model.ts';
import type { ShownOutcome } from './columns.ts';
import type { HeldAmount } from './held-amounts.ts';

/** One condition as a call met it. */
export interface ConditionReading {
  readonly path: string;
  readonly op: Operator;
  readonly value: JsonValue;
  /** The value found, or `missing`. */
  readonly saw: { readonly kind: 'value'; readonly value: JsonValue } | { readonly kind: 'missing' };
  readonly holds: boolean;
  readonly pointer: string;
}

/** A rule that was looked at; `holds` when all its conditions do. */
export interface RuleReading {
  readonly rule: string;
  readonly pointer: string;
  readonly conditions: readonly ConditionReading[];
  readonly holds: boolean;
}

/** One step of the order of decision. `passed` is a plain tick, `decided` the step that settled it. */
export interface DecisionStep {
  readonly name: 'policy' | 'hide' | 'default' | 'require' | 'deny_if' | 'limits' | 'approval' | 'forward';
  readonly state: 'passed' | 'decided' | 'not-reached';
  /** One sentence: `Not hidden`, `30 used + 1 is more than 30`. */
  readonly words: string;
  readonly pointer: string;
  /** Rules that were looked at, in order. */
  readonly rules: readonly RuleReading[];
}

/** Audit log entry (docs: policy.md#the-audit-log): argument keys only, never values. */
export interface AuditLogEntry {
  readonly time: string;
  readonly requestId: string;
  readonly grant: string;
  readonly session: string;
  readonly method: 'tools/call';
  readonly tool: string;
  readonly policy: string;
  readonly policyVersion: string;
  readonly outcome: string;
  readonly rule: string;
  readonly message: string;
  readonly upstreamStatus: UpstreamStatus | null;
  readonly upstreamLatencyMs: number | null;
  readonly argumentKeys: readonly string[];
}

/** Everything about one call, rebuilt by replay. */
export interface Explanation {
  readonly call: number;
  readonly atMs: number;
  readonly grant: string;
  readonly session: string;
  readonly tool: string;
  readonly args: JsonObject;
  readonly outcome: ShownOutcome;
  readonly decision: Decision;
  /** `The limit for this minute is used up`. */
  readonly headline: string;
  readonly steps: readonly DecisionStep[];
  readonly upstream: { readonly status: UpstreamStatus; readonly latencyMs: number } | null;
  /** What limits held of it while its answer was out; empty for a call that took nothing. */
  readonly held: readonly HeldAmount[];
  /** The exact text of the result the agent receives, and the whole JSON-RPC answer. */
  readonly agentText: string;
  readonly agentMessage: JsonObject;
  readonly entry: AuditLogEntry;
  /** Where the deciding rule stands in the policy text; null when allowed or `(no policy)`. */
  readonly ruleRange: Range | null;
}
