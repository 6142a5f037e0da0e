import type { JsonValue } from '../../../src/core/json.ts';
import { convertTrace } from '../../../src/core/traces/convert-trace.ts';
import { planTrace, traceArguments } from '../../../src/core/traces/plan-trace.ts';
import { createTraceReader } from '../../../src/core/traces/read-trace.ts';
import { SKIP_REASONS, type TraceReading } from '../../../src/core/traces/trace.ts';
import { Dice, seedOf } from '../dice.ts';
import { mutateText } from '../mutate-text.ts';
import { mutateValue } from '../mutate-value.ts';
import { TRACES } from '../seeds.ts';
import { must, type Outcome, type Target } from '../target.ts';

const START_MS = Date.UTC(2026, 0, 1);

function valueOf(text: string): JsonValue | null {
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return null;
  }
}

/** A whole file with faults, or one record of it changed. */
function make(dice: Dice): string {
  const [one, other] = [dice.pick(TRACES), dice.pick(TRACES)];
  if (dice.oneIn(3)) return mutateText(one, other, dice);
  const lines = valueOf(one) === null ? one.split('\n') : [one];
  const at = dice.below(lines.length);
  const value = valueOf(lines[at] ?? '');
  if (value === null) return mutateText(one, other, dice);
  const changed = JSON.stringify(mutateValue(value, valueOf(other) ?? value, dice), null, dice.below(2));
  return lines.with(at, changed).join('\n');
}

function mustBeRead(reading: TraceReading, text: string): void {
  const { trace, skipped, lines } = reading;
  must(lines <= text.length + 1, `${lines} lines`);
  must(trace.argsText.length <= 8 * text.length + 100, `${trace.argsText.length} characters of arguments`);
  skipped.line.forEach((line, i) => {
    must(line >= 1 && line <= lines, `line ${line} of ${lines} is skipped`);
    must(SKIP_REASONS[skipped.why[i] ?? -1] !== undefined, `line ${line} is skipped for no reason`);
  });
  const argsAt = traceArguments(trace);
  for (let call = 0; call < trace.count; call++) {
    must((trace.atMs[call] ?? NaN) >= (trace.atMs[call - 1] ?? -Infinity), `call ${call} goes back in time`);
    must(trace.tools[trace.tool[call] ?? -1] !== undefined, `call ${call} has no tool`);
    must(trace.callers[trace.caller[call] ?? -1] !== undefined, `call ${call} has no caller`);
    must(typeof argsAt(trace.args[call] ?? -1) === 'object', `call ${call} has no arguments`);
  }
}

function check(text: string): Outcome {
  const dice = new Dice(seedOf(text));
  const reader = createTraceReader(text);
  // why: every record takes at least one character, so that more slices than that mean that it does not get on.
  for (let left = text.length + 2; !reader.advance(1 + dice.below(4)); left--) must(left > 0, 'reading does not end');
  const reading = reader.finish();
  mustBeRead(reading, text);
  if (reading.trace.count === 0) return 'refused';
  const run = { trace: reading.trace, choices: { grant: 'agent', startMs: START_MS, spacingMs: dice.below(5000) } };
  planTrace(run);
  const conversion = convertTrace(run, 'trace');
  if (conversion.kind === 'too-large') must(conversion.message !== '', 'a trace does not fit without words');
  return 'accepted';
}

/** Recorded traces of every format: read in slices, planned, turned into a scenario. */
export const TRACE_TARGET: Target = { name: 'traces', make, check };
