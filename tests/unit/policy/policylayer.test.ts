import { expect, test } from 'vitest';
import { readFileSync } from 'node:fs';
import type { Limit, Rule } from '../../../src/core/policy/model.ts';
import { SEED_POLICY_TEXT } from '../../../src/core/catalogue/seed.ts';
import { policyOf, read } from './read.ts';

function tool(rules: unknown): { rules: readonly Rule[]; limits: readonly Limit[] } {
  const found = policyOf({ version: '1', default: 'deny', tools: { x: rules } }).tools.get('x');
  if (!found) throw new Error('no tool');
  return found;
}
const amount = (op: string, value: unknown) => ({ path: 'args.amount', op, value });

test('the seed policy is read without a remark', () => {
  const { policy, diagnostics } = read(SEED_POLICY_TEXT, ['issue_audit_ticket']);
  expect(diagnostics).toEqual([]);
  expect(policy).toEqual({
    dialect: 'policylayer',
    version: '1',
    description: '',
    defaultAction: 'deny',
    hide: [],
    everyTool: null,
    tools: new Map([
      [
        'issue_audit_ticket',
        {
          name: 'issue_audit_ticket',
          pointer: '/tools/issue_audit_ticket',
          rules: [],
          approval: null,
          limits: [
            {
              rule: '/tools/issue_audit_ticket/limits/issue_audit_ticket_rate',
              pointer: '/tools/issue_audit_ticket/limits/0',
              onDeny: null,
              counter: 'issue_audit_ticket_rate',
              counterKey: '/tools/issue_audit_ticket/limits/issue_audit_ticket_rate',
              scope: 'grant',
              windowMs: 60_000,
              max: 30,
              amount: { kind: 'static', value: 1 },
              counts: true,
            },
          ],
        },
      ],
    ]),
  });
});

test('require rules come before deny_if rules, in whatever order they are written', () => {
  const { rules } = tool({
    deny_if: [{ conditions: [amount('gt', 9)], on_deny: 'too much' }],
    require: [{ conditions: [amount('exists', true)], on_deny: '' }],
  });
  expect(rules.map(({ kind, onDeny, pointer }) => [kind, onDeny, pointer])).toEqual([
    ['require', null, '/tools/x/require/0'],
    ['deny_if', 'too much', '/tools/x/deny_if/0'],
  ]);
  expect(rules[1]?.conditions[0]).toEqual({
    source: 'args',
    segments: ['amount'],
    counterKey: '',
    path: 'args.amount',
    op: 'gt',
    value: 9,
    pattern: null,
    pointer: '/tools/x/deny_if/0/conditions/0',
  });
});

test('slugs join conditions, number repeats within one list, and are escaped', () => {
  const { rules } = tool({
    require: [
      { conditions: [amount('lte', 30)] },
      { conditions: [amount('gt', 1), { path: 'args.a/b~c.d', op: 'eq', value: 1 }] },
      { conditions: [amount('lte', 20)] },
      { conditions: [amount('lte', 10)] },
      { conditions: [] },
    ],
    deny_if: [{ conditions: [amount('lte', 0)] }],
  });
  expect(rules.map(({ rule }) => rule)).toEqual([
    '/tools/x/require/args.amount-lte',
    '/tools/x/require/args.amount-gt+args.a~1b~0c.d-eq',
    '/tools/x/require/args.amount-lte-2',
    '/tools/x/require/args.amount-lte-3',
    '/tools/x/require/always',
    '/tools/x/deny_if/args.amount-lte',
  ]);
});

test('action deny is a first deny_if rule whose slug is numbered first', () => {
  const { rules } = tool({
    deny_if: [{ conditions: [] }],
    action: 'deny',
    reason: 'closed',
    require: [{ conditions: [amount('exists', true)] }],
  });
  expect(rules.slice(1)).toEqual([
    { kind: 'deny_if', conditions: [], rule: '/tools/x/deny_if/always', pointer: '/tools/x/action', onDeny: 'closed' },
    { kind: 'deny_if', conditions: [], rule: '/tools/x/deny_if/always-2', pointer: '/tools/x/deny_if/0', onDeny: null },
  ]);
});

test('action allow means nothing, require_approval an approval with its reason', () => {
  const tools = policyOf({
    version: '1',
    default: 'deny',
    tools: {
      plain: { action: 'allow' },
      asks: { action: 'require_approval', reason: 'a person must agree' },
      'a/b': { action: 'require_approval', reason: '' },
    },
  }).tools;
  expect(tools.get('plain')).toMatchObject({ rules: [], limits: [], approval: null });
  expect(tools.get('asks')?.approval).toEqual({
    rule: '/tools/asks/action',
    pointer: '/tools/asks/action',
    reason: 'a person must agree',
  });
  expect(tools.get('a/b')?.approval).toEqual({
    rule: '/tools/a~1b/action',
    pointer: '/tools/a~1b/action',
    reason: null,
  });
});

