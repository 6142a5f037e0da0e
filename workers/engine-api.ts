import type { Diagnostic, Range } from '../src/core/diagnostic.ts';
import type { Decision, UpstreamStatus, WindowMode } from '../src/core/engine/decision.ts';
import type { JsonObject, JsonValue } from '../src/core/json.ts';
import type { Dialect, Operator } from '../src/core/policy/model.ts';
import type { Scenario } from '../src/core/scenario/model.ts';
import type { ShownOutcome } from '../src/core/simulator/columns.ts';

/** Counts by outcome; `hidden` is not part of `denied` here. */
export interface OutcomeCounts {
  readonly calls: number;
  readonly allowed: number;
  readonly denied: number;
  readonly approvals: number;
  readonly hidden: number;
}

/** What a policy does to one tool of the server, before any call: for "Effect on 14 tools". */
export interface ToolEffect {
  readonly tool: string;
  readonly state: 'allowed' | 'limited' | 'rules' | 'approval' | 'denied' | 'hidden';
  /** A few words: `30 a minute`, `denied`, `2 rules`. */
  readonly words: string;
  readonly pointer: string;
}

/** A policy as written. `auto` reads what starts like JSON as `policylayer`, all else as `intercept`. */
export interface PolicySource {
  readonly dialect: Dialect | 'auto';
  readonly text: string;
}

/** A place of the policy that results attach to: `default`, a tool, a rule, a limit, an approval. */
export interface Anchor {
  readonly kind: 'default' | 'hide' | 'tool' | 'rule' | 'limit' | 'approval';
  readonly pointer: string;
  /** Rule name as decisions report it; empty for tools. */
  readonly rule: string;
  readonly tool: string;
  readonly range: Range;
}

/** `policy: null` when the text has errors. Sent for every edit. */
export interface CheckResult {
  readonly dialect: Dialect;
  readonly diagnostics: readonly Diagnostic[];
  readonly policy: {
    readonly effects: readonly ToolEffect[];
    readonly anchors: readonly Anchor[];
    readonly defaultAction: 'allow' | 'deny';
    /** `default deny, 1 tool, 1 limit`. */
    readonly words: string;
  } | null;
}

/** Everything a run depends on; the same input gives the same digest. */
export interface RunInput {
  readonly policy: PolicySource;
  readonly scenario: Scenario;
  readonly windows: WindowMode;
  /** Grants without a policy. */
  readonly noPolicy?: readonly string[];
}

/** All calls of one tool. */
export interface ToolSummary extends OutcomeCounts {
  readonly tool: string;
  readonly grants: readonly string[];
  /** Rules that did not allow calls of this tool, most calls first. */
  readonly rules: readonly { readonly rule: string; readonly pointer: string; readonly calls: number }[];
}
/** All calls of one grant. */
export interface GrantSummary extends OutcomeCounts {
  readonly grant: string;
}
/** All calls one rule decided, over all tools. */
export interface RuleSummary {
  readonly rule: string;
  readonly pointer: string;
  readonly outcome: ShownOutcome;
  readonly calls: number;
}
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

/** A remark computed from a run, with the numbers that prove it. */
export interface RunFinding {
  readonly code: string;
  readonly severity: 'warning' | 'note';
  readonly title: string;
  readonly detail: string;
  readonly pointer: string;
  readonly fromMs: number | null;
  readonly toMs: number | null;
}

/** What a run came to: counts, by tool, grant, rule and counter window, and what stands out. */
export interface RunSummary extends OutcomeCounts {
  /** Names the run in later questions to the worker. */
  readonly runId: number;
  /** True after Cancel: decided calls only. */
  readonly partial: boolean;
  /** Calls the scenario plans; retries come on top. */
  readonly plannedCalls: number;
  readonly firstMs: number;
  readonly lastMs: number;
  readonly digest: string;
  readonly tools: readonly ToolSummary[];
  readonly grants: readonly GrantSummary[];
  readonly rules: readonly RuleSummary[];
  readonly counters: readonly CounterSummary[];
  /** Counter windows beyond those listed. */
  readonly moreCounters: number;
  readonly findings: readonly RunFinding[];
  readonly tickets: number;
  /** Time the worker spent deciding. */
  readonly decideMs: number;
}

/** How a run ended. `cancelled` carries what was decided until then. */
export type RunResult =
  | { readonly kind: 'done'; readonly summary: RunSummary }
  | { readonly kind: 'cancelled'; readonly summary: RunSummary }
  | { readonly kind: 'policy-invalid'; readonly diagnostics: readonly Diagnostic[] }
  | { readonly kind: 'scenario-invalid'; readonly diagnostics: readonly Diagnostic[] };

/** Told now and then during a run: calls decided, calls planned. */
export type Progress = (decided: number, planned: number) => void;

/** `ms`: empty lists mean "any". `text` matches tool, grant, session or rule, ignoring case. */
export interface LogFilter {
  readonly outcomes: readonly ShownOutcome[];
  readonly tools: readonly string[];
  readonly grants: readonly string[];
  readonly rules: readonly string[];
  readonly text: string;
}

