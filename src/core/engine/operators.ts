import type { JsonObject, JsonValue } from '../json.ts';
import type { Condition, Dialect, Operand, Pattern } from '../policy/model.ts';
import { compileLookUp } from './argument-path.ts';
import type { NumberStyle } from './number-text.ts';
import { formatValue } from './value-text.ts';

export { resolveArgument } from './argument-path.ts';

/** Decides a value that was found; `undefined` stands for a missing one. Never throws. */
export type ValueTest = (found: JsonValue | undefined) => boolean;

/** How numbers print on the two sides of a comparison. */
interface Styles {
  readonly found: NumberStyle;
  readonly expected: NumberStyle;
}

/**
 * Whether a condition on arguments holds. A missing path makes every operator false except `exists`. Comparing numbers
 * allocates nothing. `source: 'counter'` is never looked at here.
 */
export function compileCondition(condition: Condition, dialect: Dialect): (args: JsonObject) => boolean {
  const lookUp = compileLookUp(condition.segments);
  const test = compileTest(condition, dialect);
  return (args) => test(lookUp(args));
}

/**
 * What a condition asks of the value at its path, whatever that path leads to: an argument, or for `source: 'counter'` a
 * counter's count, which prints as plain digits.
 */
export function compileTest(condition: Condition, dialect: Dialect): ValueTest {
  const expected = condition.operand ?? condition.value;
  const styles = stylesOf(condition, dialect);
  switch (condition.op) {
    case 'eq':
      return equalTo([expected], styles);
    case 'neq':
      return unless(equalTo([expected], styles));
    case 'in':
      return Array.isArray(expected) ? equalTo(expected, styles) : never;
    case 'not_in':
      return unless(Array.isArray(expected) ? equalTo(expected, styles) : never);
    case 'lt':
    case 'lte':
    case 'gt':
    case 'gte':
      return compared(condition.op, expected);
    case 'regex':
      return matching(condition.pattern);
    case 'contains':
      return containing(expected, styles);
    case 'exists':
      return typeof expected === 'boolean' ? (found) => (found !== undefined && found !== null) === expected : never;
  }
}

const never: ValueTest = () => false;

function stylesOf(condition: Condition, dialect: Dialect): Styles {
  if (dialect === 'policylayer') return { found: 'plain', expected: 'plain' };
  return {
    found: condition.source === 'counter' ? 'written' : 'float',
    expected: condition.operand === undefined ? 'written' : 'float',
  };
}

/** The negation, which is false as well for a missing value. */
function unless(test: ValueTest): ValueTest {
  return (found) => found !== undefined && !test(found);
}

/**
 * Equal to one of `expected`: two numbers by value, anything else by text. Prepared as sets, so that a long list costs
 * one look-up a call.
 */
function equalTo(expected: readonly Operand[], styles: Styles): ValueTest {
  const numbers = new Set<number>();
  const texts = new Set<string>();
  const textsOfOthers = new Set<string>();
  for (const item of expected) {
    const number = numberOf(item);
    const text = formatValue(item, styles.expected);
    texts.add(text);
    if (number === null) textsOfOthers.add(text);
    else numbers.add(number);
  }
  return (found) => {
    if (found === undefined) return false;
    if (typeof found === 'string') return texts.has(found);
    if (typeof found !== 'number') return texts.has(formatValue(found, styles.found));
    if (numbers.has(found)) return true;
    return textsOfOthers.size > 0 && textsOfOthers.has(formatValue(found, styles.found));
  };
}

/** The operand as a double; null when it is no number. A bigint beyond 64 bits signed is text to Intercept. */
function numberOf(value: Operand): number | null {
  if (typeof value === 'number') return value;
  return typeof value === 'bigint' && value === BigInt.asIntN(64, value) ? Number(value) : null;
}

function compared(op: 'lt' | 'lte' | 'gt' | 'gte', expected: Operand): ValueTest {
  const bound = numberOf(expected);
  if (bound === null) return never;
  switch (op) {
    case 'lt':
      return (found) => typeof found === 'number' && found < bound;
    case 'lte':
      return (found) => typeof found === 'number' && found <= bound;
    case 'gt':
      return (found) => typeof found === 'number' && found > bound;
    case 'gte':
      return (found) => typeof found === 'number' && found >= bound;
  }
}

function matching(pattern: Pattern | null): ValueTest {
  return pattern === null ? never : (found) => typeof found === 'string' && pattern.find(found);
}

function containing(expected: Operand, styles: Styles): ValueTest {
  const equal = equalTo([expected], styles);
  return (found) => {
    if (typeof found === 'string') return typeof expected === 'string' && found.includes(expected);
    return Array.isArray(found) && found.some(equal);
  };
}
