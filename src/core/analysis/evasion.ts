import { type CompiledTool, compilePolicy } from '../engine/compile.ts';
import type { JsonObject } from '../json.ts';
import type { PatternCompiler, Policy } from '../policy/model.ts';
import { decidingRule, findCall, findDenied } from './argument-search.ts';
import { type Closing, closeWays } from './close-ways.ts';
import type { Steps } from './steps.ts';
import { type Way, waysAround } from './ways.ts';

/** Distinct calls that are looked at for each rule and outcome. */
const MOST_CALLS = 12;

/** A call that a run decided, or that could be. */
export interface SampleCall {
  readonly tool: string;
  readonly args: JsonObject;
}

/** Calls of a run by what became of them. */
export interface SampleCalls {
  readonly denied: readonly SampleCall[];
  readonly allowed: readonly SampleCall[];
}

/**
 * A rule that a call gets around by being written differently: the denied call, the ways that pass (the smallest
 * difference first, those that the server accepts before others), and rules that keep them out.
 * `inRun`: the denied call was in the run; else it was made up.
 */
export interface Evasion {
  readonly tool: string;
  readonly rule: string;
  readonly pointer: string;
  readonly args: JsonObject;
  readonly inRun: boolean;
  readonly ways: readonly Way[];
  /** Verified: it closes the ways it says, and denies none of the run's allowed calls. No rules where none was found. */
  readonly closing: Closing;
}

/**
 * Looks for ways around every rule on arguments: calls that differ from a denied one only in how an agent wrote one
 * argument, and pass. `denied` and `allowed` are calls of a run; for a rule that denied none, one is made up. Limits,
 * approvals and rules that read counters are left aside. The same input gives the same answer. Stops
 * after each rule.
 */
export function* findEvasions(policy: Policy, calls: SampleCalls, compilePattern: PatternCompiler): Steps<Evasion[]> {
  const compiled = compilePolicy(policy);
  const evasions: Evasion[] = [];
  for (const name of policy.tools.keys()) {
    const tool = compiled.tool(name);
    if (tool.refusal !== null) continue;
    const allowed = callsToKeep(name, tool, policy, calls);
    for (const [index, { rule, readsCounters }] of tool.rules.entries()) {
      if (readsCounters || rule.conditions.length === 0) continue;
      const seen = argsOf(calls.denied, name).filter((args) => decidingRule(tool, args) === index);
      const made = seen.length > 0 ? null : findDenied(name, tool, policy.dialect, index);
      const bases = made?.kind === 'found' ? [made.args] : seen.slice(0, MOST_CALLS);
      const found = bases.map((args) => ({ args, ways: waysAround(name, tool, rule, args) }));
      const best = found.reduce((a, b) => (b.ways.length > a.ways.length ? b : a), { args: {}, ways: [] });
      yield;
      if (best.ways.length === 0) continue;
      const others = found.flatMap((each) => (each === best ? [] : each.ways));
      const closing = closeWays({ tool: name, rule, ways: best.ways, others, allowed, policy, compilePattern });
      evasions.push({ tool: name, rule: rule.rule, pointer: rule.pointer, ...best, inRun: made === null, closing });
    }
  }
  return evasions;
}

/** Arguments of calls that a closing rule may not deny: those the run allowed, or else one made up. */
function callsToKeep(name: string, tool: CompiledTool, policy: Policy, { allowed }: SampleCalls): JsonObject[] {
  const seen = argsOf(allowed, name);
  if (seen.length > 0) return seen;
  const made = findCall(name, tool, policy.dialect);
  return made.kind === 'found' ? [made.args] : [];
}

/** Arguments of distinct calls of a tool. */
export function argsOf(calls: readonly SampleCall[], tool: string): JsonObject[] {
  const distinct = new Map<string, JsonObject>();
  for (const call of calls) if (call.tool === tool) distinct.set(JSON.stringify(call.args), call.args);
  return [...distinct.values()];
}
