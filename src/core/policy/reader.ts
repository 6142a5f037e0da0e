import type { Diagnostic, Range } from '../diagnostic.ts';
import type { YamlNode } from './intercept/yaml-tree.ts';
import type { Dialect, PatternCompiler, Policy } from './model.ts';
import type { JsonNode } from './policylayer/json-node.ts';

/** A place of the policy that results attach to: `default`, a `hide` entry, a tool, a rule, a limit, an approval. */
export interface Anchor {
  readonly kind: 'default' | 'hide' | 'tool' | 'rule' | 'limit' | 'approval';
  readonly pointer: string;
  /** Rule name as decisions report it; empty for tools and for `default: allow`. */
  readonly rule: string;
  /** Empty for places that concern every tool. */
  readonly tool: string;
  readonly range: Range;
}

/** What a reader is given beside the text. */
export interface ReaderOptions {
  readonly compilePattern: PatternCompiler;
}

/** A text and the tree it was read into, for those who look at its places. */
export type Written =
  | { readonly dialect: 'policylayer'; readonly text: string; readonly root: JsonNode }
  | { readonly dialect: 'intercept'; readonly text: string; readonly root: YamlNode };

/**
 * What a text says. `policy` is null exactly when some diagnostic is an error. Diagnostics are sorted by place; what a
 * policy without errors does that was probably not meant is told by `checkPolicy`.
 * `locate` gives the member or the element a pointer leads to, null when the text has none; `anchors` is empty without a
 * policy.
 */
export interface ParseResult {
  readonly dialect: Dialect;
  readonly diagnostics: readonly Diagnostic[];
  readonly policy: Policy | null;
  /** Null when the text has no tree. */
  readonly written: Written | null;
  locate(pointer: string): Range | null;
  anchors(): readonly Anchor[];
}

/** Reads the documents of one dialect. Never throws, whatever the text. */
export type DialectReader = (text: string, options: ReaderOptions) => ParseResult;
