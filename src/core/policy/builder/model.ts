import type { Range } from '../../diagnostic.ts';
import type { JsonValue } from '../../json.ts';
import type { Dialect } from '../model.ts';
import type { Path } from './operation.ts';

/** What the builder says a tool is: `custom` has rules, limits or an approval. */
export type ToolState = 'allow' | 'deny' | 'hide' | 'custom';

/** The lists a rule can stand in. Intercept has one, whose rules are `evaluate` or `deny`. */
export type RuleKind = 'require' | 'deny_if' | 'evaluate' | 'deny';

/** A part of the text. `pointer` is what diagnostics and results name, `path` what edits take. */
export interface Part {
  readonly path: Path;
  readonly pointer: string;
  readonly range: Range | null;
}

/** A condition; what is missing is undefined, what is wrong stands as written. */
export interface BuilderCondition extends Part {
  readonly argument: JsonValue | undefined;
  readonly op: JsonValue | undefined;
  readonly value: JsonValue | undefined;
}

/** A rule. `form: 'action'` is the shorthand `action: deny`, whose message is `reason`. */
export interface BuilderRule extends Part {
  readonly form: 'rule' | 'action';
  readonly kind: RuleKind;
  readonly name: JsonValue | undefined;
  readonly conditions: readonly BuilderCondition[];
  readonly onDeny: JsonValue | undefined;
  /** Elements in its list, for moving it. */
  readonly siblings: number;
}

/**
 * A limit. `limit` is PolicyLayer's, `rate_limit` its shorthand (window in seconds), `short` Intercept's `N/window`,
 * `state` Intercept's rule with a `state` block; then `conditions` are those besides the one that sets `max`.
 */
export interface BuilderLimit extends Part {
  readonly form: 'limit' | 'rate_limit' | 'short' | 'state';
  readonly name: JsonValue | undefined;
  readonly counter: JsonValue | undefined;
  readonly window: JsonValue | undefined;
  readonly max: JsonValue | undefined;
  readonly scope: JsonValue | undefined;
  readonly increment: JsonValue | undefined;
  readonly incrementFrom: JsonValue | undefined;
  readonly onDeny: JsonValue | undefined;
  /** Where `max` stands; null when nothing sets it. */
  readonly maxPath: Path | null;
  /** What is to be added to the number at `maxPath` to get `max`: -1 for `lt`. */
  readonly maxOffset: number;
  readonly conditions: readonly BuilderCondition[];
  /** Where the counter's name stands a second time. */
  readonly counterPath: Path | null;
  readonly siblings: number;
}

/** A tool, or what holds for every tool (`all_tools`, Intercept's `"*"`). */
export interface BuilderTool extends Part {
  readonly name: string;
  /** True when the text has an entry of its own for it. */
  readonly listed: boolean;
  readonly hidden: boolean;
  readonly state: ToolState;
  /** Present and true only when a rule denies every call, whatever else there is. */
  readonly alwaysDenied: boolean;
  readonly rules: readonly BuilderRule[];
  readonly limits: readonly BuilderLimit[];
  readonly approval: { readonly reason: JsonValue | undefined } | null;
  /** False when its entry is not what an entry must be; then only the text can mend it. */
  readonly readable: boolean;
}

/** A policy as the builder shows it. */
export interface BuilderDocument {
  readonly kind: 'open';
  readonly dialect: Dialect;
  readonly version: JsonValue | undefined;
  readonly description: JsonValue | undefined;
  /** `default` as written; undefined when it is missing. */
  readonly defaultAction: JsonValue | undefined;
  readonly defaultPart: Part;
  readonly hide: readonly (Part & { readonly name: JsonValue })[];
  /** True when `hide` holds `*`. */
  readonly hidesAll: boolean;
  readonly everyTool: BuilderTool;
  /** Those of the text in its order, then those that are only hidden, then the rest of the server's. */
  readonly tools: readonly BuilderTool[];
}

/** A text that cannot be shown as forms, and the place that says why. */
export interface BuilderLocked {
  readonly kind: 'locked';
  readonly message: string;
  readonly range: Range;
}
