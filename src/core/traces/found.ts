import type { JsonObject } from '../json.ts';
import { UPSTREAM_CODE } from '../simulator/columns.ts';
import type { RecordedTime } from './recorded-time.ts';
import type { OtherKind, SkipReason, TraceFormat } from './trace.ts';

/** What stands around a call and is said of it: the line it is on, and the objects it is wrapped in. */
export interface Around {
  readonly time: RecordedTime | null;
  readonly grant: string | null;
  readonly session: string | null;
}

/** A call as a recogniser found it. `args: null`: they were not recorded · `id`: of a tool use in a transcript. */
export interface FoundCall {
  readonly tool: string;
  readonly args: JsonObject | null;
  readonly id: string | null;
  readonly upstream: number;
  readonly latencyMs: number;
}

/**
 * A record that is understood: its calls, or what else it is, and what of it cannot be used. Never empty.
 * `format: null`: several formats write it like that.
 */
export interface FoundRecord {
  readonly format: TraceFormat | null;
  readonly calls: readonly FoundCall[];
  readonly other: OtherKind | null;
  readonly problems: readonly SkipReason[];
}

/** Recognises an object; null when it is of another format. Never throws. */
export type Recogniser = (record: JsonObject) => FoundRecord | null;

/** A record without a call. */
export function foundOther(format: TraceFormat, other: OtherKind): FoundRecord {
  return { format, calls: [], other, problems: [] };
}

/** A record that would be a call, and why it is none. */
export function foundProblem(format: TraceFormat, problem: SkipReason): FoundRecord {
  return { format, calls: [], other: null, problems: [problem] };
}

/** A call that the simulated server answers. */
export function foundCall(tool: string, args: JsonObject | null, id: string | null = null): FoundCall {
  return { tool, args, id, upstream: UPSTREAM_CODE.auto, latencyMs: 0 };
}
