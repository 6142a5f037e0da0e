import type { JsonObject, JsonValue } from '../json.ts';
import { quoted } from '../policy/wording.ts';
import { MAX_CALLS, MAX_DEPTH } from './limits.ts';
import { randomInt, randomUnit } from './random.ts';
import { dividesByIndex, evaluateExpression, expressionBounds, parseTemplate, type Expression } from './template.ts';

/**
 * One thing about the arguments that changes from call to call, as a whole number from `lo` on, one of `count`:
 * the value of an expression, the place in a `$pick` or `$seq` list, or the number of an `$int`.
 */
interface Leaf {
  readonly kind: 'expression' | 'random' | 'sequence';
  readonly expression: Expression;
  readonly lo: number;
  readonly count: number;
}

/** Arguments with holes; `leaf` is an index into `ArgumentPlan.leaves`. */
export type ArgumentNode =
  | { readonly kind: 'constant'; readonly value: JsonValue }
  | { readonly kind: 'text'; readonly parts: readonly (string | number)[] }
  | { readonly kind: 'number'; readonly leaf: number }
  | { readonly kind: 'choice'; readonly leaf: number; readonly options: readonly ArgumentNode[] }
  | { readonly kind: 'list'; readonly items: readonly ArgumentNode[] }
  | { readonly kind: 'object'; readonly entries: readonly (readonly [string, ArgumentNode])[] };

/**
 * Compiled arguments of one step. `constant`: the arguments themselves when nothing in them changes. `combinations`:
 * how many different leaf values there can be together (1 without leaves; may be beyond 2^53).
 */
export interface ArgumentPlan {
  readonly constant: JsonObject | null;
  readonly entries: readonly (readonly [string, ArgumentNode])[];
  readonly leaves: readonly Leaf[];
  readonly combinations: number;
}

/** One thing in arguments that cannot be compiled. */
export interface ArgumentError {
  readonly code: 'bad-template' | 'bad-operator' | 'empty-list' | 'bad-range' | 'too-deep';
  /** Keys and indices from the arguments down. */
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/** Compiled arguments, or every reason against them; `dividesByIndex`: a template divides by `i` or `n`. */
export type ArgumentPlanResult =
  | { readonly ok: true; readonly plan: ArgumentPlan; readonly dividesByIndex: boolean }
  | { readonly ok: false; readonly errors: readonly ArgumentError[] };

const OPERATORS = ['$pick', '$int', '$seq'] as const;
const NOTHING: ArgumentNode = { kind: 'constant', value: null };

function isList(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value);
}

/** Turns arguments into a plan, collecting leaves and errors on the way. */
class PlanBuilder {
  readonly leaves: Leaf[] = [];
  readonly errors: ArgumentError[] = [];
  divides = false;
  readonly #path: (string | number)[] = [];
  readonly #times: number;

  constructor(times: number) {
    this.#times = times;
  }

  node(value: JsonValue): ArgumentNode {
    if (typeof value === 'string') return this.#text(value);
    if (value === null || typeof value !== 'object') return { kind: 'constant', value };
    if (this.#path.length >= MAX_DEPTH) {
      return this.#fail('too-deep', `arguments nest at most ${MAX_DEPTH} levels; flatten them`);
    }
    if (isList(value)) return this.#list(value);
    const operator = Object.keys(value).find((key) => key.startsWith('$'));
    if (operator !== undefined) return this.#operator(value, operator);
    const entries = this.entries(value);
    return entries.every(([, member]) => member.kind === 'constant')
      ? { kind: 'constant', value }
      : { kind: 'object', entries };
  }

