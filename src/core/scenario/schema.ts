import * as z from 'zod/mini';
import type { JsonObject } from '../json.ts';
import { AUDIT_LEVELS } from '../catalogue/tools.ts';
import { grouped, quoted } from '../policy/wording.ts';
import { planArguments } from './argument-plan.ts';
import type { ScenarioCode } from './codes.ts';
import { DURATION_PATTERN, parseDuration } from './duration.ts';
import { INSTANT_PATTERN, parseInstant } from './instant.ts';
import { MAX_AGENTS, MAX_SPAN_MS, MAX_WORLD_AGENTS } from './limits.ts';

/** Makes every part of an inferred type readonly, as the data is treated; JSON values are so already. */
type DeepReadonly<T> = JsonObject extends T
  ? T
  : T extends object
    ? { readonly [K in keyof T]: DeepReadonly<T[K]> }
    : T;

/** A refusal of our own: `params.code` is a `ScenarioCode`, `message` is shown as it is. */
function issue(code: ScenarioCode, message: string, input: unknown, path: PropertyKey[] = []): z.core.$ZodRawIssue {
  return { code: 'custom', params: { code }, message, input, path };
}

const duration = z.string().check(
  z.regex(DURATION_PATTERN, { abort: true }),
  z.check<string>(({ value, issues }) => {
    const ms = parseDuration(value);
    if (ms === null) {
      const message = `${quoted(value)} is no whole number of milliseconds; round it, or use \`ratePerMinute\``;
      issues.push(issue('bad-duration', message, value));
    } else if (ms > MAX_SPAN_MS) {
      issues.push(issue('too-long', `${quoted(value)} is longer than 31 days; shorten it`, value));
    }
  }),
);

const instant = z.string().check(
  z.regex(INSTANT_PATTERN, { abort: true }),
  z.check<string>(({ value, issues }) => {
    if (parseInstant(value) !== null) return;
    issues.push(issue('bad-date', `${quoted(value)} is not a day and time between 1970 and 9998; correct it`, value));
  }),
);

/** An object that refuses other fields; the refusal's message is the names it knows, separated by spaces. */
function strict<T extends z.core.$ZodLooseShape>(shape: T): z.ZodMiniObject<T, z.core.$strict> {
  const known = Object.keys(shape).join(' ');
  return z.strictObject(shape, {
    error: (found: { readonly code: string }) => (found.code === 'unrecognized_keys' ? known : undefined),
  });
}

const share = z.number().check(z.gte(0), z.lte(1));
const count = z.int().check(z.gte(1));

const latencyRange = z.tuple([duration, duration]).check(
  z.check<[string, string]>(({ value, issues }) => {
    const [from, to] = value;
    if ((parseDuration(from) ?? 0) <= (parseDuration(to) ?? 0)) return;
    issues.push(issue('bad-range', `\`latency\` starts at \`${from}\`, above its end \`${to}\`; swap them`, value));
  }),
);

const upstreamSchema = strict({
  failures: z.exactOptional(share),
  kind: z.exactOptional(z.enum(['rpc_error', 'tool_error', 'timeout'])),
  latency: z.exactOptional(z.union([duration, latencyRange])),
});

const PACES = ['over', 'every', 'ratePerMinute'] as const;

const argsSchema = z.custom<JsonObject>(
  (value: unknown) => typeof value === 'object' && value !== null && !Array.isArray(value),
  { error: '`args` must be an object; put its values in `{ }`', params: { code: 'wrong-type' } },
);

const callStepSchema = strict({
  call: z.string(),
  times: z.exactOptional(count),
  over: z.exactOptional(duration),
  every: z.exactOptional(duration),
  ratePerMinute: z.exactOptional(z.number().check(z.gt(0))),
  jitter: z.exactOptional(share),
  args: z.exactOptional(argsSchema),
  upstream: z.exactOptional(upstreamSchema),
}).check(
  z.check(({ value, issues }) => {
    const paces = PACES.filter((name) => value[name] !== undefined);
    if (paces.length > 1) {
      const names = paces.map((name) => `\`${name}\``).join(' and ');
      issues.push(issue('two-paces', `${names} exclude each other; keep one`, value, [paces[1] ?? '']));
    }
    const planned = planArguments(value.args ?? {}, value.times ?? 1);
    if (planned.ok) return;
    for (const error of planned.errors) {
      issues.push(issue(error.code, error.message, value, ['args', ...error.path]));
    }
  }),
);

const waitStepSchema = strict({ wait: duration });
const waitUntilStepSchema = strict({ waitUntil: instant });

/** Calls of one tool. `args` may hold templates and `$` operators, so they are not yet the arguments of a call. */
export type CallStep = DeepReadonly<z.infer<typeof callStepSchema>>;
export type WaitStep = DeepReadonly<z.infer<typeof waitStepSchema>>;
export type WaitUntilStep = DeepReadonly<z.infer<typeof waitUntilStepSchema>>;
/** Steps gone through several times, one round after the other. */
export interface RepeatStep {
  readonly repeat: number;
  readonly steps: readonly Step[];
}
export type Step = CallStep | WaitStep | WaitUntilStep | RepeatStep;

const repeatStepSchema = strict({ repeat: count, steps: z.lazy(() => stepsSchema) });

/** The fields that tell kinds of step apart, in the order of the union below. */
export const STEP_FIELDS = ['call', 'wait', 'waitUntil', 'repeat'] as const;

const stepsSchema: z.ZodMiniType<readonly Step[]> = z.array(
  z.union([callStepSchema, waitStepSchema, waitUntilStepSchema, repeatStepSchema]),
);

