import { expect, test } from 'vitest';
import { SEED_POLICY_TEXT } from '../../../src/core/catalogue/seed.ts';
import { describePolicy, toolEffects } from '../../../src/core/policy/effect.ts';
import { parsePolicy } from '../../../src/core/policy/parse.ts';
import { compilePattern } from '../../../src/core/policy/pattern.ts';
import { readIntercept } from '../../../src/core/policy/read-intercept.ts';
import type { Policy } from '../../../src/core/policy/model.ts';
import { policyOf } from './read.ts';

const amount = (op: string, value: unknown) => ({ conditions: [{ path: 'args.amount', op, value }] });
const limit = (counter: string, max: number, window = 'minute') => ({ counter, window, max });

function effects(policy: Policy, ...tools: string[]): unknown {
  return toolEffects(policy, tools).map(({ state, words, pointer }) => [state, words, pointer]);
}

function interceptPolicy(text: string): Policy {
  const { policy } = parsePolicy(text, { dialect: 'intercept', compilePattern, readers: { intercept: readIntercept } });
  if (policy === null) throw new Error('invalid');
  return policy;
}

test('the seed policy in words', () => {
  const policy = policyOf(SEED_POLICY_TEXT);
  expect(describePolicy(policy)).toBe('default deny, 1 tool, 1 limit');
  expect(effects(policy, 'issue_audit_ticket', 'create_escrow')).toEqual([
    ['limited', '30 a minute', '/tools/issue_audit_ticket'],
    ['denied', 'denied', '/default'],
  ]);
});

test('each kind of effect, strongest first', () => {
  const policy = policyOf({
    version: '1',
    default: 'deny',
    hide: ['hidden', 'hidden_and_listed'],
    tools: {
      hidden_and_listed: { action: 'deny' },
      denied: { limits: [limit('a', 1)], deny_if: [amount('gt', 1), { conditions: [] }] },
      denied_short: { action: 'deny' },
      asks: { action: 'require_approval', rate_limit: { max: 1000, window: 3600 } },
      asks_only: { action: 'require_approval' },
      spends: {
        limits: [{ ...limit('b', 2500, 'day'), increment_from: 'args.order.total' }],
        require: [amount('exists', true)],
      },
      ruled: { require: [amount('exists', true), { conditions: [] }], deny_if: [amount('gt', 5)] },
      twice: { limits: [limit('c', 5), limit('d', 50, 'hour')] },
      odd: { rate_limit: { max: 10, window: 90 } },
      free: {},
    },
  });
  const tools = ['hidden', ...policy.tools.keys()];
  expect(effects(policy, ...tools)).toEqual([
    ['hidden', 'hidden', '/hide/0'],
    ['hidden', 'hidden', '/hide/1'],
    ['denied', 'denied', '/tools/denied/deny_if/1'],
    ['denied', 'denied', '/tools/denied_short/action'],
    ['approval', 'approval, 1,000 an hour', '/tools/asks'],
    ['approval', 'approval', '/tools/asks_only'],
    ['limited', 'order.total 2,500 a day, 1 rule', '/tools/spends'],
    ['rules', '2 rules', '/tools/ruled'],
    ['limited', '2 limits', '/tools/twice'],
    ['limited', '10 every 90 s', '/tools/odd'],
    ['allowed', 'allowed', '/tools/free'],
  ]);
  expect(describePolicy(policy)).toBe('default deny, 10 tools, 8 rules, 6 limits, 2 approvals, 2 hidden');
});

test('limits of all tools reach tools that are not listed', () => {
  const policy = policyOf({ version: '1', default: 'allow', all_tools: { limits: [limit('all', 9)] } });
  expect(effects(policy, 'anything')).toEqual([['limited', '9 a minute', '/all_tools/limits/0']]);
  expect(describePolicy(policy)).toBe('default allow, no tools, 1 limit');
  expect(effects(policyOf({ version: '1', default: 'allow' }), 'anything')).toEqual([['allowed', 'allowed', '']]);
});

test('the first entry that hides a tool is named', () => {
  const policy = policyOf({ version: '1', default: 'allow', hide: ['a', '*', 'b'] });
  expect(effects(policy, 'a', 'b', 'c')).toEqual([
    ['hidden', 'hidden', '/hide/0'],
    ['hidden', 'hidden', '/hide/1'],
    ['hidden', 'hidden', '/hide/1'],
  ]);
});

test('an Intercept limit is written as a rule and counted once', () => {
  const policy = interceptPolicy(`version: "1"
default: deny
tools:
  x:
    rules:
      - { name: cap, rate_limit: 5/hour }
      - { name: small, conditions: [{ path: args.amount, op: lte, value: 5 }] }
  "*":
    rules:
      - { name: all, rate_limit: 100/day }
`);
  expect(describePolicy(policy)).toBe('default deny, 2 tools, 1 rule, 2 limits');
  expect(effects(policy, 'x', 'y')).toEqual([
    ['limited', '2 limits, 1 rule', 'tools.x'],
    ['denied', 'denied', 'default'],
  ]);
});
