import * as z from 'zod';
import type { JsonObject, JsonValue } from '../../src/core/json.ts';
import { OPERATORS } from '../../src/core/policy/model.ts';

/** Values that stay as parsed: rebuilding them would lose keys such as `__proto__`. */
const json = z.custom<JsonValue>((value) => value !== undefined);
const jsonObject = z.custom<JsonObject>(
  (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
);

const dialect = z.enum(['policylayer', 'intercept']);

const call = z.strictObject({
  atMs: z.number(),
  grant: z.string().default('g'),
  session: z.string().default('s'),
  tool: z.string(),
  args: jsonObject.optional(),
  upstream: z.enum(['ok', 'tool_error', 'rpc_error', 'timeout']).default('ok'),
  latencyMs: z.number().default(0),
});

const expectedDecision = z.strictObject({
  outcome: z.enum(['allow', 'deny', 'approval']).optional(),
  rule: z.string().optional(),
  pointer: z.string().optional(),
  message: z.string().optional(),
  retryAtMs: z.number().nullable().optional(),
});

const decideCase = z.strictObject({
  id: z.string(),
  kind: z.literal('decide'),
  dialect,
  policy: z.string(),
  windows: z.enum(['calendar', 'sliding', 'anchored']).default('calendar'),
  approvals: z
    .strictObject({ mode: z.enum(['approve', 'deny', 'ignore']), afterMs: z.number().default(0) })
    .default({ mode: 'ignore', afterMs: 0 }),
  noPolicy: z.array(z.string()).default([]),
  calls: z.array(call),
  expect: z.strictObject({ decisions: z.array(expectedDecision) }),
});

const validateCase = z.strictObject({
  id: z.string(),
  kind: z.literal('validate'),
  dialect,
  policy: z.string(),
  expect: z.strictObject({ valid: z.boolean(), at: z.array(z.string()).optional() }),
});

const operatorCase = z.strictObject({
  id: z.string(),
  kind: z.literal('operator'),
  dialect: dialect.optional(),
  condition: z.strictObject({ path: z.string(), op: z.enum(OPERATORS), value: json }),
  args: jsonObject,
  expect: z.strictObject({ holds: z.boolean() }),
});

const ticketCase = z.strictObject({
  id: z.string(),
  kind: z.literal('ticket'),
  token: z.string(),
  key: z.union([z.strictObject({ secret: z.string() }), z.strictObject({ publicPem: z.string() })]),
  algorithm: z.string(),
  issuer: z.string(),
  nowSeconds: z.number(),
  transaction: z
    .strictObject({
      value: z.number(),
      mcpServer: z.string().exactOptional(),
      protocol: z.string().exactOptional(),
      txHash: z.string().exactOptional(),
    })
    .optional(),
  expect: z.strictObject({
    valid: z.boolean(),
    errorCode: z
      .enum(['EXPIRED', 'INVALID_SIGNATURE', 'INVALID_FORMAT', 'KILL_SWITCH', 'CONSTRAINT_VIOLATION'])
      .optional(),
  }),
});

const conformanceCase = z.discriminatedUnion('kind', [decideCase, validateCase, operatorCase, ticketCase]);

export type DecideCase = z.infer<typeof decideCase>;
export type ValidateCase = z.infer<typeof validateCase>;
/** `text` is the case as written: Intercept tells whole numbers from decimals, which JSON values do not. */
export type OperatorCase = z.infer<typeof operatorCase> & { readonly text: string };
export type TicketCase = z.infer<typeof ticketCase>;
export type ConformanceCase = DecideCase | ValidateCase | OperatorCase | TicketCase;

/** Reads one line of a case file. Throws on anything the form does not know: nothing in a case is skipped. */
export function parseCase(line: string): ConformanceCase {
  const parsed = conformanceCase.parse(JSON.parse(line));
  return parsed.kind === 'operator' ? { ...parsed, text: line } : parsed;
}
