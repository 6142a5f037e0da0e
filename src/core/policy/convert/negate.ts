import type { Condition, Operator, Rule } from '../model.ts';

const OPPOSITE: Partial<Record<Operator, Operator>> = {
  eq: 'neq',
  neq: 'eq',
  in: 'not_in',
  not_in: 'in',
  lt: 'gte',
  lte: 'gt',
  gt: 'lte',
  gte: 'lt',
};

/** Whether an operator holds for numbers only. */
export function comparesNumbers(op: Operator): boolean {
  return op === 'lt' || op === 'lte' || op === 'gt' || op === 'gte';
}

type Asked = Pick<Condition, 'path' | 'op' | 'value'>;

/**
 * A condition that fails wherever another holds. `exact`: and nowhere else. `left-out`: it also fails where the argument is
 * missing, or is no number to compare. `given`: it fails whenever the argument is there.
 */
export interface Negation {
  readonly kind: 'exact' | 'left-out' | 'given';
  readonly condition: Asked;
}

/** What is known of the arguments of calls that no rule so far denied: by path, that it is there, or is a number. */
export class KnownArguments {
  readonly #known = new Map<string, 'there' | 'number'>();

  /** Learns from a rule that let a call pass. */
  learn({ kind, conditions }: Rule): void {
    const [first] = conditions;
    if (kind === 'require') {
      for (const condition of conditions) this.#learnThatHolds(condition);
    } else if (first && conditions.length === 1 && isExists(first, false)) this.#learn(first.path, 'there');
  }

  isThere(path: string): boolean {
    return this.#known.has(path);
  }

  isNumber(path: string): boolean {
    return this.#known.get(path) === 'number';
  }

  #learnThatHolds(condition: Asked): void {
    if (isExists(condition, false)) return;
    this.#learn(condition.path, comparesNumbers(condition.op) ? 'number' : 'there');
  }

  #learn(path: string, what: 'there' | 'number'): void {
    if (this.#known.get(path) !== 'number') this.#known.set(path, what);
  }
}

/**
 * The closest opposite of a condition that a single condition can be. The missing-path rule makes most opposites inexact:
 * without the argument, neither `gt` nor `lte` holds.
 */
export function negate({ path, op, value }: Asked, known: KnownArguments): Negation {
  if (op === 'exists') return { kind: 'exact', condition: { path, op, value: value !== true } };
  const opposite = OPPOSITE[op];
  if (opposite === undefined) return { kind: 'given', condition: { path, op: 'exists', value: false } };
  const isExact = comparesNumbers(op) ? known.isNumber(path) : known.isThere(path);
  return { kind: isExact ? 'exact' : 'left-out', condition: { path, op: opposite, value } };
}

function isExists({ op, value }: Asked, expected: boolean): boolean {
  return op === 'exists' && value === expected;
}
