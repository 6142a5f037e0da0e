import { traceArguments } from '../../../src/core/traces/plan-trace.ts';
import { SKIP_REASONS, type TraceReading } from '../../../src/core/traces/trace.ts';

/** A reading as plain JSON, in the form of the case files: one text a call, gaps only where there are some. */
export function describeReading({ trace, ...reading }: TraceReading): object {
  const argsAt = traceArguments(trace);
  const calls = Array.from(trace.atMs, (atMs, call) => {
    const { grant, session } = trace.callers[trace.caller[call] ?? -1] ?? {};
    const when = trace.hasTimes ? new Date(atMs).toISOString() : `#${atMs}`;
    const args = JSON.stringify(argsAt(trace.args[call] ?? -1));
    const answer = `${trace.upstream[call]}/${trace.latencyMs[call]}`;
    return `${when} ${grant ?? '-'} ${session ?? '-'} ${trace.tools[trace.tool[call] ?? -1]} ${args} ${answer}`;
  });
  const { lines, records, formats, others, gaps } = reading;
  return {
    lines,
    records,
    formats: Object.fromEntries(formats.map((one) => [one.format, one.records])),
    others: Object.fromEntries(others.map(({ kind, count }) => [kind, count])),
    skipped: [...reading.skipped.line].map((line, i) => `${line} ${SKIP_REASONS[reading.skipped.why[i] ?? -1]}`),
    gaps: Object.fromEntries(Object.entries(gaps).filter(([, count]) => count > 0)),
    calls,
  };
}
