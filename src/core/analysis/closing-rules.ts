import { findTool } from '../catalogue/tools.ts';
import type { JsonValue } from '../json.ts';
import type { Condition, Operator, Rule } from '../policy/model.ts';
import { LOOK_ALIKES } from './look-alikes.ts';
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
type Made = ClosingRule['conditions'][number];

const NEGATED: Partial<Record<Operator, Operator>> = { gt: 'lte', gte: 'lt', lt: 'gte', lte: 'gt' };
const LARGEST = Number.MAX_VALUE;

/**
 * Rules that may keep calls out that a rule of a tool misses, the best first: what is wanted is required, since a missing
 * or odd argument then fails, where a `deny_if` lets it pass. An argument that the tool does not ask for is then asked
 * for by name. The caller decides each one on all calls before it shows it.
 */
export function closingRules(tool: string, rule: Rule, mutation: Mutation): ClosingRule[] {
  const path = mutation.segments;
  const own = rule.conditions.filter(({ segments }) => JSON.stringify(segments) === JSON.stringify(path));
  const wanted = wantedFirst(tool, path);
  const required = (...conditions: readonly Made[]): ClosingRule => ({
    list: 'require',
    conditions: conditions.some(({ op }) => op === 'exists') ? conditions : [...wanted, ...conditions],
  });
  const at = (op: Operator, value: JsonValue): Made => ({ segments: path, op, value });
  return [
    ...own.flatMap((condition) => {
      const bound = boundInstead(rule, condition);
      return bound === null ? [] : [required(bound), required(bound, at('gte', 0))];
    }),
    ...own.flatMap((condition) => textRules(condition, path)),
    ...(mutation.kind === 'negative' ? [required(at('gte', 0)), denied(path, 'lt', 0)] : []),
    required(at('exists', true)),
    ...(typeof mutation.before === 'string'
      ? [required(at('regex', '^[ -~]*$')), required(at('regex', '(?s).*'))]
      : []),
    ...(typeof mutation.before === 'number' ? [required(at('gte', -LARGEST))] : []),
    ...(typeof mutation.after === 'string' && typeof mutation.before === 'number'
      ? [denied(path, 'regex', '(?s).*')]
      : []),
    ...(mutation.after === null ? [denied(path, 'eq', null)] : []),
  ];
}

/** Says that an argument must be there, where the tool itself does not. */
function wantedFirst(tool: string, path: Path): readonly Made[] {
  const field = findTool(tool)?.fields.find(({ name }) => name === path[0]);
  return field?.required === true && path.length === 1 ? [] : [{ segments: path, op: 'exists', value: true }];
}

function boundInstead(rule: Rule, { segments, op, value }: Condition): Made | null {
  const negated = NEGATED[op];
  if (rule.conditions.length !== 1 || negated === undefined) return null;
  return rule.kind === 'deny_if' ? { segments, op: negated, value } : { segments, op, value };
}

/** The same texts in any case, with any white space around them; and with letters that only look the same. */
function textRules({ op, value }: Condition, path: Path): ClosingRule[] {
  const texts = (op === 'in' && Array.isArray(value) ? value : [value]).filter((text) => typeof text === 'string');
  if (texts.length === 0) return [];
  if (op === 'regex') return [denied(path, 'regex', `(?i)${texts[0] ?? ''}`)];
  if (op !== 'eq' && op !== 'in' && op !== 'contains') return [];
  return [escaped, disguised].map((written) => {
    const choices = texts.map(written).join('|');
    return denied(path, 'regex', op === 'contains' ? `(?i)${choices}` : `(?i)^\\s*(${choices})\\s*$`);
  });
}

function denied(path: Path, op: Operator, value: JsonValue): ClosingRule {
  return { list: 'deny_if', conditions: [{ segments: path, op, value }] };
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}

/** Matches a text however it is disguised: characters without width between its letters, letters of other scripts. */
function disguised(text: string): string {
  const letters = Array.from(text, (letter) => {
    if (/\s/.test(letter)) return '[\\s\\x{a0}]';
    const others = [letter.toLowerCase(), letter.toUpperCase()].flatMap((one) => LOOK_ALIKES.get(one) ?? []);
    return others.length === 0 ? escaped(letter) : `[${letter}${[...new Set(others)].join('')}]`;
  });
  return letters.join('\\p{Cf}*');
}