test('rate_limit is a last limit of scope session with a window in seconds', () => {
  const { limits } = tool({
    rate_limit: { max: 3, window: 7 },
    limits: [{ counter: 'calls', window: 'hour', max: 9, on_deny: 'slow down' }],
  });
  expect(limits.map(({ pointer, rule, scope, windowMs, onDeny }) => [pointer, rule, scope, windowMs, onDeny])).toEqual([
    ['/tools/x/limits/0', '/tools/x/limits/calls', 'grant', 3_600_000, 'slow down'],
    ['/tools/x/rate_limit', '/tools/x/limits/rate_limit', 'session', 7_000, null],
  ]);
});

test('windows, amounts and maxima are read as numbers', () => {
  const { limits } = tool({
    limits: [
      { counter: 'a', window: 'minute', max: 1e2, increment: 0.5 },
      { counter: 'b', window: 'day', max: 9007199254740991, increment_from: 'args.order.total', scope: 'session' },
    ],
  });
  expect(limits.map(({ windowMs, max, amount: taken, scope }) => [windowMs, max, taken, scope])).toEqual([
    [60_000, 100, { kind: 'static', value: 0.5 }, 'grant'],
    [
      86_400_000,
      Number.MAX_SAFE_INTEGER,
      { kind: 'argument', segments: ['order', 'total'], path: 'args.order.total' },
      'session',
    ],
  ]);
  const negativeZero = policyOf('{"version":"1","default":"deny","tools":{"x":{"rate_limit":{"max":-0,"window":1}}}}');
  expect(negativeZero.tools.get('x')?.limits[0]?.max).toBe(0);
});

test('counters of different places or names never share a key', () => {
  const limit = (counter: string) => ({ counter, window: 'minute', max: 1 });
  const policy = policyOf({
    version: '1',
    default: 'allow',
    all_tools: { limits: [limit('c'), limit('limits/c')] },
    tools: {
      a: { limits: [limit('b/limits/c'), limit('c')] },
      'a/limits/b': { limits: [limit('c')] },
      'a~1limits~1b': { limits: [limit('c')] },
      all_tools: { limits: [limit('c')] },
    },
  });
  const places = [...policy.tools.values(), ...(policy.everyTool ? [policy.everyTool] : [])];
  const keys = places.flatMap(({ limits }) => limits.map(({ counterKey }) => counterKey));
  expect(new Set(keys).size).toBe(7);
  expect(policy.everyTool).toMatchObject({ pointer: '/all_tools', rules: [], approval: null });
  expect(policy.everyTool?.limits[0]).toMatchObject({ rule: '/all_tools/limits/c', pointer: '/all_tools/limits/0' });
});

test('names of object members are names like others', () => {
  const text = `{ "version": "1", "default": "deny", "hide": ["constructor"], "tools": { "__proto__": { "require": [
    { "conditions": [{ "path": "args.__proto__.toString", "op": "eq", "value": { "__proto__": { "a": 1 } } }] } ] } } }`;
  const { policy, diagnostics } = read(text);
  expect(diagnostics).toEqual([]);
  const [condition] = policy?.tools.get('__proto__')?.rules[0]?.conditions ?? [];
  expect(condition?.segments).toEqual(['__proto__', 'toString']);
  expect(JSON.stringify(condition?.value)).toBe('{"__proto__":{"a":1}}');
  expect(Object.getPrototypeOf(condition?.value)).toBe(Object.prototype);
  expect(({} as Record<string, unknown>).a).toBeUndefined();
});

test('places of the public cases: rules are where decisions say', () => {
  const lines = ['edge', 'random'].flatMap((name) =>
    readFileSync(new URL(`../../conformance/policylayer-${name}.jsonl`, import.meta.url), 'utf8')
      .trim()
      .split('\n'),
  );
  for (const line of lines) {
    const { policy, expect: expected } = JSON.parse(line) as {
      policy: string;
      expect: { decisions: { rule: string; pointer: string }[] };
    };
    const result = read(policy);
    const rules = new Map(result.anchors().map(({ pointer, rule }) => [pointer, rule]));
    for (const { rule, pointer } of expected.decisions) if (pointer !== '') expect(rules.get(pointer)).toBe(rule);
  }
  expect(lines).toHaveLength(1560);
});
