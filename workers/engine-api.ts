import type { ComparisonReport } from '../src/core/analysis/comparison-report.ts';
import type { Scorecard } from '../src/core/attacks/attack.ts';
import type { Diagnostic, Range } from '../src/core/diagnostic.ts';
import type { WindowMode } from '../src/core/engine/decision.ts';
import type { ToolEffect } from '../src/core/policy/effect.ts';
import type { ConversionNote, NoteGroup } from '../src/core/policy/convert/notes.ts';
import type { Change, EditResult } from '../src/core/policy/builder/change.ts';
import type { BuilderDocument, BuilderLocked } from '../src/core/policy/builder/model.ts';
import type { Completion } from '../src/core/policy/assist/completion.ts';
import type { HoverText } from '../src/core/policy/assist/hover-at.ts';
import type { K6Options, K6Outline } from '../src/core/k6/export.ts';
import type { Formatted } from '../src/core/policy/format-policy.ts';
import type { Dialect } from '../src/core/policy/model.ts';
import type { Anchor } from '../src/core/policy/reader.ts';
import type { Assertion, Scenario } from '../src/core/scenario/model.ts';
import type { AssertionResult } from '../src/core/simulator/assertions.ts';
import type { RuleCoverage } from '../src/core/simulator/coverage.ts';
import type { Explanation } from '../src/core/simulator/explanation.ts';
import type { LogFilter, LogPage } from '../src/core/simulator/log.ts';
import type { Suggestion, SuggestRequest } from '../src/core/simulator/suggestion.ts';
import type { RunSummary } from '../src/core/simulator/summary.ts';
import type { TicketPage } from '../src/core/simulator/ticket-list.ts';
import type { StoryRequest, TicketStory } from '../src/core/simulator/ticket-story.ts';
import type { Timeline, TimelineRequest } from '../src/core/simulator/timeline.ts';
import type { TranscriptPage, TranscriptRequest } from '../src/core/simulator/transcript.ts';
import type { Conversion } from '../src/core/traces/convert-trace.ts';
import type { TraceReading, TraceRun } from '../src/core/traces/trace.ts';
import type { WorldView } from '../src/core/simulator/world-view.ts';
import type { AnalysisAnswer, AnalysisRequest } from './analysis-api.ts';
import type { TicketSigner } from '../src/tickets/sign.ts';

export type { AnalysisAnswer, AnalysisRequest, ShownTraffic, Traffic, WindowsRow } from './analysis-api.ts';
export type { ToolEffect } from '../src/core/policy/effect.ts';
export type { Anchor } from '../src/core/policy/reader.ts';
export type { Completion } from '../src/core/policy/assist/completion.ts';
export type { HoverLine, HoverText } from '../src/core/policy/assist/hover-at.ts';
export type { AssertionResult } from '../src/core/simulator/assertions.ts';
export type { RuleCoverage } from '../src/core/simulator/coverage.ts';
export type { CounterSummary } from '../src/core/simulator/counter-windows.ts';
export type {
  AuditLogEntry,
  ConditionReading,
  DecisionStep,
  Explanation,
  RuleReading,
} from '../src/core/simulator/explanation.ts';
export type { HeldAmount } from '../src/core/simulator/held-amounts.ts';
export type { RunFinding } from '../src/core/simulator/finding.ts';
export type { LogFilter, LogPage } from '../src/core/simulator/log.ts';
export type {
  GrantSummary,
  OutcomeCounts,
  RuleSummary,
  RunSummary,
  ToolSummary,
} from '../src/core/simulator/summary.ts';
export type { MomentSummary } from '../src/core/simulator/moment-summary.ts';
export type { CounterAtMoment } from '../src/core/simulator/counter-board.ts';
export type { Suggestion, SuggestRequest } from '../src/core/simulator/suggestion.ts';
export type { TicketLifeRow, TicketTotals } from '../src/core/simulator/ticket-lives.ts';
export type { TicketStory } from '../src/core/simulator/ticket-story.ts';
export type { TicketDraft, TicketPage } from '../src/core/simulator/ticket-list.ts';
export type {
  TicketTrack,
  Timeline,
  TimelineBoundary,
  TimelineCounter,
  TimelineLane,
  TimelineRequest,
} from '../src/core/simulator/timeline.ts';
export type { Exchange, RunAgent, TranscriptPage, TranscriptRequest } from '../src/core/simulator/transcript.ts';
export type { EscrowView, WorldAgentView, WorldView } from '../src/core/simulator/world-view.ts';

