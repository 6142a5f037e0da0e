// Field names, words and bounds of a `policylayer` document: the one list that the reader and the schema share.

/** The only version there is. */
export const VERSION = '1';

/** Fields of each kind of object, in the order people write them. */
export const POLICY_FIELDS = ['version', 'default', 'description', 'hide', 'all_tools', 'tools'] as const;
export const ALL_TOOLS_FIELDS = ['limits'] as const;
export const TOOL_FIELDS = ['require', 'deny_if', 'limits', 'action', 'reason', 'rate_limit'] as const;
export const RULE_FIELDS = ['conditions', 'on_deny'] as const;
export const CONDITION_FIELDS = ['path', 'op', 'value'] as const;
export const LIMIT_FIELDS = ['counter', 'window', 'max', 'scope', 'on_deny', 'increment', 'increment_from'] as const;
export const RATE_LIMIT_FIELDS = ['max', 'window'] as const;

/** Words each field takes. */
export const DEFAULT_ACTIONS = ['allow', 'deny'] as const;
export const TOOL_ACTIONS = ['allow', 'deny', 'require_approval'] as const;
export const SCOPES = ['grant', 'session'] as const;
export const WINDOWS = ['minute', 'hour', 'day'] as const;

/** One of those words. */
export type Window = (typeof WINDOWS)[number];
export type ToolAction = (typeof TOOL_ACTIONS)[number];

/** Lengths in seconds. */
export const WINDOW_SECONDS: Readonly<Record<Window, number>> = { minute: 60, hour: 3600, day: 86_400 };

/** Longest window of the shorthand. */
export const MAX_RATE_WINDOW_SECONDS = 86_400;

/** Counter name the shorthand `rate_limit` counts under. */
export const RATE_LIMIT_COUNTER = 'rate_limit';

/** What to write for a field that has to be there; only where one answer is plain is it offered as a fix. */
export const MISSING_FIELD_HINTS: Readonly<Record<string, { readonly hint: string; readonly fill?: string }>> = {
  version: { hint: '`"version": "1"`', fill: '"1"' },
  default: { hint: '`"default": "deny"` or `"default": "allow"`', fill: '"deny"' },
  conditions: { hint: '`"conditions": [ … ]`, empty for a rule that always holds', fill: '[]' },
  path: { hint: '`"path": "args.…"`' },
  op: { hint: '`"op": "…"`, such as `eq` or `lte`' },
  value: { hint: '`"value": …` to compare with' },
  counter: { hint: '`"counter": "…"`, a name of your own' },
  window: { hint: '`"window"`' },
  max: { hint: '`"max"`, a whole number' },
};

/** What every path begins with. */
export const PATH_PREFIX = 'args.';
