import type { JsonValue } from '../json.ts';
import type { Condition, Operator, Rule } from '../policy/model.ts';
import type { Mutation } from './mutations.ts';

/** A rule that is not in the policy yet, and the list of a tool's rules it belongs to. */
export interface ClosingRule {
  readonly list: 'require' | 'deny_if';
  readonly conditions: readonly {
    readonly segments: readonly string[];
    readonly op: Operator;
    readonly value: JsonValue;
  }[];
}

type Path = readonly string[];

const NEGATED: Partial<Record<Operator, Operator>> = { gt: 'lte', gte: 'lt', lt: 'gte', lte: 'gt' };

/**
 * Rules that may keep a call out that a rule misses, the best first: what is wanted is required, since a missing or odd
 * argument then fails, where a `deny_if` lets it pass. The caller decides each one on both calls before it shows it.
 */
export function closingRules(rule: Rule, mutation: Mutation): ClosingRule[] {
  const path = mutation.segments;
  const own = rule.conditions.filter(({ segments }) => JSON.stringify(segments) === JSON.stringify(path));
  return [
    ...own.flatMap((condition) => requiredInstead(rule, condition, path)),
    ...own.flatMap((condition) => textRules(condition, path)),
    ...(mutation.kind === 'negative' ? [required(path, 'gte', 0)] : []),
    required(path, 'exists', true),
    ...(typeof mutation.before === 'string' ? [required(path, 'regex', '^[ -~]*$')] : []),
    ...(typeof mutation.before === 'number' ? [required(path, 'gte', -Number.MAX_VALUE)] : []),
  ];
}

function requiredInstead(rule: Rule, { op, value }: Condition, path: Path): ClosingRule[] {
  const negated = NEGATED[op];
  return rule.kind === 'deny_if' && negated !== undefined && rule.conditions.length === 1
    ? [required(path, negated, value)]
    : [];
}

/** The same texts in any case, with any white space around them. */
function textRules({ op, value }: Condition, path: Path): ClosingRule[] {
  const texts = (op === 'in' && Array.isArray(value) ? value : [value]).filter((text) => typeof text === 'string');
  if (texts.length === 0) return [];
  const choices = texts.map(escaped).join('|');
  if (op === 'eq' || op === 'in') return [denied(path, 'regex', `(?i)^\\s*(${choices})\\s*$`)];
  if (op === 'contains') return [denied(path, 'regex', `(?i)${choices}`)];
  if (op === 'regex') return [denied(path, 'regex', `(?i)${texts[0] ?? ''}`)];
  return [];
}

function required(path: Path, op: Operator, value: JsonValue): ClosingRule {
  return { list: 'require', conditions: [{ segments: path, op, value }] };
}

function denied(path: Path, op: Operator, value: JsonValue): ClosingRule {
  return { list: 'deny_if', conditions: [{ segments: path, op, value }] };
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}