/** A policy as written. `auto` reads what starts like JSON as `policylayer`, all else as `intercept`. */
export interface PolicySource {
  readonly dialect: Dialect | 'auto';
  readonly text: string;
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
  /** Recorded calls, made in place of the scenario's; of the scenario the world and its start count then. */
  readonly trace?: TraceRun;
}

/** The worker itself could not do it: its own words, or, where memory ran out, what to do. What it held is still there. */
export interface Failed {
  readonly kind: 'failed';
  readonly reason: 'fault' | 'memory';
  readonly message: string;
}

/**
 * `cancelled`: by the person, with what was decided so far; by a newer run, with nothing decided. A run that was cut off
 * at its largest size is `done` and its summary partial.
 */
export type RunResult =
  | { readonly kind: 'done'; readonly summary: RunSummary }
  | { readonly kind: 'cancelled'; readonly summary: RunSummary }
  | { readonly kind: 'policy-invalid'; readonly diagnostics: readonly Diagnostic[] }
  | { readonly kind: 'scenario-invalid'; readonly diagnostics: readonly Diagnostic[] }
  | Failed;

/** The policy as forms, or, when a change was asked for, the edits of the text that make it. */
export type BuilderAnswer = BuilderDocument | BuilderLocked | EditResult | Failed;

/** Told now and then during a run: calls decided, calls planned. */
export type Progress = (decided: number, planned: number) => void;

/** A note with its place in the source text, lines from 1; null when it is about the whole. */
export type LocatedNote = ConversionNote & { readonly place: { readonly range: Range; readonly line: number } | null };

/** Notes of one code. `count` is all there are; of many only the first are given. */
export interface LocatedNotes extends Omit<NoteGroup, 'notes'> {
  readonly count: number;
  readonly notes: readonly LocatedNote[];
}

/** A policy written in another dialect; the worst notes come first. Texts with errors are not converted. */
export type ConversionResult =
  | {
      readonly kind: 'ok';
      readonly from: Dialect;
      readonly text: string;
      readonly groups: readonly LocatedNotes[];
    }
  | { readonly kind: 'policy-invalid'; readonly diagnostics: readonly Diagnostic[] }
  | Failed;

/** Asked now and then by work that takes time, with how much of it is done: false stops it. */
export type GoOn = (done: number, total: number) => boolean | Promise<boolean>;

/** One scenario, or recorded calls, decided twice. */
export interface CompareInput extends Omit<RunInput, 'policy' | 'windows'> {
  readonly before: Pick<RunInput, 'policy' | 'windows'>;
  readonly after: Pick<RunInput, 'policy' | 'windows'>;
}

/** What differs, and the worker's own time for it. `too-many`: agents react, and more than `most` calls are not matched. */
export type CompareResult =
  | { readonly kind: 'done'; readonly report: ComparisonReport; readonly tookMs: number }
  | { readonly kind: 'cancelled' }
  | {
      readonly kind: 'policy-invalid';
      readonly side: 'before' | 'after';
      readonly diagnostics: readonly Diagnostic[];
    }
  | { readonly kind: 'scenario-invalid' }
  | { readonly kind: 'too-many'; readonly calls: number; readonly most: number }
  | Failed;

/** Verdicts on all attacks and all legitimate work; none when it was stopped. */
export type AttacksResult =
  | { readonly kind: 'done'; readonly scorecard: Scorecard }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'policy-invalid'; readonly diagnostics: readonly Diagnostic[] }
  | Failed;

/** A file of recorded calls to be read, or a trace to be written as the steps of a scenario. */
export type TraceRequest =
  | { readonly kind: 'read'; readonly file: Blob }
  | { readonly kind: 'convert'; readonly run: TraceRun; readonly name: string };

/** `message`: why it is too large, lower case, with what to do. */
export type TraceAnswer =
  { readonly kind: 'read'; readonly reading: TraceReading } | { readonly kind: 'stopped' } | Conversion | Failed;

