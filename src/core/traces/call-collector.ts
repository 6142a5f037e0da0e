import { findTool } from '../catalogue/tools.ts';
import { UPSTREAM_CODE } from '../simulator/columns.ts';
import type { Around, FoundCall } from './found.ts';
import { GrowingColumn } from './growing-column.ts';
import { MAX_ARGUMENT_DEPTH, MAX_TRACE_CALLS } from './limits.ts';
import { depthOf } from './members.ts';
import { NameTable } from './name-table.ts';
import type { SkipReason, TraceCaller, TraceFormat, TraceGaps } from './trace.ts';

const SERVER_PREFIX = /^mcp__.+?__(?=.)/;

/** What became of a call: kept, seen before in the transcript, or not usable. */
export type Kept = 'kept' | 'repeated' | SkipReason;

/** Writes the calls of a trace into columns, in the order of the file. `atMs` is NaN where none is recorded. */
export class CallCollector {
  readonly atMs = new GrowingColumn((length) => new Float64Array(length));
  readonly caller = new GrowingColumn((length) => new Uint16Array(length));
  readonly tool = new GrowingColumn((length) => new Uint16Array(length));
  readonly args = new GrowingColumn((length) => new Uint32Array(length));
  readonly upstream = new GrowingColumn((length) => new Uint8Array(length));
  readonly latencyMs = new GrowingColumn((length) => new Uint32Array(length));
  readonly line = new GrowingColumn((length) => new Uint32Array(length));
  readonly callers = new NameTable<TraceCaller>();
  readonly tools = new NameTable<string>();
  /** JSON of the arguments; texts are told apart by tool, so that a text goes with one. */
  readonly texts = new NameTable<string>(MAX_TRACE_CALLS);
  readonly gaps: { -readonly [name in keyof TraceGaps]: number } = {
    noTime: 0,
    noZone: 0,
    noArguments: 0,
    noGrant: 0,
    unknownTool: 0,
    shortened: 0,
  };
  readonly #used = new Set<string>();

  /** Keeps a call, unless something is against it. */
  add(call: FoundCall, around: Around, format: TraceFormat | null, line: number): Kept {
    if (this.atMs.size >= MAX_TRACE_CALLS) return 'too-many-calls';
    const args = call.args ?? {};
    if (depthOf(args, MAX_ARGUMENT_DEPTH + 1) > MAX_ARGUMENT_DEPTH) return 'arguments-too-deep';
    const inTranscript = format === 'anthropic' || format === 'openai';
    const name = inTranscript ? call.tool.replace(SERVER_PREFIX, '') : call.tool;
    const text = JSON.stringify(args);
    if (call.id !== null && this.#isRepeated(`${call.id} ${name} ${text}`)) return 'repeated';
    const tool = this.tools.add(name, name);
    const { grant, session } = around;
    const caller = this.callers.add(JSON.stringify([grant, session]), { grant, session });
    if (tool < 0 || caller < 0) return 'too-many-names';
    this.tool.push(tool);
    this.caller.push(caller);
    this.args.push(this.texts.add(`${tool} ${text}`, text));
    this.atMs.push(around.time?.atMs ?? NaN);
    // why: the simulated server refuses tools and arguments it does not know, and a refusal would give limits back.
    const isAnswered = call.args !== null && findTool(name) !== null;
    this.upstream.push(isAnswered || call.upstream !== UPSTREAM_CODE.auto ? call.upstream : UPSTREAM_CODE.ok);
    this.latencyMs.push(call.latencyMs);
    this.line.push(line);
    this.#note(call, around, name);
    return 'kept';
  }

  #isRepeated(use: string): boolean {
    if (this.#used.has(use)) return true;
    this.#used.add(use);
    return false;
  }

  #note(call: FoundCall, { time, grant }: Around, name: string): void {
    const { gaps } = this;
    if (time === null) gaps.noTime++;
    else if (!time.hasZone) gaps.noZone++;
    if (call.args === null) gaps.noArguments++;
    if (grant === null) gaps.noGrant++;
    if (findTool(name) === null) gaps.unknownTool++;
    if (name !== call.tool) gaps.shortened++;
  }
}
