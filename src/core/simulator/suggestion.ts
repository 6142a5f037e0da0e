import { PolicySuggester, type SuggestOptions } from '../policy/suggest/suggest-policy.ts';
import { CallList } from './call-list.ts';
import { type CallPlan, OUTCOME_CODE, UPSTREAM_CODE } from './columns.ts';
import { entry } from './entry.ts';
import type { Pass } from './pass.ts';
import type { Run } from './run.ts';

/** Which calls of a run count as legitimate: those that were allowed, or all. */
export interface SuggestRequest extends SuggestOptions {
  readonly calls: 'allowed' | 'all';
}

/**
 * A policy learned from a run. `text` is PolicyLayer JSON, `calls` are those it came from, `denied` how many of them it
 * denies when they are decided by it: none, unless the program is at fault.
 */
export interface Suggestion {
  readonly text: string;
  readonly calls: number;
  readonly tools: number;
  readonly denied: number;
}

/** A policy as text and the calls it was learned from, ascending. */
export interface Learned {
  readonly text: string;
  readonly calls: Uint32Array;
  readonly tools: number;
}

/** Learns a policy from a run. Calls of grants without a policy are left out: no text of a policy is about them. */
export function learningPass(run: Run, request: SuggestRequest): Pass<Learned> {
  const { columns, table, noPolicy, windows } = run;
  const suggester = new PolicySuggester(request, windows);
  const calls = new CallList();
  const tools = new Set<number>();
  /** By arguments: one more than the tool they were learned for last. */
  const learnedFor = new Uint16Array(table.argsCount);
  const { atMs, caller, tool, args, outcome } = columns;
  return {
    add(from, to) {
      for (let call = from; call < to; call++) {
        const { grant } = entry(table.callers, entry(caller, call));
        if (request.calls === 'allowed' && outcome[call] !== OUTCOME_CODE.allow) continue;
        if (noPolicy.includes(grant)) continue;
        calls.push(call);
        const toolId = entry(tool, call);
        const argsId = entry(args, call);
        const name = entry(table.tools, toolId);
        tools.add(toolId);
        suggester.count(name, grant, entry(atMs, call));
        if (learnedFor[argsId] === toolId + 1) continue;
        learnedFor[argsId] = toolId + 1;
        suggester.learn(name, table.argsAt(argsId));
      }
    },
    finish: () => ({ text: suggester.text(), calls: calls.toArray(), tools: tools.size }),
  };
}

/** Some calls of a run as a plan of their own. All are answered well, so that no counter gets anything back. */
export function planOf({ columns, table }: Run, calls: Uint32Array): CallPlan {
  return {
    calls: {
      count: calls.length,
      atMs: Float64Array.from(calls, (call) => entry(columns.atMs, call)),
      caller: Uint16Array.from(calls, (call) => entry(columns.caller, call)),
      tool: Uint16Array.from(calls, (call) => entry(columns.tool, call)),
      args: Uint32Array.from(calls, (call) => entry(columns.args, call)),
      upstream: new Uint8Array(calls.length).fill(UPSTREAM_CODE.ok),
      latencyMs: new Uint32Array(calls.length),
    },
    table,
    reactions: table.callers.map(() => null),
    approvals: { mode: 'ignore', afterMs: 0 },
  };
}
