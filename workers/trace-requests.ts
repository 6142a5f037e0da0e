import { transfer } from 'comlink';
import { convertTrace } from '../src/core/traces/convert-trace.ts';
import { MAX_TRACE_BYTES } from '../src/core/traces/limits.ts';
import { createTraceReader } from '../src/core/traces/read-trace.ts';
import type { TraceReading } from '../src/core/traces/trace.ts';
import type { GoOn, TraceAnswer, TraceRequest } from './engine-api.ts';
import { Slices } from './slices.ts';

/** Records between two looks at the time. */
const RECORDS = 256;
const TELL_EVERY_MS = 50;

/** Reads a trace in slices, or turns one into steps. `goOn` is asked now and then; false stops the reading. */
export async function answerTrace(request: TraceRequest, goOn: GoOn): Promise<TraceAnswer> {
  if (request.kind === 'convert') return convertTrace(request.run, request.name);
  const { file } = request;
  if (file.size > MAX_TRACE_BYTES) return { kind: 'too-large', message: 'a trace of more than 64 MB is not read' };
  const reader = createTraceReader(await file.text());
  const slices = new Slices(() => true);
  let toldMs = -Infinity;
  while (!reader.advance(RECORDS)) {
    await slices.pause();
    if (performance.now() - toldMs < TELL_EVERY_MS) continue;
    toldMs = performance.now();
    if (!(await goOn(reader.done, reader.length))) return { kind: 'stopped' };
  }
  const reading = reader.finish();
  return transfer({ kind: 'read', reading }, buffersOf(reading));
}

function buffersOf({ trace, skipped }: TraceReading): ArrayBuffer[] {
  const { atMs, caller, tool, args, upstream, latencyMs, argsFrom } = trace;
  const columns = [atMs, caller, tool, args, upstream, latencyMs, argsFrom, skipped.line, skipped.why];
  return columns.flatMap(({ buffer }) => (buffer instanceof ArrayBuffer ? [buffer] : []));
}
