import { describe, expect, test } from 'vitest';
import type { CounterReading } from '../../../src/core/engine/decision.ts';
import { formatMessage, type Verdict } from '../../../src/core/engine/message.ts';
import type { Dialect, Limit, Rule } from '../../../src/core/policy/model.ts';

const limit: Limit = {
  rule: '/tools/issue_audit_ticket/limits/rate',
  pointer: '/tools/issue_audit_ticket/limits/0',
  onDeny: null,
  counter: 'rate',
  counterKey: 'rate',
  scope: 'grant',
  windowMs: 60_000,
  max: 30,
  amount: { kind: 'static', value: 1 },
  counts: true,
};
const reading: CounterReading = {
  ...limit,
  usedBefore: 30,
  amount: 1,
  usedAfter: 30,
  windowStartMs: 0,
  windowEndMs: 60_000,
  fits: false,
};
const rule: Rule = { kind: 'deny_if', conditions: [], rule: '/tools/t/deny_if/always', pointer: '', onDeny: null };
const midnight = Date.UTC(2026, 0, 1);

const full = (changes: Partial<Limit> = {}, read: Partial<CounterReading> = {}, resetsAtMs: number | null = midnight) =>
  ({ kind: 'limit', limit: { ...limit, ...changes }, reading: { ...reading, ...read }, resetsAtMs }) as const;

const say = (verdict: Verdict, dialect: Dialect = 'policylayer', tool = 'issue_audit_ticket') =>
  formatMessage(dialect, tool, 'planner', verdict);

describe('messages of policylayer', () => {
  test('a full limit tells max, window and reset', () => {
    expect(say(full())).toBe(
      'issue_audit_ticket: limit of 30 calls per minute reached. Resets at 2026-01-01T00:00:00.000Z.',
    );
  });

  test('one call, a window of its own, amounts from arguments', () => {
    expect(say(full({ max: 1, windowMs: 90_000 }))).toContain('limit of 1 call per 90 s reached');
    const fromArguments = full({ max: 500, amount: { kind: 'argument', segments: ['amount'], path: 'args.amount' } });
    expect(say(fromArguments)).toContain('limit of 500 of args.amount per minute reached');
    expect(say(full({ amount: { kind: 'static', value: 5 } }))).toContain('limit of 30 per minute reached');
  });

  test('an amount that never fits, or cannot be counted', () => {
    expect(say(full({}, { amount: 31 }))).toContain('31 is above the limit of 30 calls per minute');
    expect(say(full({}, { amount: null }))).toContain('no amount to count');
  });

  test('a time beyond the calendar is left out', () => {
    expect(say(full({}, {}, null))).toBe('issue_audit_ticket: limit of 30 calls per minute reached.');
    expect(say(full({}, {}, 9e15))).toBe('issue_audit_ticket: limit of 30 calls per minute reached.');
  });

  test('texts of the policy come first', () => {
    expect(say(full({ onDeny: 'slow down' }))).toBe('slow down');
    expect(say({ kind: 'rule', rule: { ...rule, onDeny: 'closed' } })).toBe('closed');
    expect(say({ kind: 'approval', approval: { rule: '', pointer: '', reason: 'ask first' } })).toBe('ask first');
  });

  test.each<[Verdict, string]>([
    [{ kind: 'no-policy' }, 'issue_audit_ticket: grant planner has no policy.'],
    [{ kind: 'hidden' }, 'issue_audit_ticket: hidden by the policy.'],
    [{ kind: 'default' }, 'issue_audit_ticket: not listed, and the default is deny.'],
    [{ kind: 'rule', rule }, 'issue_audit_ticket: denied by /tools/t/deny_if/always.'],
    [
      { kind: 'approval', approval: { rule: '', pointer: '', reason: null } },
      'issue_audit_ticket: a person has to approve this call first.',
    ],
    [{ kind: 'refused-approval' }, 'issue_audit_ticket: a person refused this call.'],
  ])('$kind', (verdict, message) => {
    expect(say(verdict)).toBe(message);
  });
});

describe('messages of intercept', () => {
  const named = { ...rule, rule: 'rule "7"' };

  test.each<[string, Verdict, string]>([
    ['hidden', { kind: 'hidden' }, 'Tool "a\\"b" is hidden by policy'],
    ['default', { kind: 'default' }, 'Tool "a\\"b" is not permitted by policy'],
    ['a rule', { kind: 'rule', rule: named }, 'Denied by rule "rule \\"7\\""'],
    ['a rule with a text', { kind: 'rule', rule: { ...named, onDeny: 'no' } }, 'no'],
    ['a limit', full({ rule: 'spend' }), 'Rate limit exceeded for spend'],
    ['a limit with a text', full({ onDeny: 'over' }), 'over'],
    ['no amount', full({ onDeny: 'over' }, { amount: null }), 'Internal policy error'],
    ['a max beyond 64 bits', full({ onDeny: 'over', max: 2 ** 63 }), 'Internal policy error'],
    ['an exact max beyond 64 bits', full({ max: -(2 ** 63), exactMax: -(2n ** 63n) - 1n }), 'Internal policy error'],
  ])('%s', (_what, verdict, message) => {
    expect(say(verdict, 'intercept', 'a"b')).toBe(message);
  });
});