/** Log rows `from … from + count` of the filtered log as columns; strings are indices into the tables. Transferred. */
export interface LogPage {
  readonly total: number;
  readonly from: number;
  readonly call: Uint32Array;
  readonly atMs: Float64Array;
  readonly outcome: Uint8Array;
  readonly tool: Uint16Array;
  readonly grant: Uint16Array;
  readonly session: Uint16Array;
  readonly rule: Uint16Array;
  readonly tables: {
    readonly tools: readonly string[];
    readonly grants: readonly string[];
    readonly sessions: readonly string[];
    readonly rules: readonly string[];
  };
}

/** A condition as a call met it. */
export interface ConditionReading {
  readonly path: string;
  readonly op: Operator;
  readonly value: JsonValue;
  /** The value found, or `missing`. */
  readonly saw: { readonly kind: 'value'; readonly value: JsonValue } | { readonly kind: 'missing' };
  readonly holds: boolean;
  readonly pointer: string;
}

/** One step of the order of decision. `passed` is a plain tick, `decided` the step that settled it. */
export interface DecisionStep {
  readonly name: 'policy' | 'hide' | 'default' | 'require' | 'deny_if' | 'limits' | 'approval' | 'forward';
  readonly state: 'passed' | 'decided' | 'not-reached';
  /** One sentence: `Not hidden`, `30 used + 1 is more than 30`. */
  readonly words: string;
  readonly pointer: string;
  readonly rules: readonly {
    readonly rule: string;
    readonly pointer: string;
    readonly conditions: readonly ConditionReading[];
    readonly holds: boolean;
  }[];
}

/** Audit log entry (spec: policy-semantics, section 7): argument keys only, never values. */
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
  /** The exact text of the result the agent receives, and the whole JSON-RPC answer. */
  readonly agentText: string;
  readonly agentMessage: JsonObject;
  readonly entry: AuditLogEntry;
  /** Where the deciding rule stands in the policy text; null when allowed or `(no policy)`. */
  readonly ruleRange: Range | null;
}

/** Claims of the ticket an allowed `issue_audit_ticket` call was answered with, unsigned; times in seconds. */
export interface TicketDraft {
  /** Position among the run's tickets, from 0. */
  readonly index: number;
  readonly call: number;
  readonly atMs: number;
  readonly grant: string;
  readonly claims: JsonObject;
}
/** Tickets `from …` of the run. */
export interface TicketPage {
  readonly total: number;
  readonly from: number;
  readonly tickets: readonly TicketDraft[];
}

/** The span of a run to draw; `toMs` is exclusive. */
export interface TimelineRequest {
  readonly runId: number;
  readonly fromMs: number;
  readonly toMs: number;
  /** Width of the plot in bins (CSS pixels / 2 is plenty). At most 4096. */
  readonly bins: number;
}
/**
 * One lane: calls of one tool. `counts`: 4 × bins, bin-major within an outcome (`OUTCOME_NAMES` order).
 * `marks` is set while at most 2,000 calls are in view: exact times and outcome codes.
 */
export interface TimelineLane {
  readonly tool: string;
  readonly grants: readonly string[];
  readonly calls: number;
  readonly counts: Uint32Array;
  readonly marks: { readonly call: Uint32Array; readonly atMs: Float64Array; readonly outcome: Uint8Array } | null;
}
/** Step line of one counter of one owner: value `used[i]` from `atMs[i]` on. At most 4 points a bin. */
export interface TimelineCounter {
  readonly counter: string;
  readonly rule: string;
  readonly pointer: string;
  readonly owner: string;
  readonly tool: string;
  readonly max: number;
  readonly windowMs: number;
  readonly atMs: Float64Array;
  readonly used: Float64Array;
}
export interface Timeline {
  readonly fromMs: number;
  readonly toMs: number;
  readonly bins: number;
  readonly lanes: readonly TimelineLane[];
  readonly counters: readonly TimelineCounter[];
  /** Calendar boundaries in view that a limit uses: time and what starts (`minute`, `hour`, `day`, `every 90 s`). */
  readonly boundaries: readonly { readonly atMs: number; readonly starts: readonly string[] }[];
}

/** Answers to questions about a run that the worker no longer holds (it was restarted, or ran again). */
export interface Gone {
  readonly kind: 'gone';
}
export type Answer<T> = { readonly kind: 'ok'; readonly value: T } | Gone;

/**
 * What the worker exposes. Never throws on user input; every answer is plain data. Only the newest run is held.
 * `runs` are sliced, so `cancel` and `check` are answered while one is going.
 */
export interface EngineApi {
  /** Answers at once; silence means that the worker is dead or hung. */
  ping(): Promise<void>;
  check(source: PolicySource): Promise<CheckResult>;
  checkScenario(scenario: unknown): Promise<{ readonly diagnostics: readonly Diagnostic[] }>;
  run(input: RunInput, progress: Progress): Promise<RunResult>;
  cancel(): Promise<void>;
  log(runId: number, filter: LogFilter, from: number, count: number): Promise<Answer<LogPage>>;
  explain(runId: number, call: number): Promise<Answer<Explanation>>;
  timeline(request: TimelineRequest): Promise<Answer<Timeline>>;
  tickets(runId: number, from: number, count: number): Promise<Answer<TicketPage>>;
  /** Position of the first matching call at or after `atMs` within the filtered log; -1 for none. */
  find(runId: number, filter: LogFilter, call: number): Promise<Answer<number>>;
  locate(source: PolicySource, pointer: string): Promise<Range | null>;
}
