import * as z from 'zod/mini';
import { OPERATORS } from '../model.ts';
import { DEFAULT_ACTIONS, MAX_RATE_WINDOW_SECONDS, SCOPES, TOOL_ACTIONS, VERSION, WINDOWS } from './vocabulary.ts';

/**
 * The shape of a `policylayer` document, from which its JSON Schema is generated. It says what a field may hold; what
 * fields demand of each other (repeated counters, `reason` without `action`, RE2 syntax) only the reader checks.
 */

const name = z.string().check(z.regex(/\S/));
const path = z.string().check(z.regex(/^args(?:\.[^.]+)+$/));
const max = z.int().check(z.minimum(0));

const comparison = (ops: readonly string[], value: z.ZodMiniType) => z.strictObject({ path, op: z.enum(ops), value });

const LIST_OPERATORS = ['in', 'not_in'];
const NUMBER_OPERATORS = ['lt', 'lte', 'gt', 'gte'];
const OTHER_OPERATORS = OPERATORS.filter(
  (op) => ![...LIST_OPERATORS, ...NUMBER_OPERATORS, 'regex', 'exists'].includes(op),
);

const condition = z.union([
  comparison(OTHER_OPERATORS, z.json()),
  comparison(LIST_OPERATORS, z.array(z.json())),
  comparison(NUMBER_OPERATORS, z.number()),
  comparison(['regex'], z.string()),
  comparison(['exists'], z.boolean()),
]);

const rule = z.strictObject({ conditions: z.array(condition), on_deny: z.optional(z.string()) });

const allToolsLimit = z.strictObject({
  counter: name,
  window: z.enum(WINDOWS),
  max,
  scope: z.optional(z.enum(SCOPES)),
  on_deny: z.optional(z.string()),
  increment: z.optional(z.number().check(z.positive())),
});
const limit = z.extend(allToolsLimit, { increment_from: z.optional(path) });

const tool = z.strictObject({
  require: z.optional(z.array(rule)),
  deny_if: z.optional(z.array(rule)),
  limits: z.optional(z.array(limit)),
  action: z.optional(z.enum(TOOL_ACTIONS)),
  reason: z.optional(z.string()),
  rate_limit: z.optional(
    z.strictObject({ max, window: z.int().check(z.minimum(1), z.maximum(MAX_RATE_WINDOW_SECONDS)) }),
  ),
});

/** A whole document; fields nobody knows are refused. */
export const policySchema = z.strictObject({
  version: z.literal(VERSION),
  default: z.enum(DEFAULT_ACTIONS),
  description: z.optional(z.string()),
  hide: z.optional(z.array(name)),
  all_tools: z.optional(z.strictObject({ limits: z.optional(z.array(allToolsLimit)) })),
  tools: z.optional(z.record(z.string(), tool)),
});
