import { fieldAccepts } from '../catalogue/check-arguments.ts';
import { SAMPLE_ARGUMENTS } from '../catalogue/seed.ts';
import { findTool } from '../catalogue/tools.ts';
import { resolveArgument } from '../engine/argument-path.ts';
import type { CompiledTool } from '../engine/compile.ts';
import { compileCondition } from '../engine/operators.ts';
import type { JsonObject, JsonValue } from '../json.ts';
import type { Condition, Dialect } from '../policy/model.ts';
import { candidatesOf, type Candidate } from './candidate-values.ts';

/** Most assignments tried for one question. */
const MOST_TRIED = 50_000;

/** Which call to look for: any that passes, or the one with the least or greatest number at `segments`. */
export interface Wanted {
  readonly segments: readonly string[];
  readonly order: 'least' | 'greatest';
}

/** `none`: proved that no call passes. `unknown`: none was found, which proves nothing. */
export type FoundCall =
  { readonly kind: 'found'; readonly args: JsonObject } | { readonly kind: 'none' } | { readonly kind: 'unknown' };

/** A path that decides something, and what could stand there, one value for each way the conditions can come out. */
interface Place {
  readonly segments: readonly string[];
  readonly candidates: readonly Candidate[];
}

/**
 * Looks for arguments that the tool's input takes and all its rules let pass; every find was decided by the rules
 * themselves. Thresholds are tried on both sides, so the least and greatest numbers found are exact. Rules that read
 * counters are not looked at.
 */
export function findCall(name: string, tool: CompiledTool, dialect: Dialect, wanted?: Wanted): FoundCall {
  return search(name, tool, dialect, (args) => decidingRule(tool, args) === -1, wanted);
}

/** Looks for arguments that the tool's input takes and that the rule at `index` is the first to deny. */
export function findDenied(name: string, tool: CompiledTool, dialect: Dialect, index: number): FoundCall {
  return search(name, tool, dialect, (args) => decidingRule(tool, args) === index);
}

/** Index of the first rule that denies a call, counters left aside; -1 when all let it pass. */
export function decidingRule(tool: CompiledTool, args: JsonObject): number {
  return tool.rules.findIndex(({ readsCounters, denies }) => !readsCounters && denies(args, () => 0));
}

function search(
  name: string,
  tool: CompiledTool,
  dialect: Dialect,
  isWanted: (args: JsonObject) => boolean,
  wanted?: Wanted,
): FoundCall {
  const rules = tool.rules.filter(({ readsCounters }) => !readsCounters);
  const conditions = rules.flatMap(({ rule }) => rule.conditions);
  const places = placesOf(name, conditions, dialect, wanted);
  const base = SAMPLE_ARGUMENTS.get(name) ?? {};
  let tried = 0;
  const from = (depth: number, args: JsonObject): JsonObject | null => {
    const place = places[depth];
    if (place === undefined) {
      tried++;
      const number = wanted && resolveArgument(args, wanted.segments);
      if (number !== undefined && !(number.found && typeof number.value === 'number')) return null;
      return inputTakes(name, args) && isWanted(args) ? args : null;
    }
    for (const { value } of place.candidates) {
      if (tried > MOST_TRIED) return null;
      const found = from(depth + 1, withValue(args, place.segments, value));
      if (found !== null) return found;
    }
    return null;
  };
  const args = from(0, base);
  if (args !== null) return { kind: 'found', args };
  const sure = tried <= MOST_TRIED && conditions.every(({ op }) => op !== 'regex' && op !== 'contains');
  return { kind: sure && !overlap(places) ? 'none' : 'unknown' };
}

function placesOf(name: string, conditions: readonly Condition[], dialect: Dialect, wanted?: Wanted): Place[] {
  const byPath = new Map<string, { segments: readonly string[]; own: Condition[] }>();
  if (wanted) byPath.set(JSON.stringify(wanted.segments), { segments: wanted.segments, own: [] });
  for (const condition of conditions) {
    const key = JSON.stringify(condition.segments);
    const place = byPath.get(key) ?? { segments: condition.segments, own: [] };
    place.own.push(condition);
    byPath.set(key, place);
  }
  const isWanted = (segments: readonly string[]): boolean =>
    wanted !== undefined && JSON.stringify(segments) === JSON.stringify(wanted.segments);
  return [...byPath.values()].map(({ segments, own }): Place => {
    const all = candidatesOf(name, segments, own).filter(({ value }) => takes(name, segments, value));
    if (wanted && isWanted(segments)) return { segments, candidates: numbersFrom(all, wanted.order, dialect) };
    return { segments, candidates: oneOfEach(all, segments, own, dialect) };
  });
}

function numbersFrom(candidates: readonly Candidate[], order: Wanted['order'], dialect: Dialect): readonly Candidate[] {
  // why: an amount below nothing is refused by its limit, unless the dialect counts it.
  const lowest = dialect === 'intercept' ? -Infinity : 0;
  const numbers = candidates.filter(
    (candidate): candidate is { readonly value: number } =>
      typeof candidate.value === 'number' && candidate.value >= lowest,
  );
  return numbers.sort((a, b) => (order === 'least' ? a.value - b.value : b.value - a.value));
}

/** The first candidate for each way the conditions at its path can come out. */
function oneOfEach(
  candidates: readonly Candidate[],
  segments: readonly string[],
  conditions: readonly Condition[],
  dialect: Dialect,
): readonly Candidate[] {
  const tests = conditions.map((condition) => compileCondition(condition, dialect));
  const seen = new Set<string>();
  return candidates.filter(({ value }) => {
    const args = withValue({}, segments, value);
    const signature = tests.map((test) => (test(args) ? '1' : '0')).join('');
    if (seen.has(signature)) return false;
    seen.add(signature);
    return true;
  });
}

function takes(tool: string, segments: readonly string[], value: JsonValue | undefined): boolean {
  const field = findTool(tool)?.fields.find(({ name }) => name === segments[0]);
  if (field === undefined) return true;
  return segments.length > 1 ? field.type === 'any' || value === undefined : fieldAccepts(field, value);
}

/** Whether a tool's input takes these arguments; every other tool takes any. */
export function inputTakes(tool: string, args: JsonObject): boolean {
  return (findTool(tool)?.fields ?? []).every((field) =>
    fieldAccepts(field, Object.hasOwn(args, field.name) ? args[field.name] : undefined),
  );
}

/** `args` with a value at a path, or without one there. Objects on the way are made; other values on it are replaced. */
export function withValue(args: JsonObject, segments: readonly string[], value: JsonValue | undefined): JsonObject {
  const [first, ...rest] = segments;
  if (first === undefined) return args;
  const others = Object.entries(args).filter(([key]) => key !== first);
  const inner = Object.hasOwn(args, first) ? args[first] : undefined;
  if (rest.length === 0) return Object.fromEntries(value === undefined ? others : [...others, [first, value]]);
  if (!isObject(inner) && value === undefined) return args;
  return Object.fromEntries([...others, [first, withValue(isObject(inner) ? inner : {}, rest, value)]]);
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether one path leads through another, so that their values are not free of each other. */
function overlap(places: readonly Place[]): boolean {
  return places.some((a) =>
    places.some((b) => a !== b && a.segments.every((segment, index) => segment === b.segments[index])),
  );
}
