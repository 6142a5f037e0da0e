import { findTool } from '../catalogue/tools.ts';
import { resolveArgument } from '../engine/argument-path.ts';
import { type CompiledTool, compilePolicy } from '../engine/compile.ts';
import type { JsonObject, JsonValue } from '../json.ts';
import type { Policy, Rule } from '../policy/model.ts';
import { decidingRule, findCall, findDenied, inputTakes, withValue } from './argument-search.ts';
import { argsOf, type SampleCalls } from './evasion.ts';
import type { Steps } from './steps.ts';

/** Distinct calls that are looked at for each tool. */
const MOST_CALLS = 12;
/** A part of a word that is shorter says nothing about what a rule means. */
const SHORTEST_PART = 3;

/**
 * How a rule denies a call that means no harm. `inside-a-word`: its text stands in a longer word · `left-out`: an
 * argument that the tool does not ask for is missing · `white-space`: some stands behind a text · `extra-argument`: one
 * that the server does not look at.
 */
export type SloppyKind = 'inside-a-word' | 'left-out' | 'white-space' | 'extra-argument';

/**
 * A call that a rule denies although the server takes it. `args`: the denied call · `before` and `after`: the value in a
 * call that passes, or the text the rule is about, and the one here (`undefined`: none) · `inRun`: the call, or the one
 * it was made from, was in the run.
 */
export interface Sloppiness {
  readonly tool: string;
  readonly rule: string;
  readonly pointer: string;
  readonly kind: SloppyKind;
  readonly segments: readonly string[];
  readonly before: JsonValue | undefined;
  readonly after: JsonValue | undefined;
  readonly args: JsonObject;
  readonly inRun: boolean;
}

/**
 * Legitimate calls that rules on arguments deny by being written too loosely or too tightly: one for each rule, kind and
 * argument. Without calls of a run, calls are made up. Limits, approvals and rules that read counters are left aside.
 */
export function* findSloppiness(policy: Policy, calls: SampleCalls): Steps<Sloppiness[]> {
  const compiled = compilePolicy(policy);
  const found = new Map<string, Sloppiness>();
  for (const name of policy.tools.keys()) {
    const tool = compiled.tool(name);
    if (tool.refusal !== null) continue;
    const passing = passingCalls(name, tool, policy, calls);
    yield;
    for (const [index, { rule, readsCounters }] of tool.rules.entries()) {
      if (readsCounters || rule.conditions.length === 0) continue;
      const isLoose = rule.conditions.some(({ op }) => op === 'contains' || op === 'regex');
      const denied = rule.kind === 'deny_if' && isLoose ? deniedCalls(name, tool, policy, calls, index) : [];
      const place = { name, tool, rule, index };
      for (const one of [...insideWords(place, denied), ...rewritten(place, passing)]) {
        const key = JSON.stringify([one.pointer, one.kind, one.segments]);
        if (!found.has(key)) found.set(key, one);
      }
      yield;
    }
  }
  return [...found.values()];
}

/** A rule of a tool, and its place among the tool's rules. */
interface Place {
  readonly name: string;
  readonly tool: CompiledTool;
  readonly rule: Rule;
  readonly index: number;
}

interface Bases {
  readonly calls: readonly JsonObject[];
  readonly inRun: boolean;
}

function passingCalls(name: string, tool: CompiledTool, policy: Policy, { allowed }: SampleCalls): Bases {
  const seen = argsOf(allowed, name).filter((args) => decidingRule(tool, args) === -1);
  if (seen.length > 0) return { calls: seen.slice(0, MOST_CALLS), inRun: true };
  const made = findCall(name, tool, policy.dialect);
  return { calls: made.kind === 'found' ? [made.args] : [], inRun: false };
}

function deniedCalls(
  name: string,
  tool: CompiledTool,
  policy: Policy,
  { denied }: SampleCalls,
  index: number,
): readonly Bases[] {
  const seen = argsOf(denied, name).filter((args) => decidingRule(tool, args) === index);
  const made = findDenied(name, tool, policy.dialect, index);
  return [
    { calls: seen.slice(0, MOST_CALLS), inRun: true },
    { calls: made.kind === 'found' ? [made.args] : [], inRun: false },
  ];
}