  entries(value: JsonObject): (readonly [string, ArgumentNode])[] {
    return Object.entries(value).map(([key, member]) => [key, this.#inside(key, member)]);
  }

  refuseOperators(args: JsonObject): void {
    const operator = Object.keys(args).find((key) => key.startsWith('$'));
    if (operator === undefined) return;
    this.#fail('bad-operator', `put ${quoted(operator)} inside an argument, not in place of them all`);
  }

  #fail(code: ArgumentError['code'], message: string): ArgumentNode {
    this.errors.push({ code, path: [...this.#path], message });
    return NOTHING;
  }

  #inside(key: string | number, value: JsonValue): ArgumentNode {
    this.#path.push(key);
    const node = this.node(value);
    this.#path.pop();
    return node;
  }

  #leaf(leaf: Leaf): number {
    return this.leaves.push(leaf) - 1;
  }

  #text(text: string): ArgumentNode {
    const template = parseTemplate(text);
    if (!template.ok) return this.#fail('bad-template', `${quoted(text)} is not a template; ${template.reason}`);
    const parts: (string | number)[] = [];
    for (const part of template.parts) {
      if (typeof part === 'string') {
        parts.push(part);
        continue;
      }
      const { lo, hi } = expressionBounds(part, this.#times - 1, MAX_CALLS - 1);
      if (!Number.isSafeInteger(lo) || !Number.isSafeInteger(hi)) {
        return this.#fail('bad-template', `${quoted(text)} can pass ${Number.MAX_SAFE_INTEGER}; use smaller numbers`);
      }
      this.divides ||= dividesByIndex(part);
      parts.push(this.#leaf({ kind: 'expression', expression: part, lo, count: hi - lo + 1 }));
    }
    const only = parts.length === 1 ? parts[0] : undefined;
    if (typeof only === 'number') return { kind: 'number', leaf: only };
    return parts.every((part) => typeof part === 'string')
      ? { kind: 'constant', value: text }
      : { kind: 'text', parts };
  }

  #list(value: readonly JsonValue[]): ArgumentNode {
    const items = value.map((item, index) => this.#inside(index, item));
    return items.every((item) => item.kind === 'constant') ? { kind: 'constant', value } : { kind: 'list', items };
  }

  #operator(value: JsonObject, operator: string): ArgumentNode {
    const known = OPERATORS.find((name) => name === operator);
    if (known === undefined) {
      return this.#fail('bad-operator', `${quoted(operator)} is not known; use \`$pick\`, \`$int\` or \`$seq\``);
    }
    if (Object.keys(value).length > 1)
      return this.#fail('bad-operator', `${quoted(operator)} stands alone; remove the fields beside it`);
    const operand = value[operator] ?? null;
    if (!isList(operand)) return this.#fail('bad-operator', `\`${operator}\` takes a list; put it in \`[ ]\``);
    return known === '$int' ? this.#int(operand) : this.#choice(known, operand);
  }

  #int(operand: readonly JsonValue[]): ArgumentNode {
    const [lo, hi] = operand;
    if (operand.length !== 2 || !Number.isSafeInteger(lo) || !Number.isSafeInteger(hi)) {
      return this.#fail('bad-operator', '`$int` takes two whole numbers, such as `[1, 6]`');
    }
    const [low, high] = [Number(lo), Number(hi)];
    if (low > high) return this.#fail('bad-range', `\`$int\` starts at ${low} above its end ${high}; swap them`);
    if (!Number.isSafeInteger(high - low + 1))
      return this.#fail('bad-range', '`$int` spans too much; bring its ends nearer');
    return { kind: 'number', leaf: this.#leaf({ kind: 'random', expression: [], lo: low, count: high - low + 1 }) };
  }

  #choice(operator: '$pick' | '$seq', operand: readonly JsonValue[]): ArgumentNode {
    if (operand.length === 0) return this.#fail('empty-list', `\`${operator}\` has nothing to take; add a value`);
    const kind = operator === '$pick' ? 'random' : 'sequence';
    const leaf = this.#leaf({ kind, expression: [], lo: 0, count: operand.length });
    this.#path.push(operator);
    const options = operand.map((option, index) => this.#inside(index, option));
    this.#path.pop();
    return { kind: 'choice', leaf, options };
  }
}

/**
 * Compiles the arguments of a step that calls `times` times. Templates in a longer text yield text (`agent-{{i}}`), a
 * text that is one template and nothing else yields its number. Every error is given. Never throws.
 */
export function planArguments(args: JsonObject, times: number): ArgumentPlanResult {
  const builder = new PlanBuilder(times);
  const entries = builder.entries(args);
  builder.refuseOperators(args);
  if (builder.errors.length > 0) return { ok: false, errors: builder.errors };
  const combinations = builder.leaves.reduce((product, leaf) => product * leaf.count, 1);
  const constant = entries.every(([, node]) => node.kind === 'constant') ? args : null;
  const plan = { constant, entries, leaves: builder.leaves, combinations };
  return { ok: true, plan, dividesByIndex: builder.divides };
}

/**
 * The value of leaf `index` less its `lo`, so from 0 up to its `count`. `ordinal` counts the calls of the step, over
 * repeats too: `$seq` goes on where the repeat before stopped, while `i` starts again.
 */
export function leafDigit(leaf: Leaf, index: number, key: number, i: number, n: number, ordinal: number): number {
  switch (leaf.kind) {
    case 'expression':
      return evaluateExpression(leaf.expression, i, n) - leaf.lo;
    case 'random':
      return randomInt(randomUnit(key, ordinal, index), 0, leaf.count - 1);
    case 'sequence':
      return ordinal % leaf.count;
  }
}

function buildValue(node: ArgumentNode, values: readonly number[]): JsonValue {
  switch (node.kind) {
    case 'constant':
      return node.value;
    case 'number':
      return values[node.leaf] ?? 0;
    case 'text':
      return node.parts.map((part) => (typeof part === 'string' ? part : String(values[part]))).join('');
    case 'choice':
      return buildValue(node.options[values[node.leaf] ?? 0] ?? NOTHING, values);
    case 'list':
      return node.items.map((item) => buildValue(item, values));
    case 'object':
      return buildObject(node.entries, values);
  }
}

function buildObject(entries: ArgumentPlan['entries'], values: readonly number[]): JsonObject {
  const built: Record<string, JsonValue> = {};
  for (const [key, member] of entries) {
    const value = buildValue(member, values);
    // why: an assignment to `__proto__` would change what kind of object this is.
    if (key === '__proto__')
      Object.defineProperty(built, key, { value, enumerable: true, writable: true, configurable: true });
    else built[key] = value;
  }
  return built;
}

/** The arguments for these values of all leaves. Keys such as `__proto__` become plain own keys. */
export function buildArguments(plan: ArgumentPlan, values: readonly number[]): JsonObject {
  return plan.constant ?? buildObject(plan.entries, values);
}
