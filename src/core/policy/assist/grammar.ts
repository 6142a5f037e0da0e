import type { Dialect } from '../model.ts';

/** Kinds of objects in a policy. `tools` has a member for each tool, `tool` is one of them. */
export type Part =
  'policy' | 'all_tools' | 'tools' | 'tool' | 'rule' | 'condition' | 'limit' | 'shared limit' | 'rate_limit' | 'state';

/** Kinds of plain values; each has words of its own to offer or to explain. */
export type Kind =
  | 'version'
  | 'default'
  | 'text'
  | 'tool name'
  | 'action'
  | 'path'
  | 'amount path'
  | 'operator'
  | 'operand'
  | 'counter'
  | 'window'
  | 'seconds'
  | 'number'
  | 'scope'
  | 'rate';

/** What may stand at a place. */
export type Shape =
  | { readonly kind: 'object'; readonly part: Part }
  | { readonly kind: 'list'; readonly of: Shape }
  | { readonly kind: 'value'; readonly value: Kind };

const object = (part: Part): Shape => ({ kind: 'object', part });
const list = (of: Shape): Shape => ({ kind: 'list', of });
const value = (kind: Kind): Shape => ({ kind: 'value', value: kind });

type Fields = Readonly<Record<string, Shape>>;

const CONDITION: Fields = { path: value('path'), op: value('operator'), value: value('operand') };

const SHARED_LIMIT: Fields = {
  counter: value('counter'),
  window: value('window'),
  max: value('number'),
  scope: value('scope'),
  on_deny: value('text'),
  increment: value('number'),
};

const POLICYLAYER: Readonly<Partial<Record<Part, Fields>>> = {
  policy: {
    version: value('version'),
    default: value('default'),
    description: value('text'),
    hide: list(value('tool name')),
    all_tools: object('all_tools'),
    tools: object('tools'),
  },
  all_tools: { limits: list(object('shared limit')) },
  tool: {
    require: list(object('rule')),
    deny_if: list(object('rule')),
    limits: list(object('limit')),
    action: value('action'),
    reason: value('text'),
    rate_limit: object('rate_limit'),
  },
  rule: { conditions: list(object('condition')), on_deny: value('text') },
  condition: CONDITION,
  limit: { ...SHARED_LIMIT, increment_from: value('amount path') },
  'shared limit': SHARED_LIMIT,
  rate_limit: { max: value('number'), window: value('seconds') },
};

const INTERCEPT: Readonly<Partial<Record<Part, Fields>>> = {
  policy: {
    version: value('version'),
    description: value('text'),
    default: value('default'),
    hide: list(value('tool name')),
    tools: object('tools'),
  },
  tool: { rules: list(object('rule')) },
  rule: {
    name: value('text'),
    action: value('action'),
    rate_limit: value('rate'),
    conditions: list(object('condition')),
    on_deny: value('text'),
    state: object('state'),
  },
  condition: CONDITION,
  state: {
    counter: value('counter'),
    window: value('window'),
    increment: value('number'),
    increment_from: value('amount path'),
  },
};

/** The fields of an object with what each may hold, in the order people write them; none for `tools`. */
export function fieldsOf(dialect: Dialect, part: Part): Fields {
  return (dialect === 'intercept' ? INTERCEPT : POLICYLAYER)[part] ?? {};
}

/** What may stand at a path from the top of the document; null where nothing is known. */
export function shapeAt(dialect: Dialect, path: readonly (string | number)[]): Shape | null {
  let shape: Shape = object('policy');
  for (const segment of path) {
    const next = memberShape(dialect, shape, segment);
    if (next === null) return null;
    shape = next;
  }
  return shape;
}

function memberShape(dialect: Dialect, shape: Shape, segment: string | number): Shape | null {
  if (shape.kind === 'list') return typeof segment === 'number' ? shape.of : null;
  // why: a list of operands may stand where one operand does.
  if (shape.kind === 'value') return shape.value === 'operand' && typeof segment === 'number' ? shape : null;
  if (typeof segment !== 'string') return null;
  if (shape.part === 'tools') return object('tool');
  const fields = fieldsOf(dialect, shape.part);
  return Object.hasOwn(fields, segment) ? (fields[segment] ?? null) : null;
}