function pathsOf({ rule }: Place): readonly (readonly string[])[] {
  return [...new Map(rule.conditions.map(({ segments }) => [JSON.stringify(segments), segments])).values()];
}

function sloppy(place: Place, rest: Omit<Sloppiness, 'tool' | 'rule' | 'pointer'>): Sloppiness {
  return { tool: place.name, rule: place.rule.rule, pointer: place.rule.pointer, ...rest };
}

/** Texts that a `deny_if` finds inside longer words: those of the run first, then one made up. */
function insideWords(place: Place, denied: readonly Bases[]): Sloppiness[] {
  const { name, tool, index } = place;
  return denied.flatMap(({ calls, inRun }) =>
    calls.flatMap((args) =>
      pathsOf(place).flatMap((segments): Sloppiness[] => {
        const value = resolveArgument(args, segments);
        if (!value.found || typeof value.value !== 'string') return [];
        const hits = (text: string): boolean => decidingRule(tool, withValue(args, segments, text)) === index;
        const words = value.value.match(/[\p{L}\p{N}_]+/gu) ?? [];
        for (const word of words.filter(hits)) {
          const part = partThatHits(word, hits);
          const after = part === word ? `x${part}x` : word;
          if (part.length < SHORTEST_PART || !hits(after)) continue;
          const whole = part === word ? withValue(args, segments, after) : args;
          const made = part === word || !inRun;
          if (inputTakes(name, whole))
            return [sloppy(place, { kind: 'inside-a-word', segments, before: part, after, args: whole, inRun: !made })];
        }
        return [];
      }),
    ),
  );
}

/** The shortest part of a word that is still hit when letters are taken off its ends. */
function partThatHits(word: string, hits: (text: string) => boolean): string {
  let letters = Array.from(word);
  while (letters.length > 1 && hits(letters.slice(0, -1).join(''))) letters = letters.slice(0, -1);
  while (letters.length > 1 && hits(letters.slice(1).join(''))) letters = letters.slice(1);
  return letters.join('');
}

/** Calls that pass, written as differently as a careful caller may, and then denied by this rule. */
function rewritten(place: Place, { calls, inRun }: Bases): Sloppiness[] {
  const { name, tool, index } = place;
  return calls.flatMap((base) =>
    pathsOf(place).flatMap((segments) =>
      variantsOf(place, base, segments).flatMap(([kind, after]): Sloppiness[] => {
        const args = withValue(base, segments, after);
        if (decidingRule(tool, args) !== index || !inputTakes(name, args)) return [];
        const value = resolveArgument(base, segments);
        return [sloppy(place, { kind, segments, before: value.found ? value.value : undefined, after, args, inRun })];
      }),
    ),
  );
}

function variantsOf(
  { name, rule }: Place,
  base: JsonObject,
  segments: readonly string[],
): readonly (readonly [SloppyKind, JsonValue | undefined])[] {
  const fields = findTool(name)?.fields ?? null;
  const field = fields?.find(({ name: known }) => known === segments[0]);
  const value = resolveArgument(base, segments);
  if (!value.found) return fields !== null && field === undefined ? [['extra-argument', 'x']] : [];
  const own = rule.conditions.filter((each) => JSON.stringify(each.segments) === JSON.stringify(segments));
  // why: who writes `exists` means the argument to be there.
  const isWanted = own.some(({ op }) => op === 'exists');
  const variants: (readonly [SloppyKind, JsonValue | undefined])[] = [];
  if (field !== undefined && !field.required && !isWanted) variants.push(['left-out', undefined]);
  // why: white space behind a name makes it the name of something else.
  if (typeof value.value === 'string' && !/id$/i.test(segments.at(-1) ?? '')) {
    variants.push(['white-space', `${value.value} `]);
  }
  return variants;
}
