import type { JsonObject } from '../json.ts';
import type { Approval, Condition, Dialect, Limit, Policy, Rule, ToolPolicy } from '../policy/model.ts';
import { type AmountOf, compileAmount } from './amount.ts';
import { compileCondition, compileTest } from './operators.ts';

/** Present count of a counter, by its index in `CompiledPolicy.counterKeys`. */
export type ReadCounter = (counter: number) => number;

/** A rule ready to run: `denies` is pure in `args` unless `readsCounters`. */
export interface CompiledRule {
  readonly rule: Rule;
  readonly readsCounters: boolean;
  readonly denies: (args: JsonObject, read: ReadCounter) => boolean;
}

/** A limit ready to run. One object a limit, also for limits on every tool. `tool` is null for those. */
export interface CompiledLimit {
  readonly limit: Limit;
  readonly tool: string | null;
  /** Index of the counter in `CompiledPolicy.counterKeys`. */
  readonly counter: number;
  readonly amountOf: AmountOf;
}

/** Refuses every call of a tool before any rule is looked at. */
export interface Refusal {
  readonly kind: 'hidden' | 'default';
  readonly pointer: string;
}

/** All that decides calls of one tool, in the order of decision: its own rules and limits, then those of every tool. */
export interface CompiledTool {
  readonly refusal: Refusal | null;
  readonly rules: readonly CompiledRule[];
  readonly limits: readonly CompiledLimit[];
  readonly approval: Approval | null;
}

/** A policy ready to run. `tool` knows any name, listed or not. */
export interface CompiledPolicy {
  readonly policy: Policy;
  /** Grows while tools are asked for. */
  readonly counterKeys: readonly string[];
  tool(name: string): CompiledTool;
}

/** Compiles a policy of either dialect; tools are compiled when first asked for, so unused ones cost nothing. */
export function compilePolicy(policy: Policy): CompiledPolicy {
  const compiler = new PolicyCompiler(policy);
  return { policy, counterKeys: compiler.counterKeys, tool: (name) => compiler.tool(name) };
}

interface Part {
  readonly rules: readonly CompiledRule[];
  readonly limits: readonly CompiledLimit[];
}

const NOTHING: Part = { rules: [], limits: [] };

class PolicyCompiler {
  readonly counterKeys: string[] = [];
  readonly #policy: Policy;
  readonly #counters = new Map<string, number>();
  readonly #tools = new Map<string, CompiledTool>();
  readonly #everyTool: Part;
  readonly #hide: ReadonlyMap<string, number>;

  constructor(policy: Policy) {
    this.#policy = policy;
    this.#everyTool = this.#compilePart(policy.everyTool, null);
    this.#hide = firstPlaces(policy.hide.map(({ name }) => name));
  }

  tool(name: string): CompiledTool {
    let compiled = this.#tools.get(name);
    if (!compiled) {
      compiled = this.#compileTool(name);
      this.#tools.set(name, compiled);
    }
    return compiled;
  }

  #compileTool(name: string): CompiledTool {
    const listed = this.#policy.tools.get(name);
    const refusal = this.#refusalOf(name);
    if (refusal) return { refusal, rules: [], limits: [], approval: null };
    const own = this.#compilePart(listed ?? null, name);
    return {
      refusal: null,
      rules: this.#repeatsItself(name) ? own.rules : [...own.rules, ...this.#everyTool.rules],
      limits: [...own.limits, ...this.#everyTool.limits],
      approval: listed?.approval ?? null,
    };
  }

  /** Intercept runs the rules of `"*"` once for a tool of that name, and yet reserves its limits a second time. */
  #repeatsItself(name: string): boolean {
    return this.#policy.dialect === 'intercept' && name === '*';
  }

  #refusalOf(name: string): Refusal | null {
    const place = Math.min(this.#hide.get(name) ?? Infinity, this.#hide.get('*') ?? Infinity);
    const entry = this.#policy.hide[place];
    if (entry) return { kind: 'hidden', pointer: entry.pointer };
    if (this.#policy.defaultAction === 'allow' || this.#policy.tools.has(name)) return null;
    return { kind: 'default', pointer: this.#policy.dialect === 'intercept' ? 'default' : '/default' };
  }

  #compilePart(part: ToolPolicy | null, tool: string | null): Part {
    if (!part) return NOTHING;
    const { dialect } = this.#policy;
    return {
      rules: part.rules.map((rule) => this.#compileRule(rule, dialect)),
      limits: part.limits.map((limit) => ({
        limit,
        tool,
        counter: this.#counterOf(limit.counterKey),
        amountOf: compileAmount(limit.amount, dialect),
      })),
    };
  }

  #compileRule(rule: Rule, dialect: Dialect): CompiledRule {
    const tests = rule.conditions.map((condition) => this.#compileCondition(condition, dialect));
    const deniesWhenAllHold = rule.kind === 'deny_if';
    return {
      rule,
      readsCounters: rule.conditions.some(({ source }) => source === 'counter'),
      denies: (args, read) => {
        for (let i = 0; i < tests.length; i++) if (tests[i]?.(args, read) === false) return !deniesWhenAllHold;
        return deniesWhenAllHold;
      },
    };
  }

  #compileCondition(condition: Condition, dialect: Dialect): (args: JsonObject, read: ReadCounter) => boolean {
    if (condition.source === 'args') return compileCondition(condition, dialect);
    const holds = compileTest(condition, dialect);
    if (condition.counterKey === '') return () => holds(0);
    const counter = this.#counterOf(condition.counterKey);
    return (_args, read) => holds(read(counter));
  }

  #counterOf(key: string): number {
    let counter = this.#counters.get(key);
    if (counter === undefined) {
      counter = this.counterKeys.push(key) - 1;
      this.#counters.set(key, counter);
    }
    return counter;
  }
}

function firstPlaces(names: readonly string[]): ReadonlyMap<string, number> {
  const places = new Map<string, number>();
  names.forEach((name, place) => {
    if (!places.has(name)) places.set(name, place);
  });
  return places;
}
