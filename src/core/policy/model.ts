import type { JsonValue } from '../json.ts';

/** The language a policy is written in. */
export type Dialect = 'policylayer' | 'intercept';

/** Every operator a condition can have, in the order shown. */
export const OPERATORS = [
  'eq',
  'neq',
  'in',
  'not_in',
  'lt',
  'lte',
  'gt',
  'gte',
  'regex',
  'contains',
  'exists',
] as const;
export type Operator = (typeof OPERATORS)[number];

/**
 * A value a condition compares with, exact where the file tells whole numbers from decimals: Intercept's `1` is `1n`, its
 * `1.0` is `1`. Maps stand for objects that hold such numbers.
 */
export type Operand = JsonValue | bigint | readonly Operand[] | ReadonlyMap<string, Operand>;

/** A compiled RE2 expression; `find` runs in time linear in the text. */
export interface Pattern {
  find(text: string): boolean;
}

/** Compiles RE2 syntax; a refusal comes back as its reason. Injected, so that the engine is loaded only when needed. */
export type PatternCompiler = (source: string) => { ok: true; pattern: Pattern } | { ok: false; reason: string };

/**
 * One condition. `source: 'args'` walks `segments` from the call's arguments; `source: 'counter'` reads the Intercept
 * counter `counterKey` (empty key: always 0). `pattern` is set for `regex` only.
 */
export interface Condition {
  readonly source: 'args' | 'counter';
  readonly segments: readonly string[];
  readonly counterKey: string;
  /** The path as written, for explanations and slugs. */
  readonly path: string;
  readonly op: Operator;
  readonly value: JsonValue;
  /** `value` with whole numbers told from decimals; set by the Intercept reader where that could matter. */
  readonly operand?: Operand;
  readonly pattern: Pattern | null;
  readonly pointer: string;
}

/**
 * A rule on arguments. `require` denies unless all conditions hold, `deny_if` denies when all hold; none hold vacuously,
 * so an empty `deny_if` always denies. Intercept's `evaluate` is `require`, its `deny` an empty `deny_if`.
 */
export interface Rule {
  readonly kind: 'require' | 'deny_if';
  readonly conditions: readonly Condition[];
  /** What a decision reports: `/tools/<tool>/require/<slug>`, or Intercept's rule name. */
  readonly rule: string;
  readonly pointer: string;
  /** Null when absent or empty. */
  readonly onDeny: string | null;
}

/**
 * What one call takes from a counter: a number, or the argument found at `segments`. `exact` (Intercept only): the 64-bit
 * integer that `value` rounds.
 */
export type Amount =
  | { readonly kind: 'static'; readonly value: number; readonly exact?: bigint }
  | { readonly kind: 'argument'; readonly segments: readonly string[]; readonly path: string };

/** Callers that share a counter: one grant, one session of one grant, or everybody (Intercept). */
export type Scope = 'grant' | 'session' | 'everyone';

/**
 * A limit on a counter. `windowMs` is the window's length; calendar windows start at multiples of it since the epoch.
 * `counts: false` (Intercept only): the amount is resolved, and may deny, but nothing is ever counted.
 */
export interface Limit {
  readonly rule: string;
  readonly pointer: string;
  readonly onDeny: string | null;
  /** Counter name as written. */
  readonly counter: string;
  /** Identity of the counter apart from its scope: limits with one key share one counter. */
  readonly counterKey: string;
  readonly scope: Scope;
  readonly windowMs: number;
  readonly max: number;
  /** `max` where a double cannot hold it; Intercept counts in 64-bit integers. */
  readonly exactMax?: bigint;
  readonly amount: Amount;
  readonly counts: boolean;
}

/** Calls that pass all rules and limits wait for a person. */
export interface Approval {
  readonly rule: string;
  readonly pointer: string;
  /** Null when absent or empty. */
  readonly reason: string | null;
}

/** Everything that decides calls of one tool, in order: rules, then limits, then approval. */
export interface ToolPolicy {
  readonly name: string;
  readonly pointer: string;
  readonly rules: readonly Rule[];
  readonly limits: readonly Limit[];
  readonly approval: Approval | null;
}

/** A tool that callers do not see; `*` hides every tool. */
export interface HideEntry {
  readonly name: string;
  readonly pointer: string;
}

/**
 * The one form that is evaluated, whatever the dialect it was written in. `tools` keeps document order. `everyTool` runs
 * after a tool's own: `all_tools` limits, or Intercept's `"*"` rules and limits (not for a tool called `*`).
 * Intercept evaluates own rules, then everyTool rules, then own limits, then everyTool limits; so does PolicyLayer.
 */
export interface Policy {
  readonly dialect: Dialect;
  readonly version: string;
  readonly description: string;
  readonly defaultAction: 'allow' | 'deny';
  readonly hide: readonly HideEntry[];
  readonly tools: ReadonlyMap<string, ToolPolicy>;
  readonly everyTool: ToolPolicy | null;
}
