import * as z from 'zod/mini';
import { policySchema } from '../policy/policylayer/schema.ts';
import { scenarioSchema } from '../scenario/schema.ts';
import { POLICY_WORDS } from './policy-words.ts';
import { SCENARIO_WORDS } from './scenario-words.ts';

type Node = z.core.JSONSchema.BaseSchema;

/** A published schema in the making: `words` by property path, `demands` by the names of an object's properties. */
interface Plan {
  readonly schema: z.core.$ZodType;
  readonly title: string;
  readonly words: Readonly<Record<string, string>>;
  /** What a check of our own asks of a property, by its whole path. */
  readonly fields: Readonly<Record<string, Node>>;
  /** What fields demand of each other, added to the object that has all of `has`. */
  readonly demands: readonly { readonly has: readonly string[]; readonly add: Node }[];
}

const exclude = (...names: string[]): Node => ({ not: { required: names } });
const oneOrMore = (...names: string[]): Node => ({ anyOf: names.map((name) => ({ required: [name] })) });

const POLICY: Plan = {
  schema: policySchema,
  title: 'PolicyLayer policy',
  words: POLICY_WORDS,
  fields: { hide: { uniqueItems: true } },
  demands: [
    { has: ['increment', 'increment_from'], add: exclude('increment', 'increment_from') },
    {
      has: ['action', 'reason'],
      add: { anyOf: [{ required: ['action'] }, { properties: { reason: { const: '' } } }] },
    },
  ],
};

const SCENARIO: Plan = {
  schema: scenarioSchema,
  title: 'Policy Playground scenario',
  words: SCENARIO_WORDS,
  fields: {
    'world.agents.id': { minLength: 1 },
    'world.remove': { items: { type: 'string', minLength: 1 } },
  },
  demands: [
    {
      has: ['over', 'every', 'ratePerMinute'],
      add: { allOf: [exclude('over', 'every'), exclude('over', 'ratePerMinute'), exclude('every', 'ratePerMinute')] },
    },
    { has: ['atMost', 'atLeast', 'exactly'], add: oneOrMore('atMost', 'atLeast', 'exactly') },
  ],
};

/** The words for a property: those of the longest path that ends like `path`. Throws when there are none. */
function wordsFor({ words }: Plan, path: readonly string[]): string {
  for (let from = 0; from < path.length; from++) {
    const found = words[path.slice(from).join('.')];
    if (found !== undefined) return found;
  }
  throw new Error(`no words for ${path.join('.')}`);
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Describes every property below `node`, and writes down what fields demand of each other. */
function complete(plan: Plan, node: unknown, path: readonly string[]): void {
  if (!isNode(node)) return;
  const { properties = {}, additionalProperties, items, anyOf = [], oneOf = [], prefixItems = [] } = node;
  for (const [name, property] of Object.entries(properties)) {
    if (!isNode(property)) continue;
    complete(plan, property, [...path, name]);
    Object.assign(property, plan.fields[[...path, name].join('.')], { description: wordsFor(plan, [...path, name]) });
  }
  if (isNode(additionalProperties) && additionalProperties.properties !== undefined) {
    complete(plan, additionalProperties, [...path, '*']);
    additionalProperties.description = wordsFor(plan, [...path, '*']);
  }
  for (const part of [items, ...anyOf, ...oneOf, ...prefixItems].flat()) complete(plan, part, path);
  for (const { has, add } of plan.demands)
    if (has.every((name) => Object.hasOwn(properties, name))) Object.assign(node, add);
}

function publish(plan: Plan): Node {
  const schema: Node = z.toJSONSchema(plan.schema, {
    unrepresentable: 'any',
    io: 'input',
    override({ zodSchema, jsonSchema }) {
      // why: a check of our own says nothing of the type; arguments of a call are an object.
      if (zodSchema._zod.def.type === 'custom') jsonSchema.type = 'object';
    },
  });
  complete(plan, schema, []);
  for (const definition of Object.values(schema.$defs ?? {})) complete(plan, definition, []);
  return { ...schema, title: plan.title };
}

/**
 * The JSON Schema (draft 2020-12) of a `policylayer` document, with a description of every property. Repeated
 * counters, RE2 syntax and names written twice in the text are beyond it.
 */
export function policyJsonSchema(): Node {
  return publish(POLICY);
}

/**
 * The JSON Schema (draft 2020-12) of a scenario, with a description of every property. Sizes of the whole, templates and
 * ranges are beyond it.
 */
export function scenarioJsonSchema(): Node {
  return publish(SCENARIO);
}
