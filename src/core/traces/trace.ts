/** Formats a record can be recognised as, in the order they are listed. */
export const TRACE_FORMATS = ['mcp', 'inspector', 'intercept', 'anthropic', 'openai', 'audit-log'] as const;
export type TraceFormat = (typeof TRACE_FORMATS)[number];

/**
 * Records that are understood and are no calls. `answer`: a response · `message`: another MCP request or a notification ·
 * `event`: an event of a gateway that is no call · `text`: a message of a transcript without tool use · `repeated`: a tool
 * use that stood in the transcript before · `blank`: an empty line.
 */
export const OTHER_KINDS = ['answer', 'message', 'event', 'text', 'repeated', 'blank'] as const;
export type OtherKind = (typeof OTHER_KINDS)[number];

/** Why a record, or a call in it, is not replayed. */
export const SKIP_REASONS = [
  'no-json',
  'broken-json',
  'not-closed',
  'too-long',
  'not-an-object',
  'unknown-format',
  'no-tool-name',
  'arguments-not-an-object',
  'arguments-not-json',
  'arguments-too-deep',
  'too-many-names',
  'too-many-calls',
  'after-31-days',
] as const;
export type SkipReason = (typeof SKIP_REASONS)[number];

/** Who made a recorded call, as far as the trace says. */
export interface TraceCaller {
  readonly grant: string | null;
  readonly session: string | null;
}

/**
 * The calls of a trace as columns, sorted by time, ties in the order of the file. Plain data that can be cloned.
 * `atMs`: ms since the epoch, the number of the call when `hasTimes` is false · `caller`, `tool`: index into the tables ·
 * `args`: index of a text · `upstream`: `UPSTREAM_CODE` of the answer, 0 lets the simulated server answer · text `i` of
 * the arguments is `argsText` from `argsFrom[i]` to `argsFrom[i + 1]`, JSON of an object.
 */
export interface Trace {
  readonly count: number;
  readonly hasTimes: boolean;
  readonly atMs: Float64Array;
  readonly caller: Uint16Array;
  readonly tool: Uint16Array;
  readonly args: Uint32Array;
  readonly upstream: Uint8Array;
  readonly latencyMs: Uint32Array;
  readonly callers: readonly TraceCaller[];
  readonly tools: readonly string[];
  readonly argsText: string;
  readonly argsFrom: Uint32Array;
}

/** What a trace leaves open. `startMs` and `spacingMs` count only for a trace without times. */
export interface TraceChoices {
  /** Grant of calls that name none. */
  readonly grant: string;
  readonly startMs: number;
  readonly spacingMs: number;
}

/** A trace to be replayed as it is. */
export interface TraceRun {
  readonly trace: Trace;
  readonly choices: TraceChoices;
}

/** Calls about which the trace does not say everything; each counts calls. */
export interface TraceGaps {
  readonly noTime: number;
  readonly noZone: number;
  readonly noArguments: number;
  readonly noGrant: number;
  readonly unknownTool: number;
  /** Tool names that stood behind `mcp__server__`. */
  readonly shortened: number;
}

/**
 * Everything found in a file. Records are lines, or members of a list that spans lines. `skipped` stands in the order of
 * the file: `line` counts from 1, `why` is an index into `SKIP_REASONS`.
 */
export interface TraceReading {
  readonly trace: Trace;
  readonly lines: number;
  readonly records: number;
  readonly formats: readonly { readonly format: TraceFormat; readonly records: number }[];
  readonly others: readonly { readonly kind: OtherKind; readonly count: number }[];
  readonly skipped: { readonly line: Uint32Array; readonly why: Uint8Array };
  readonly gaps: TraceGaps;
  readonly firstMs: number;
  readonly lastMs: number;
}