/** The worker does not hold that run any more (it was restarted, or ran again), or a newer timeline was asked for. */
export interface Gone {
  readonly kind: 'gone';
}
/** The answer to a question about a run. */
export type Answer<T> = { readonly kind: 'ok'; readonly value: T } | Gone | Failed;

/** Asked while a policy is written: what could stand at `offset`, what the word there means, a better layout. */
export interface AssistRequest {
  readonly kind: 'complete' | 'hover' | 'format';
  readonly source: PolicySource;
  /** Into `source.text`; not looked at by `format`. */
  readonly offset: number;
}
/** The answer to an `AssistRequest`; `gone` when a newer one of its kind came first. */
export type AssistAnswer =
  | { readonly kind: 'completions'; readonly completions: readonly Completion[] }
  | { readonly kind: 'hover'; readonly hover: HoverText | null }
  | Formatted
  | Gone
  | Failed;

/** Lives of the run's tickets, or tickets `from …` as JSON lines: claims alone, or signed where there is a `signer`. */
export type TicketRequest =
  | ({ readonly kind: 'story' } & StoryRequest)
  | { readonly kind: 'lines'; readonly from: number; readonly count: number; readonly signer: TicketSigner | null };

/** The answer to a `TicketRequest`; `count` lines, fewer than asked for at the end and in one answer at most 1,000. */
export type TicketAnswer =
  | { readonly kind: 'story'; readonly story: TicketStory }
  | { readonly kind: 'lines'; readonly lines: string; readonly count: number };

/** A run as a k6 script, or why it is none. */
export type K6Export =
  | { readonly kind: 'script'; readonly outline: K6Outline; readonly file: Blob }
  | { readonly kind: 'empty' | 'too-large' };

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
  /** What became of the run's tickets, or a part of a file of them. Keys are handles, used for this answer alone. */
  ticketWork(runId: number, request: TicketRequest): Promise<Answer<TicketAnswer>>;
  /** The server's world after every call made up to and at that virtual moment, or after its first `made` calls. */
  world(runId: number, atMs: number, made?: number): Promise<Answer<WorldView>>;
  /** Position of the first matching call at or after `call` within the filtered log; -1 for none. */
  find(runId: number, filter: LogFilter, call: number): Promise<Answer<number>>;
  locate(source: PolicySource, pointer: string): Promise<Range | null>;
  assist(request: AssistRequest): Promise<AssistAnswer>;
  /** What every rule and limit did in a run, in the order of the policy. */
  coverage(runId: number): Promise<Answer<readonly RuleCoverage[]>>;
  /** What other assertions than the scenario's come to over a run; the scenario's own are in its summary. */
  assertions(runId: number, list: readonly Assertion[]): Promise<Answer<readonly AssertionResult[]>>;
  /** `change: null` asks for the forms. Edits belong to exactly the text that was sent. */
  builder(source: PolicySource, change: Change | null): Promise<BuilderAnswer>;
  /** Works out what a policy lets through, or what a run says about it. The held run stays. */
  analyse(request: AnalysisRequest): Promise<AnalysisAnswer>;
  /** A policy learned from the calls of a run. */
  suggest(runId: number, request: SuggestRequest): Promise<Answer<Suggestion>>;
  /** The calls of a run with what became of them, to be made at a real gateway. */
  k6(runId: number, options: K6Options): Promise<Answer<K6Export>>;
  convert(source: PolicySource, to: Dialect): Promise<ConversionResult>;
  /** Decides one scenario under two policies, or two ways to count windows. The held run stays. */
  compare(input: CompareInput, goOn: GoOn): Promise<CompareResult>;
  /** Runs the catalogue's attacks and legitimate work against a policy. The held run stays. */
  attacks(source: PolicySource, windows: WindowMode, goOn: GoOn): Promise<AttacksResult>;
  /** Reads a trace, or turns one into steps. The worker keeps nothing of it. */
  trace(request: TraceRequest, goOn: GoOn): Promise<TraceAnswer>;
  /** What one agent of a run asked and was answered, as it went over the wire. */
  transcript(runId: number, request: TranscriptRequest): Promise<Answer<TranscriptPage>>;
  /** Audit log entries `from … from + count` of the filtered log, as JSON lines; '' behind the last. */
  entries(runId: number, filter: LogFilter, from: number, count: number): Promise<Answer<string>>;
}
