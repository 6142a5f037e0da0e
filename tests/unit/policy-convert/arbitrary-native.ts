import fc from 'fast-check';
import { OPERATORS, type Operator } from '../../../src/core/policy/model.ts';
import { PATHS, TOOLS, value } from './arbitrary-calls.ts';

/** why: `JSON.stringify` writes `-0` as 0. */
const MINUS_ZERO = '(minus zero)';

const number = fc.constantFrom(0, 1, 2, 5, 7, 100, -1, 2.5, 0.9, 1_000_000, 1e19, -0);
const text = fc.constantFrom('', 'no', 'line one\nline two', ': #', 'y', '1e3', 'a person decides');
const path = fc.constantFrom(...PATHS);

function operand(op: Operator): fc.Arbitrary<unknown> {
  switch (op) {
    case 'in':
    case 'not_in':
      return fc.array(value, { maxLength: 3 });
    case 'lt':
    case 'lte':
    case 'gt':
    case 'gte':
      return number;
    case 'regex':
      return fc.constantFrom('', '^U', '(?i)usd', '^(?P<a>.)(?P<b>.)', '\\d{3}');
    case 'exists':
      return fc.boolean();
    default:
      return value;
  }
}

const condition = fc
  .constantFrom(...OPERATORS, 'exists' as const, 'gte' as const)
  .chain((op) => fc.record({ path, op: fc.constant(op), value: operand(op) }));

const rule = (most: number) =>
  fc.record({ conditions: fc.array(condition, { maxLength: most }), on_deny: text }, { requiredKeys: ['conditions'] });

const max = fc.constantFrom(0, 1, 2, 3, 5, 10, 2 ** 53 - 1);
const common = {
  counter: fc.constantFrom('calls', 'spend', 'b.c', 'rate_limit x', '~/', '5'),
  window: fc.constantFrom('minute', 'hour', 'day'),
  max,
  scope: fc.constantFrom('grant', 'session'),
  on_deny: text,
};
const requiredKeys: ['counter', 'window', 'max'] = ['counter', 'window', 'max'];
const increment = fc.constantFrom(1, 2, 3, 0.5, 0.1, 2.25, 1e300);
const staticLimit = fc.record({ ...common, increment }, { requiredKeys });
const argumentLimit = fc.record({ ...common, increment_from: path }, { requiredKeys });
const byCounter = { selector: (limit: { counter: string }) => limit.counter };

/** Absent as often as not, so that plain policies turn up too. */
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined, freq: 2 });

const seldom = <T>(arbitrary: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 9, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary });

const shorthand = fc.oneof(
  { weight: 8, arbitrary: fc.constant({}) },
  {
    weight: 1,
    arbitrary: fc.constantFrom({ action: 'allow' }, { action: 'deny' }, { action: 'require_approval', reason: 'ask' }),
  },
);

const tool = fc
  .tuple(
    fc.record({
      require: maybe(fc.array(rule(2), { maxLength: 3 })),
      deny_if: maybe(
        fc.array(fc.oneof({ weight: 3, arbitrary: rule(1) }, { weight: 1, arbitrary: rule(2) }), { maxLength: 2 }),
      ),
      limits: maybe(fc.uniqueArray(fc.oneof(staticLimit, argumentLimit), { ...byCounter, maxLength: 3 })),
      rate_limit: seldom(fc.record({ max, window: fc.constantFrom(60, 60, 3600, 90, 7) })),
    }),
    shorthand,
  )
  .map(([long, short]) => ({ ...long, ...short }));

const document = fc.record(
  {
    version: fc.constant('1'),
    default: fc.constantFrom('allow', 'allow', 'deny'),
    description: text,
    hide: fc.uniqueArray(fc.constantFrom('guard', 'a', '*', 'y'), { maxLength: 1 }),
    all_tools: maybe(fc.record({ limits: fc.uniqueArray(staticLimit, { ...byCounter, maxLength: 2 }) })),
    tools: fc
      .tuple(
        fc.dictionary(fc.constantFrom('pay', 'guard'), tool),
        fc.dictionary(fc.constantFrom(...TOOLS, '*'), tool, { maxKeys: 1 }),
      )
      .map(([usual, odd]) => Object.fromEntries([...Object.entries(odd), ...Object.entries(usual)])),
  },
  { requiredKeys: ['version', 'default', 'tools'] },
);

/** Texts of valid `policylayer` policies with every feature. */
export const nativeText = document.map((policy) =>
  JSON.stringify(policy, (_key, member: unknown) => (Object.is(member, -0) ? MINUS_ZERO : member)).replaceAll(
    `"${MINUS_ZERO}"`,
    '-0',
  ),
);
