import { describe, expect, test } from 'vitest';
import type { Policy } from '../../../src/core/policy/model.ts';
import { parsePolicy } from '../../../src/core/policy/parse.ts';
import { compilePattern } from '../../../src/core/policy/pattern.ts';
import { readIntercept } from '../../../src/core/policy/read-intercept.ts';
import { ruleCoverage } from '../../../src/core/simulator/coverage.ts';
import { tallyPass } from '../../../src/core/simulator/tally.ts';
import { type Call, type Circumstances, readPolicy, runCalls } from './arrange.ts';

const START = Date.UTC(2026, 0, 1);
const call = (tool: string, args: Call['args'] = {}, more: Partial<Call> = {}): Call => ({
  atMs: START,
  tool,
  args,
  ...more,
});

/** `<pointer> <decided> of <reached>`. */
function coverage(policy: Policy, calls: readonly Call[], circumstances: Circumstances = {}): string[] {
  const run = runCalls(policy, calls, circumstances);
  const pass = tallyPass(run);
  pass.add(0, run.columns.count);
  return ruleCoverage(run, pass.finish()).map(({ pointer, decided, reached }) => {
    return `${pointer} ${String(decided)} of ${String(reached)}`;
  });
}

const PAY = readPolicy({
  version: '1',
  default: 'deny',
  all_tools: { limits: [{ counter: 'all', window: 'minute', max: 2 }] },
  tools: {
    pay: {
      require: [{ conditions: [{ path: 'args.amount', op: 'exists', value: true }] }],
      deny_if: [{ conditions: [{ path: 'args.amount', op: 'gt', value: 10 }] }],
      limits: [{ counter: 'c', window: 'minute', max: 5 }],
    },
    idle: { deny_if: [{ conditions: [] }] },
  },
});

describe('coverage of rules', () => {
  test('a call reaches what stands behind everything that let it pass', () => {
    const calls = [
      call('pay'),
      call('pay', { amount: 99 }),
      ...[1, 2, 3].map((amount) => call('pay', { amount })),
      call('other'),
    ];
    expect(coverage(PAY, calls)).toEqual([
      '/tools/pay/require/0 1 of 5',
      '/tools/pay/deny_if/0 1 of 4',
      '/tools/pay/limits/0 0 of 3',
      '/all_tools/limits/0 1 of 3',
      '/tools/idle/deny_if/0 0 of 0',
    ]);
  });

  test('limits on every tool count the calls of all tools', () => {
    const policy = readPolicy({
      version: '1',
      default: 'allow',
      all_tools: { limits: [{ counter: 'all', window: 'minute', max: 1 }] },
    });
    expect(coverage(policy, [call('a'), call('b'), call('b')])).toEqual(['/all_tools/limits/0 2 of 3']);
    expect(coverage(policy, [])).toEqual(['/all_tools/limits/0 0 of 0']);
  });

  test('calls without a policy, and of hidden tools, reach nothing', () => {
    const policy = readPolicy({
      version: '1',
      default: 'allow',
      hide: ['x'],
      tools: { x: { deny_if: [{ conditions: [] }] }, pay: { deny_if: [{ conditions: [] }] } },
    });
    expect(coverage(policy, [call('x'), call('pay'), call('pay', {}, { grant: 'h' })], { noPolicy: ['h'] })).toEqual([
      '/tools/pay/deny_if/0 1 of 1',
    ]);
  });

  test('an approval is reached by what passes the limits, and decides until a person agrees', () => {
    const policy = readPolicy({ version: '1', default: 'allow', tools: { pay: { action: 'require_approval' } } });
    const calls = [call('pay'), call('pay', {}, { atMs: START + 5 })];
    expect(coverage(policy, calls, { approvals: { mode: 'approve', afterMs: 1 } })).toEqual([
      '/tools/pay/action 1 of 2',
    ]);
    expect(coverage(policy, calls, { approvals: { mode: 'deny', afterMs: 1 } })).toEqual(['/tools/pay/action 2 of 2']);
  });

  test('a rule of Intercept and the counter it keeps are one; the counter is taken after every rule', () => {
    const text = [
      'version: "1"',
      'tools:',
      '  pay:',
      '    rules:',
      '      - name: rate',
      '        rate_limit: 1/minute',
      '      - name: cap',
      '        conditions:',
      '          - path: args.amount',
      '            op: lte',
      '            value: 5',
      '  "*":',
      '    rules:',
      '      - name: never',
      '        conditions:',
      '          - path: args.x',
      '            op: exists',
      '            value: false',
      '',
    ].join('\n');
    const { policy } = parsePolicy(text, {
      dialect: 'intercept',
      compilePattern,
      readers: { intercept: readIntercept },
    });
    expect(policy).not.toBeNull();
    if (policy === null) return;
    const calls = [1, 1, 9].map((amount, i) => call('pay', { amount }, { atMs: START + i }));
    expect(coverage(policy, calls)).toEqual([
      'tools.pay.rules[0] 1 of 3',
      'tools.pay.rules[1] 1 of 3',
      'tools.*.rules[0] 0 of 2',
    ]);
  });
});
