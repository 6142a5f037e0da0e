import fc from 'fast-check';
import { OPERATORS, type Operator } from '../../../src/core/policy/model.ts';

const name = fc.constantFrom('create_escrow', 'guard_tool', 'a/b~c', '__proto__', 'constructor', 'größe 😀');
const text = fc.string({ maxLength: 12 });
const path = fc.constantFrom('args.amount', 'args.task', 'args.order.total', 'args.__proto__', 'args.a b');

function valueFor(op: Operator): fc.Arbitrary<unknown> {
  switch (op) {
    case 'in':
    case 'not_in':
      return fc.array(fc.oneof(text, fc.integer()), { maxLength: 3 });
    case 'lt':
    case 'lte':
    case 'gt':
    case 'gte':
      return fc.integer({ min: -1000, max: 1000 });
    case 'regex':
      return fc.constantFrom('', '^a+$', '(?i)pay');
    case 'exists':
      return fc.boolean();
    default:
      return fc.oneof(text, fc.integer(), fc.constant(null), fc.constant({ a: [1, 'b'] }));
  }
}

const condition = fc
  .constantFrom(...OPERATORS)
  .chain((op) => fc.record({ path, op: fc.constant(op), value: valueFor(op) }));
const rule = fc.record(
  { conditions: fc.array(condition, { maxLength: 3 }), on_deny: text },
  { requiredKeys: ['conditions'] },
);
const max = fc.integer({ min: 0, max: 500 });
const limitFields = {
  counter: fc.constantFrom('calls', 'spend', 'x~/y', '__proto__'),
  window: fc.constantFrom('minute', 'hour', 'day'),
  max,
  scope: fc.constantFrom('grant', 'session'),
  on_deny: text,
};
const requiredKeys: ['counter', 'window', 'max'] = ['counter', 'window', 'max'];
const plainLimit = fc.record({ ...limitFields, increment: fc.constantFrom(1, 0.5, 3) }, { requiredKeys });
const argumentLimit = fc.record({ ...limitFields, increment_from: path }, { requiredKeys });
const byCounter = { maxLength: 3, selector: (limit: { counter: string }) => limit.counter };

const shorthand = fc.oneof(
  fc.constant({}),
  fc.record({ action: fc.constantFrom('allow', 'deny', 'require_approval') }),
  fc.record({ reason: text, action: fc.constantFrom('allow', 'deny', 'require_approval') }),
);
const tool = fc
  .tuple(
    fc.record(
      {
        require: fc.array(rule, { maxLength: 3 }),
        deny_if: fc.array(rule, { maxLength: 3 }),
        limits: fc.uniqueArray(fc.oneof(plainLimit, argumentLimit), byCounter),
        rate_limit: fc.record({ max, window: fc.constantFrom(1, 60, 90, 3600, 86_400) }),
      },
      { requiredKeys: [] },
    ),
    shorthand,
    fc.boolean(),
  )
  .map(([long, short, first]) => (first ? { ...short, ...long } : { ...long, ...short }));

/** Valid `policylayer` documents with every feature, shorthand and odd names included. */
export const policyDocument = fc.record(
  {
    version: fc.constant('1'),
    default: fc.constantFrom('allow', 'deny'),
    description: text,
    hide: fc.uniqueArray(fc.oneof(name, fc.constant('*')), { maxLength: 3 }),
    all_tools: fc.record({ limits: fc.uniqueArray(plainLimit, byCounter) }, { requiredKeys: [] }),
    tools: fc.dictionary(name, tool, { maxKeys: 4 }),
  },
  { requiredKeys: ['version', 'default'] },
);
