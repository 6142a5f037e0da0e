import { compilePolicy } from '../engine/compile.ts';
import { compileCondition } from '../engine/operators.ts';
import type { JsonObject } from '../json.ts';
import type { Condition, PatternCompiler, Policy, Rule } from '../policy/model.ts';
import { findDenied } from './argument-search.ts';
import { type ClosingRule, closingRules } from './closing-rules.ts';
import { type Way, waysAround } from './ways.ts';

/** Most rules that are added for one. */
const MOST_RULES = 8;

/**
 * Why a way stays open. `denies-allowed`: what closes it would deny a call that has to pass, too · `no-rule`: no rule that
 * was tried closes it.
 */
export type OpenReason = 'denies-allowed' | 'no-rule';

/**
 * Rules to add, all at once, how many ways they close, and those that stay open, by their place among the ways.
 * `others`: ways that were not among them and are open then, around the added rules or from another denied call.
 */
export interface Closing {
  readonly rules: readonly ClosingRule[];
  readonly closes: number;
  readonly open: readonly { readonly way: number; readonly why: OpenReason }[];
  readonly others: number;
}

/** What a search for closing rules hangs on: a rule of a tool, the ways around it, and arguments that have to pass. */
export interface Hole {
  readonly tool: string;
  readonly rule: Rule;
  readonly ways: readonly Way[];
  /** Ways of other calls around the rule, to be closed as well. */
  readonly others: readonly Way[];
  readonly allowed: readonly JsonObject[];
  readonly policy: Policy;
  readonly compilePattern: PatternCompiler;
}

/** A rule to choose from; `isKind`: it denies nothing that has to pass. */
interface Candidate {
  readonly made: ClosingRule;
  readonly rule: Rule;
  readonly isKind: boolean;
  readonly denies: (args: JsonObject) => boolean;
}

/**
 * Rules that close every way that some rule closes without denying what has to pass: always the one that closes most,
 * until none closes more; then the same for the ways that are open with those. The evaluator decides every one of them.
 */
export function closeWays(hole: Hole): Closing {
  const { ways } = hole;
  const all = [...ways, ...hole.others];
  const first = candidatesFor(hole, hole.rule, all);
  let candidates = first;
  let open = all.map(({ mutation }) => mutation.args);
  const known = new Map(open.map((args) => [JSON.stringify(args), args]));
  const added: Candidate[] = [];
  while (added.length < MOST_RULES) {
    const best = bestOf(candidates, open);
    if (best !== null) {
      added.push(best);
      open = open.filter((args) => !best.denies(args));
      continue;
    }
    const further = waysThen(hole, added).filter(({ way }) => !known.has(JSON.stringify(way.mutation.args)));
    if (further.length === 0) break;
    candidates = [...candidates, ...further.flatMap(({ rule, way }) => candidatesFor(hole, rule, [way]))];
    open = further.map(({ way }) => way.mutation.args);
    for (const args of open) known.set(JSON.stringify(args), args);
  }
  const needed = withoutNeedless(added, [...known.values()]);
  const seen = new Set(ways.map(({ mutation }) => JSON.stringify(mutation.args)));
  const others = waysThen(hole, needed).filter(({ way }) => !seen.has(JSON.stringify(way.mutation.args)));
  return { ...told(ways, first, needed), others: others.length };
}

function told(
  ways: readonly Way[],
  candidates: readonly Candidate[],
  added: readonly Candidate[],
): Omit<Closing, 'others'> {
  const open = ways.flatMap(({ mutation }, way) => {
    if (added.some(({ denies }) => denies(mutation.args))) return [];
    const isClosable = candidates.some(({ denies }) => denies(mutation.args));
    return [{ way, why: isClosable ? ('denies-allowed' as const) : ('no-rule' as const) }];
  });
  return { rules: added.map(({ made }) => made), closes: ways.length - open.length, open };
}

/** The first of those that close most, as long as it closes one. */
function bestOf(candidates: readonly Candidate[], open: readonly JsonObject[]): Candidate | null {
  let best: Candidate | null = null;
  let most = 0;
  for (const candidate of candidates) {
    const closes = candidate.isKind ? open.filter(candidate.denies).length : 0;
    if (closes > most) [best, most] = [candidate, closes];
  }
  return best;
}

/** why: a rule made early may be one whose ways later ones close as well. */
function withoutNeedless(added: readonly Candidate[], targets: readonly JsonObject[]): readonly Candidate[] {
  const closes = (rules: readonly Candidate[]): number =>
    targets.filter((args) => rules.some(({ denies }) => denies(args))).length;
  return added.reduce<readonly Candidate[]>((kept, each) => {
    const others = kept.filter((one) => one !== each);
    return closes(others) === closes(kept) ? others : kept;
  }, added);
}

/** What passes the policy with the added rules, and is a way around one of these or around the rule itself. */
function waysThen(hole: Hole, added: readonly Candidate[]): readonly { readonly rule: Rule; readonly way: Way }[] {
  const { policy, tool: name } = hole;
  if (added.length === 0) return [];
  const tool = compilePolicy(
    withRules(
      policy,
      name,
      added.map(({ rule }) => rule),
    ),
  ).tool(name);
  return tool.rules.flatMap(({ rule }, index) => {
    if (rule !== hole.rule && !added.some((each) => each.rule === rule)) return [];
    const denied = findDenied(name, tool, policy.dialect, index);
    return denied.kind === 'found' ? waysAround(name, tool, rule, denied.args).map((way) => ({ rule, way })) : [];
  });
}

/** The policy with rules added where its text would have them: at the end of their list. */
function withRules(policy: Policy, name: string, added: readonly Rule[]): Policy {
  const tool = policy.tools.get(name);
  if (tool === undefined) return policy;
  const of = (kind: Rule['kind']): readonly Rule[] => [
    ...tool.rules.filter((rule) => rule.kind === kind),
    ...added.filter((rule) => rule.kind === kind),
  ];
  const rules = policy.dialect === 'intercept' ? [...tool.rules, ...added] : [...of('require'), ...of('deny_if')];
  return { ...policy, tools: new Map([...policy.tools, [name, { ...tool, rules }]]) };
}

function candidatesFor(hole: Hole, rule: Rule, ways: readonly Way[]): readonly Candidate[] {
  const made = ways.flatMap(({ mutation }) => closingRules(hole.tool, rule, mutation));
  const distinct = new Map(made.map((each) => [JSON.stringify(each), each]));
  return [...distinct.values()].flatMap((each): Candidate[] => {
    // why: Intercept has no rule that denies when something holds.
    if (hole.policy.dialect === 'intercept' && each.list === 'deny_if') return [];
    const compiled = ruleOf(each, hole);
    if (compiled === null) return [];
    const tests = compiled.conditions.map((condition) => compileCondition(condition, hole.policy.dialect));
    const denies = (args: JsonObject): boolean => tests.every((test) => test(args)) === (each.list === 'deny_if');
    return [{ made: each, rule: compiled, denies, isKind: !hole.allowed.some(denies) }];
  });
}

function ruleOf({ list, conditions }: ClosingRule, { compilePattern }: Hole): Rule | null {
  const made: Condition[] = [];
  for (const { segments, op, value } of conditions) {
    const pattern = op === 'regex' && typeof value === 'string' ? compilePattern(value) : null;
    if (pattern?.ok === false) return null;
    const path = ['args', ...segments].join('.');
    made.push({
      source: 'args',
      segments,
      counterKey: '',
      path,
      op,
      value,
      pattern: pattern?.pattern ?? null,
      pointer: '',
    });
  }
  return { kind: list, conditions: made, rule: '', pointer: '', onDeny: null };
}
