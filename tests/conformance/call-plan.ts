import type { Caller } from '../../src/core/engine/decision.ts';
import type { JsonObject } from '../../src/core/json.ts';
import { type CallPlan, UPSTREAM_CODE } from '../../src/core/simulator/columns.ts';
import type { DecideCase } from './cases.ts';

/**
 * The calls of a case as a plan, in the order of decision: by time, ties as given. `order[i]` is where decided call `i`
 * stands in the case.
 */
export function planOf({ calls, approvals }: DecideCase): { plan: CallPlan; order: readonly number[] } {
  const order = calls.map((_, i) => i).sort((a, b) => calls[a]!.atMs - calls[b]!.atMs || a - b);
  const sorted = order.map((i) => calls[i]!);
  const tools = [...new Set(calls.map(({ tool }) => tool))];
  const callers: Caller[] = [];
  const callerOf = new Map<string, number>();
  for (const { grant, session } of calls) {
    const key = JSON.stringify([grant, session]);
    if (!callerOf.has(key)) callerOf.set(key, callers.push({ grant, session }) - 1);
  }
  const args: JsonObject[] = sorted.map((call) => call.args ?? {});
  const plan: CallPlan = {
    calls: {
      count: calls.length,
      atMs: Float64Array.from(sorted, ({ atMs }) => atMs),
      caller: Uint16Array.from(sorted, ({ grant, session }) => callerOf.get(JSON.stringify([grant, session]))!),
      tool: Uint16Array.from(sorted, ({ tool }) => tools.indexOf(tool)),
      args: Uint32Array.from(sorted, (_, i) => i),
      upstream: Uint8Array.from(sorted, ({ upstream }) => UPSTREAM_CODE[upstream]),
      // why: 49 days, the most that a column holds, are longer than any window.
      latencyMs: Uint32Array.from(sorted, ({ latencyMs }) => Math.min(latencyMs, 0xffff_ffff)),
    },
    table: { callers, tools, argsCount: args.length, argsAt: (id) => args[id]! },
    reactions: callers.map(() => null),
    approvals,
  };
  return { plan, order };
}
