import { expect, test } from 'vitest';
import { TOOLS } from '../../../src/core/catalogue/tools.ts';
import { inspectPolicy } from '../../../src/core/policy/lint/lint.ts';
import { read } from './read.ts';

const MOST = 50_000;

function comparedIn(tool: object): number {
  const text = JSON.stringify({ version: '1', default: 'deny', tools: { create_escrow: tool } });
  const { policy, written } = read(text);
  if (policy === null || written === null) throw new Error('the policy has errors');
  return inspectPolicy(policy, written, { tools: TOOLS }).compared;
}

const many = (count: number, make: (index: number) => object): object[] =>
  Array.from({ length: count }, (_, index) => make(index));
const condition = (op: string, value: unknown) => ({ path: 'args.amount', op, value });

/** Policies of about 100 kB whose parts could each be compared with every other. */
const LARGE = {
  'rules that deny': { deny_if: many(1200, (value) => ({ conditions: [condition('gt', value)] })) },
  'rules that require': { require: many(1200, (value) => ({ conditions: [condition('lte', value)] })) },
  conditions: { require: [{ conditions: many(1800, (value) => condition('neq', value)) }] },
  limits: { limits: many(1500, (index) => ({ counter: `c${String(index)}`, window: 'hour', max: 10 + index })) },
  'lists of values': {
    require: many(20, () => ({
      conditions: [
        condition(
          'in',
          Array.from({ length: 900 }, (_, value) => value),
        ),
      ],
    })),
  },
};

test.each(Object.entries(LARGE))('many %s are compared only so often', (_what, tool) => {
  const compared = comparedIn(tool);
  expect(compared).toBeGreaterThan(0);
  expect(compared).toBeLessThanOrEqual(MOST);
});

test('what is compared grows with the text, not with its square', () => {
  const rules = (count: number) => ({ deny_if: many(count, (value) => ({ conditions: [condition('gt', value)] })) });
  expect(comparedIn(rules(30))).toBeLessThan(1000);
  expect(comparedIn(rules(20_000))).toBeLessThanOrEqual(MOST);
});