const retrySchema = strict({
  max: z.int().check(z.gte(0), z.lte(1000)),
  delay: duration,
  factor: z.exactOptional(z.number().check(z.gte(1), z.lte(1000))),
  respectRetryAt: z.exactOptional(z.boolean()),
});

const agentSchema = strict({
  name: z.string(),
  grant: z.exactOptional(z.string()),
  session: z.exactOptional(z.string()),
  onDenied: z.exactOptional(z.union([z.enum(['continue', 'stop']), strict({ retry: retrySchema })])),
  onApproval: z.exactOptional(strict({ retryAfter: duration })),
  steps: stepsSchema,
});

const agentId = z.string().check(
  z.check<string>(({ value, issues }) => {
    if (value !== '') return;
    issues.push(
      issue('out-of-range', 'an agent cannot be named by an empty text; write an id such as `agent-13`', value),
    );
  }),
);

const worldAgentSchema = strict({
  id: agentId,
  name: z.exactOptional(z.string()),
  organization: z.exactOptional(z.string()),
  auditLevel: z.exactOptional(z.enum(AUDIT_LEVELS)),
  trustScore: z.exactOptional(z.number().check(z.gte(0), z.lte(100))),
  expiresAt: z.exactOptional(instant),
  killSwitch: z.exactOptional(z.boolean()),
  maxOpValue: z.exactOptional(z.number().check(z.gt(0))),
  capabilities: z.exactOptional(z.array(z.string())),
  allowedServers: z.exactOptional(z.array(z.string())),
});

const worldSchema = strict({
  agents: z.exactOptional(z.array(worldAgentSchema)),
  remove: z.exactOptional(z.array(agentId)),
}).check(
  z.check(({ value, issues }) => {
    const { agents = [], remove = [] } = value;
    if (agents.length > MAX_WORLD_AGENTS) {
      const message = `a scenario edits at most ${grouped(MAX_WORLD_AGENTS)} agents of the world; remove some`;
      issues.push(issue('too-many-agents', message, value, ['agents']));
      return;
    }
    const seen = new Set<string>();
    const look = (id: string, path: PropertyKey[]): void => {
      const message = `${quoted(id)} stands in the world twice; keep one entry`;
      if (seen.has(id)) issues.push(issue('repeated-agent', message, value, path));
      seen.add(id);
    };
    agents.forEach(({ id }, index) => look(id, ['agents', index, 'id']));
    remove.forEach((id, index) => look(id, ['remove', index]));
  }),
);

const outcome = z.enum(['allow', 'deny', 'approval']);
const natural = z.int().check(z.gte(0));

const countAssertionSchema = strict({
  that: z.literal('count'),
  where: z.exactOptional(
    strict({
      tool: z.exactOptional(z.string()),
      grant: z.exactOptional(z.string()),
      outcome: z.exactOptional(outcome),
      rule: z.exactOptional(z.string()),
    }),
  ),
  within: z.exactOptional(duration),
  atMost: z.exactOptional(natural),
  atLeast: z.exactOptional(natural),
  exactly: z.exactOptional(natural),
}).check(
  z.check(({ value, issues }) => {
    if (value.atMost !== undefined || value.atLeast !== undefined || value.exactly !== undefined) return;
    issues.push(issue('no-bound', 'a count needs a bound; add `atMost`, `atLeast` or `exactly`', value));
  }),
);

const decisionAssertionSchema = strict({
  that: z.literal('decision'),
  call: natural,
  is: outcome,
  rule: z.exactOptional(z.string()),
});

/**
 * The shape of a scenario document (docs: scenario.md#the-document). Sizes over the whole document are checked by
 * `checkScenario`.
 */
export const scenarioSchema = strict({
  version: z.literal('1'),
  name: z.exactOptional(z.string()),
  start: instant,
  seed: z.exactOptional(z.int()),
  world: z.exactOptional(worldSchema),
  agents: z.array(agentSchema).check(z.maxLength(MAX_AGENTS)),
  approvals: z.exactOptional(strict({ mode: z.enum(['approve', 'deny', 'ignore']), after: z.exactOptional(duration) })),
  expect: z.exactOptional(z.array(z.discriminatedUnion('that', [countAssertionSchema, decisionAssertionSchema]))),
});

/** How the server answers the calls of a step, instead of as the simulated server would. */
export type UpstreamScript = DeepReadonly<z.infer<typeof upstreamSchema>>;
export type RetryReaction = DeepReadonly<{ retry: z.infer<typeof retrySchema> }>;
/** A caller and what it does. `grant` defaults to the name, `session` to `s1`, `onDenied` to `continue`. */
export type Agent = DeepReadonly<z.infer<typeof agentSchema>>;
/** An agent the world starts with, added or, where one of the default twelve has its id, changed. */
export type WorldAgentEdit = DeepReadonly<z.infer<typeof worldAgentSchema>>;
/** How the world at the start differs from the default one. `remove`: ids of the default twelve. */
export type WorldEdits = DeepReadonly<z.infer<typeof worldSchema>>;
/** Bounds on a number of calls: over the run or, with `within`, over every span of that length. */
export type CountAssertion = DeepReadonly<z.infer<typeof countAssertionSchema>>;
/** What call number `call` (from 0) must come to. */
export type DecisionAssertion = DeepReadonly<z.infer<typeof decisionAssertionSchema>>;
export type Assertion = CountAssertion | DecisionAssertion;
/**
 * A scenario document (docs: scenario.md#the-document). Data, never code. `seed` defaults to 1, `approvals.mode` to
 * `ignore`.
 */
export type Scenario = DeepReadonly<z.infer<typeof scenarioSchema>>;
