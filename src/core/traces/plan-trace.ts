import type { JsonObject } from '../json.ts';
import type { CallPlan } from '../simulator/columns.ts';
import type { Trace, TraceRun } from './trace.ts';

/** Session of calls that name none, as in a scenario. */
const SESSION = 's1';

/** The arguments with an index, read anew every time; `{}` outside the table. */
export function traceArguments({ argsText, argsFrom }: Trace): (id: number) => JsonObject {
  return (id) => {
    const [from, to] = [argsFrom[id], argsFrom[id + 1]];
    return from === undefined || to === undefined ? {} : (JSON.parse(argsText.slice(from, to)) as JsonObject);
  };
}

/** When the calls of a trace are made, in ms since the epoch. */
export function traceTimes({ trace, choices }: TraceRun): Float64Array {
  const { startMs, spacingMs } = choices;
  return trace.hasTimes ? trace.atMs : trace.atMs.map((number) => startMs + number * spacingMs);
}

/** The calls of a trace as a run makes them: as they are, without reactions or approvals (a trace records none). */
export function planTrace(run: TraceRun): CallPlan {
  const { trace, choices } = run;
  const { count, caller, tool, args, upstream, latencyMs, callers, tools, argsFrom } = trace;
  return {
    calls: { count, atMs: traceTimes(run), caller, tool, args, upstream, latencyMs },
    table: {
      callers: callers.map(({ grant, session }) => ({ grant: grant ?? choices.grant, session: session ?? SESSION })),
      tools,
      argsCount: argsFrom.length - 1,
      argsAt: traceArguments(trace),
    },
    reactions: callers.map(() => null),
    approvals: { mode: 'ignore', afterMs: 0 },
  };
}
