import { quoteGo } from '../../engine/quote.ts';
import { compileGoPattern } from '../intercept/go-pattern.ts';
import type { JsonValue } from '../../json.ts';
import type { Condition, Limit, Rule, ToolPolicy } from '../model.ts';
import { quoted } from '../wording.ts';
import type { InterceptCounters } from './intercept-counters.ts';
import { comparesNumbers } from './negate.ts';
import type { NoteBook } from './notes.ts';
import { comparesAlike, isBeyond64Bits, isWritable } from './operands.ts';
import type { NativeCondition, NativeRule } from './policylayer-document.ts';

/** A rule that may deny: by its conditions, or every call. */
export interface ConvertedRule extends NativeRule {
  readonly kind: 'require' | 'deny_if';
}

/**
 * The rules of one part of an Intercept policy. `deniesAll`: the last one denies every call in the source too.
 * `most`: by pointer of a rule, the tightest bound on its own counter.
 */
export interface ConvertedRules {
  readonly rules: readonly ConvertedRule[];
  readonly deniesAll: boolean;
  readonly most: ReadonlyMap<string, number>;
}

/** The rules of a tool, or of `*`, as far as they look at arguments. What PolicyLayer cannot say denies instead. */
export function convertRules(part: ToolPolicy, counters: InterceptCounters, notes: NoteBook): ConvertedRules {
  const rules: ConvertedRule[] = [];
  const most = new Map<string, number>();
  const limits = new Map(part.limits.map((limit) => [limit.pointer, limit]));
  for (const [index, rule] of part.rules.entries()) {
    const own = limits.get(rule.pointer) ?? null;
    const reading = readRule(rule, own, counters, notes);
    most.set(rule.pointer, reading.most);
    const onDeny = rule.onDeny ?? `Denied by rule ${quoteGo(rule.rule)}`;
    if (reading.verdict !== 'asks') rules.push({ kind: 'deny_if', conditions: [], onDeny });
    else if (reading.conditions.length > 0) rules.push({ kind: 'require', conditions: reading.conditions, onDeny });
    else if (own === null) notes.add('no-effect', rule.pointer, 'its conditions always hold; the rule is left out');
    if (reading.verdict !== 'denies') continue;
    if (index < part.rules.length - 1 || part.limits.length > 0) {
      notes.add('never-reached', rule.pointer, 'what stands behind this rule is left out; it denies every call');
    }
    return { rules, deniesAll: true, most };
  }
  return { rules, deniesAll: false, most };
}

/** `denies`: every call, in the source too. `refused`: every call, since a condition cannot be written. */
interface RuleReading {
  readonly verdict: 'asks' | 'denies' | 'refused';
  readonly conditions: readonly NativeCondition[];
  readonly most: number;
}

function readRule(rule: Rule, own: Limit | null, counters: InterceptCounters, notes: NoteBook): RuleReading {
  const onCounters = rule.conditions
    .filter(({ source }) => source === 'counter')
    .map((condition) => ({ condition, reading: counters.classify(condition, own) }));
  const isNever = onCounters.some(({ reading }) => reading.kind === 'constant' && !reading.holds);
  if (rule.kind === 'deny_if' || isNever) return { verdict: 'denies', conditions: [], most: Infinity };
  const bounds = onCounters.map(({ reading }) => (reading.kind === 'bound' ? reading.most : Infinity));
  const others = onCounters.filter(({ reading }) => reading.kind === 'other');
  for (const { condition } of others) {
    const message = `denies every call in place of asking ${quoted(condition.path)}`;
    notes.add('counter-condition', condition.pointer, message);
  }
  const onArguments = rule.conditions.filter(({ source }) => source === 'args');
  const converted = onArguments.map((condition) => convertCondition(condition, notes));
  const conditions = converted.filter((condition) => condition !== null);
  const isRefused = others.length > 0 || conditions.length < converted.length;
  return { verdict: isRefused ? 'refused' : 'asks', conditions, most: Math.min(Infinity, ...bounds) };
}

function convertCondition(condition: Condition, notes: NoteBook): NativeCondition | null {
  const { path, op, value, operand = value, pointer, segments } = condition;
  if (segments.includes('')) {
    notes.add('empty-field', pointer, `denies every call in place of asking ${quoted(path)}`);
    return null;
  }
  if (!isWritable(value) || (comparesNumbers(op) && isBeyond64Bits(operand))) {
    notes.add('operand', pointer, `denies every call in place of comparing ${quoted(path)} with this value`);
    return null;
  }
  const written = op === 'regex' && typeof value === 'string' ? withoutRepeatedGroups(value) : value;
  if (!comparesAlike(op, written, operand)) {
    const message = `\`${op}\` may meet a number of 1e6 or more as text, which PolicyLayer prints without an exponent`;
    notes.add('number-text', pointer, message);
  }
  return { path, op, value: written };
}

/** A pattern whose groups all have names of their own, as PolicyLayer's RE2 wants; names do not change what is found. */
function withoutRepeatedGroups(source: string): JsonValue {
  let renamed = source;
  const keep = compileGoPattern((candidate) => {
    renamed = candidate;
    return { ok: false, reason: '' };
  });
  keep(source);
  return renamed;
}
