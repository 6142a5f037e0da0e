import { type CompiledTool, compilePolicy } from '../engine/compile.ts';
import { compileCondition } from '../engine/operators.ts';
import type { JsonObject } from '../json.ts';
import type { Condition, PatternCompiler, Policy, Rule } from '../policy/model.ts';
import { decidingRule, findDenied, inputTakes } from './argument-search.ts';
import { closingRules, type ClosingRule } from './closing-rules.ts';
import { mutationsAt, MUTATION_KINDS, type Mutation } from './mutations.ts';
import type { Steps } from './steps.ts';

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

/** A way around a rule. `accepted`: the server takes the call so written; else it refuses its input and does nothing. */
export interface Way {
  readonly mutation: Mutation;
  readonly accepted: boolean;
}

/**
 * A rule that a call gets around by being written differently: the denied call, the ways that pass (the smallest
 * difference first, those that the server accepts before others), and a rule that keeps the first of them out.
 * `inRun`: the denied call was in the run; else it was made up.
 */
export interface Evasion {
  readonly tool: string;
  readonly rule: string;
  readonly pointer: string;
  readonly args: JsonObject;
  readonly inRun: boolean;
  readonly ways: readonly Way[];
  /** Verified: it denies the ways counted in `closes`, and none of the run's allowed calls. Null when none was found. */
  readonly closing: (ClosingRule & { readonly closes: number }) | null;
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
    const allowed = argsOf(calls.allowed, name);
    for (const [index, { rule, readsCounters }] of tool.rules.entries()) {
      if (readsCounters || rule.conditions.length === 0) continue;
      const seen = argsOf(calls.denied, name).filter((args) => decidingRule(tool, args) === index);
      const made = seen.length > 0 ? null : findDenied(name, tool, policy.dialect, index);
      const bases = made?.kind === 'found' ? [made.args] : seen.slice(0, MOST_CALLS);
      const found = bases.map((args) => ({ args, ways: waysAround(name, tool, rule, args) }));
      const best = found.reduce((a, b) => (b.ways.length > a.ways.length ? b : a), { args: {}, ways: [] });
      yield;
      if (best.ways.length === 0) continue;
      const closing = close(rule, best.ways, allowed, policy, compilePattern);
      evasions.push({ tool: name, rule: rule.rule, pointer: rule.pointer, ...best, inRun: made === null, closing });
    }
  }
  return evasions;
}

/** Arguments of distinct calls of a tool. */
export function argsOf(calls: readonly SampleCall[], tool: string): JsonObject[] {
  const distinct = new Map<string, JsonObject>();
  for (const call of calls) if (call.tool === tool) distinct.set(JSON.stringify(call.args), call.args);
  return [...distinct.values()];
}

function waysAround(name: string, tool: CompiledTool, rule: Rule, args: JsonObject): Way[] {
  const paths = new Map(rule.conditions.map(({ segments }) => [JSON.stringify(segments), segments]));
  return [...paths.values()]
    .flatMap((segments) => mutationsAt(args, segments))
    .filter((mutation) => decidingRule(tool, mutation.args) === -1)
    .map((mutation): Way => ({ mutation, accepted: inputTakes(name, mutation.args) }))
    .sort((a, b) => Number(b.accepted) - Number(a.accepted) || orderOf(a) - orderOf(b));
}

function orderOf({ mutation }: Way): number {
  return MUTATION_KINDS.indexOf(mutation.kind);
}

/** The rule that keeps most ways out, the first of them among these, and no allowed call. */
function close(
  rule: Rule,
  ways: readonly Way[],
  allowed: readonly JsonObject[],
  policy: Policy,
  compilePattern: PatternCompiler,
): Evasion['closing'] {
  const [first] = ways;
  if (first === undefined) return null;
  let best: Evasion['closing'] = null;
  for (const candidate of closingRules(rule, first.mutation)) {
    // why: Intercept has no rule that denies when something holds.
    if (policy.dialect === 'intercept' && candidate.list === 'deny_if') continue;
    const denies = compileClosing(candidate, policy, compilePattern);
    if (denies === null || !denies(first.mutation.args) || allowed.some(denies)) continue;
    const closes = ways.filter(({ mutation }) => denies(mutation.args)).length;
    if (closes > (best?.closes ?? 0)) best = { ...candidate, closes };
  }
  return best;
}

function compileClosing(
  { list, conditions }: ClosingRule,
  policy: Policy,
  compilePattern: PatternCompiler,
): ((args: JsonObject) => boolean) | null {
  const tests: ((args: JsonObject) => boolean)[] = [];
  for (const { segments, op, value } of conditions) {
    const made = op === 'regex' && typeof value === 'string' ? compilePattern(value) : null;
    if (made?.ok === false) return null;
    const condition: Condition = {
      source: 'args',
      segments,
      counterKey: '',
      path: ['args', ...segments].join('.'),
      op,
      value,
      pattern: made?.pattern ?? null,
      pointer: '',
    };
    tests.push(compileCondition(condition, policy.dialect));
  }
  return (args) => tests.every((test) => test(args)) === (list === 'deny_if');
}
