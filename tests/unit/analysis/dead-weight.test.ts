import { expect, test } from 'vitest';
import { findDeadWeight } from '../../../src/core/analysis/dead-weight.ts';
import { recommendedPolicyText } from '../../../src/core/catalogue/recommended.ts';
import { parsePolicy } from '../../../src/core/policy/parse.ts';
import { compilePattern } from '../../../src/core/policy/pattern.ts';
import { readIntercept } from '../../../src/core/policy/read-intercept.ts';
import { readPolicy } from '../simulator/arrange.ts';
import { drain } from '../drain.ts';

const TOOL = 'issue_audit_ticket';
const rule = (path: string, op: string, value: unknown): object => ({
  conditions: [{ path: `args.${path}`, op, value }],
});
const limit = (counter: string, window: string, max: number, more: object = {}): object => ({
  counter,
  window,
  max,
  ...more,
});

function deadOf(tool: object, name = TOOL, hide: readonly string[] = []): string[] {
  const policy = readPolicy({
    version: '1',
    default: 'deny',
    ...(hide.length > 0 ? { hide } : {}),
    tools: { [name]: tool },
  });
  return drain(findDeadWeight(policy)).map(({ pointer, why }) => `${pointer.replace(`/tools/${name}`, '')} ${why}`);
}

test.each<[string, object, string[]]>([
  [
    'a rule that follows one that denies all',
    { deny_if: [{ conditions: [] }, rule('agentId', 'eq', 'x')] },
    ['/deny_if/1 never-reached'],
  ],
  [
    'a rule that the one before makes empty',
    { require: [rule('validitySeconds', 'lte', 60)], deny_if: [rule('validitySeconds', 'gt', 900)] },
    ['/deny_if/0 never-denies'],
  ],
  [
    'a rule for a type that the input refuses',
    { deny_if: [rule('validitySeconds', 'eq', true)] },
    ['/deny_if/0 never-denies'],
  ],
  [
    'a limit of a tool that is denied',
    { deny_if: [{ conditions: [] }], limits: [limit('c', 'day', 5)] },
    ['/limits/0 never-reached'],
  ],
  [
    'an hour that sixty minutes cannot fill',
    { limits: [limit('m', 'minute', 2), limit('h', 'hour', 121)] },
    ['/limits/1 never-binds'],
  ],
  [
    'an hour that sixty minutes fill exactly',
    { limits: [limit('m', 'minute', 2), limit('h', 'hour', 120)] },
    ['/limits/1 as-tight'],
  ],
  [
    'two that say the same, each as tight as the other',
    { limits: [limit('a', 'minute', 9), limit('b', 'minute', 9)] },
    ['/limits/0 as-tight', '/limits/1 as-tight'],
  ],
  [
    'a minute that the day is tighter than',
    { limits: [limit('m', 'minute', 9), limit('d', 'day', 9)] },
    ['/limits/0 never-binds'],
  ],
])('%s', (_, tool, expected) => {
  expect(deadOf(tool)).toEqual(expected);
});

test.each<[string, object]>([
  ['an hour that sixty minutes can fill', { limits: [limit('m', 'minute', 2), limit('h', 'hour', 119)] }],
  [
    'a limit of each session beside one of the grant',
    { limits: [limit('s', 'minute', 5, { scope: 'session' }), limit('g', 'minute', 9)] },
  ],
  [
    'rules that each deny something',
    { require: [rule('validitySeconds', 'exists', true)], deny_if: [rule('validitySeconds', 'gt', 900)] },
  ],
  ['a pattern, of which nothing was proved', { deny_if: [rule('agentId', 'regex', '^(x[0-9]{3}y){2}$')] }],
])('%s is no dead weight', (_, tool) => {
  expect(deadOf(tool)).toEqual([]);
});

test('what is spent is looked at by the most one call may spend', () => {
  const spend = (max: number): object => limit('s', 'day', max, { increment_from: 'args.amount' });
  const capped = { require: [rule('amount', 'lte', 10)], limits: [limit('m', 'day', 5), spend(50)] };
  expect(deadOf(capped, 'create_escrow')).toEqual(['/limits/1 as-tight']);
  expect(deadOf({ ...capped, limits: [limit('m', 'day', 5), spend(49)] }, 'create_escrow')).toEqual([]);
});

test('everything of a hidden tool', () => {
  expect(deadOf({ deny_if: [rule('agentId', 'eq', 'x')] }, TOOL, [TOOL])).toEqual(['/deny_if/0 never-reached']);
});

test('nothing that Intercept has for every tool, though one tool is denied before it', () => {
  const text = [
    'version: "1"',
    'default: deny',
    'tools:',
    '  get_agent_card:',
    '    rules: []',
    '  activate_kill_switch:',
    '    rules: [{ name: never, action: deny }]',
    '  "*":',
    '    rules: [{ name: all-calls, rate_limit: 100/minute }, { name: no, action: deny }]',
  ].join('\n');
  const readers = { intercept: readIntercept };
  const { policy } = parsePolicy(text, { dialect: 'intercept', compilePattern, readers });
  if (policy === null) throw new Error('the policy has errors');
  expect(drain(findDeadWeight(policy))).toEqual([]);
});

test('nothing of the recommended policy', () => {
  expect(drain(findDeadWeight(readPolicy(JSON.parse(recommendedPolicyText()))))).toEqual([]);
});
