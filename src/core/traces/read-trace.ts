import { CallCollector } from './call-collector.ts';
import type { Around, FoundRecord } from './found.ts';
import { GrowingColumn } from './growing-column.ts';
import { isObject } from './members.ts';
import { putInOrder, type TimeOrder } from './put-in-order.ts';
import { recognise } from './recognise.ts';
import { findTime } from './recorded-time.ts';
import { type Piece, TraceSplitter } from './splitter.ts';
import {
  OTHER_KINDS,
  type OtherKind,
  SKIP_REASONS,
  type SkipReason,
  type Trace,
  TRACE_FORMATS,
  type TraceFormat,
  type TraceReading,
} from './trace.ts';

/** A trace being read, in slices. */
export interface TraceReader {
  /** Characters read so far, and in all. */
  readonly done: number;
  readonly length: number;
  /** Reads up to `maxRecords` more records; true when all are read. */
  advance(maxRecords: number): boolean;
  /** Reads what is left and gives everything found. The same in whatever slices it was read. */
  finish(): TraceReading;
}

/** Reads a recorded trace (docs: scenario.md#recorded-calls): formats are recognised record by record. Never throws. */
export function createTraceReader(text: string): TraceReader {
  return new Reader(text);
}

const NOTHING_AROUND: Around = { time: null, grant: null, session: null };

class Reader implements TraceReader {
  readonly #splitter: TraceSplitter;
  readonly #calls = new CallCollector();
  readonly #formats = new Map<TraceFormat, number>();
  readonly #others = new Map<OtherKind, number>();
  readonly #skippedLine = new GrowingColumn((length) => new Uint32Array(length));
  readonly #skippedWhy = new GrowingColumn((length) => new Uint8Array(length));
  #records = 0;

  constructor(text: string) {
    this.#splitter = new TraceSplitter(text);
  }

  get done(): number {
    return this.#splitter.at;
  }

  get length(): number {
    return this.#splitter.length;
  }

  advance(maxRecords: number): boolean {
    for (let i = 0; i < maxRecords; i++) {
      const piece = this.#splitter.next();
      if (piece === null) return true;
      this.#read(piece);
    }
    return false;
  }

  finish(): TraceReading {
    while (!this.advance(Number.MAX_SAFE_INTEGER));
    const times = putInOrder(this.#calls.atMs.toArray());
    const lines = this.#calls.line.toArray();
    for (const call of times.order.subarray(times.kept)) this.#skip(lines[call] ?? 0, 'after-31-days');
    const trace = this.#trace(times);
    return {
      trace,
      lines: this.#splitter.line - (this.#splitter.endsLine ? 1 : 0),
      records: this.#records,
      formats: TRACE_FORMATS.flatMap((format) => {
        const records = this.#formats.get(format) ?? 0;
        return records > 0 ? [{ format, records }] : [];
      }),
      others: OTHER_KINDS.flatMap((kind) => {
        const count = this.#others.get(kind) ?? 0;
        return count > 0 ? [{ kind, count }] : [];
      }),
      skipped: this.#skipped(),
      gaps: this.#calls.gaps,
      firstMs: trace.atMs[0] ?? 0,
      lastMs: trace.atMs[trace.count - 1] ?? 0,
    };
  }

  #read(piece: Piece): void {
    this.#records++;
    if (piece.kind === 'blank') this.#count('blank');
    else if (piece.kind === 'bad') this.#skip(piece.line, piece.why);
    else if (!isObject(piece.value)) this.#skip(piece.line, 'not-an-object');
    else {
      const outer = piece.prefix === '' ? NOTHING_AROUND : { ...NOTHING_AROUND, time: findTime(piece.prefix) };
      recognise(piece.value, outer, ({ record, around }) => {
        if (record === null) this.#skip(piece.line, 'unknown-format');
        else this.#take(record, around, piece.line);
      });
    }
  }

  #take({ format, calls, other, problems }: FoundRecord, around: Around, line: number): void {
    if (format !== null) this.#formats.set(format, (this.#formats.get(format) ?? 0) + 1);
    if (other !== null) this.#count(other);
    for (const problem of problems) this.#skip(line, problem);
    for (const call of calls) {
      const kept = this.#calls.add(call, around, format, line);
      if (kept === 'repeated') this.#count(kept);
      else if (kept !== 'kept') this.#skip(line, kept);
    }
  }

  #count(kind: OtherKind): void {
    this.#others.set(kind, (this.#others.get(kind) ?? 0) + 1);
  }

  #skip(line: number, why: SkipReason): void {
    this.#skippedLine.push(line);
    this.#skippedWhy.push(SKIP_REASONS.indexOf(why));
  }

  /** In the order of the file; calls that came too late were found last. */
  #skipped(): TraceReading['skipped'] {
    const line = this.#skippedLine.toArray();
    const why = this.#skippedWhy.toArray();
    const order = Uint32Array.from(line, (_, i) => i);
    if (line.some((at, i) => i > 0 && at < (line[i - 1] ?? 0))) {
      order.sort((a, b) => (line[a] ?? 0) - (line[b] ?? 0) || a - b);
    }
    return { line: taken(line, order, order.length), why: taken(why, order, order.length) };
  }

  #trace({ hasTimes, atMs, order, kept }: TimeOrder): Trace {
    const { caller, tool, args, upstream, latencyMs, callers, tools, texts } = this.#calls;
    const argsFrom = new Uint32Array(texts.list.length + 1);
    texts.list.forEach((text, i) => (argsFrom[i + 1] = (argsFrom[i] ?? 0) + text.length));
    return {
      count: kept,
      hasTimes,
      atMs: taken(atMs, order, kept),
      caller: taken(caller.toArray(), order, kept),
      tool: taken(tool.toArray(), order, kept),
      args: taken(args.toArray(), order, kept),
      upstream: taken(upstream.toArray(), order, kept),
      latencyMs: taken(latencyMs.toArray(), order, kept),
      callers: callers.list,
      tools: tools.list,
      argsText: texts.list.join(''),
      argsFrom,
    };
  }
}

/** The first `kept` of these values in an order. */
function taken<T extends Float64Array | Uint32Array | Uint16Array | Uint8Array>(
  values: T,
  order: Uint32Array,
  kept: number,
): T {
  const sorted = values.slice(0, kept) as T;
  for (let i = 0; i < kept; i++) sorted[i] = values[order[i] ?? 0] ?? 0;
  return sorted;
}
