import { expect, test } from 'vitest';
import type { Assertion } from '../../../src/core/scenario/model.ts';
import { describeAssertion } from '../../../src/core/scenario/describe-assertion.ts';

const CASES: readonly (readonly [Assertion, string])[] = [
  [{ that: 'count', atMost: 30 }, 'At most 30 calls in the run'],
  [{ that: 'count', atLeast: 1 }, 'At least 1 call in the run'],
  [{ that: 'count', atLeast: 2, atMost: 4, within: '500ms' }, 'At least 2 and at most 4 calls in any 500 ms'],
  [{ that: 'count', exactly: 0, where: { outcome: 'deny' } }, 'Exactly 0 denied calls in the run'],
  [{ that: 'count', exactly: 1, where: { outcome: 'approval' } }, 'Exactly 1 call held for approval in the run'],
  [
    {
      that: 'count',
      atMost: 1_000_000,
      within: '60s',
      where: { tool: 'issue_audit_ticket', grant: 'planner', outcome: 'allow', rule: '/tools/x/limits/0' },
    },
    'At most 1,000,000 allowed calls of `issue_audit_ticket` from `planner` by `/tools/x/limits/0` in any 1 min',
  ],
  [{ that: 'count', atMost: 2, where: { tool: 'a`b' } }, "At most 2 calls of `a'b` in the run"],
  [{ that: 'decision', call: 0, is: 'allow' }, 'Call 1 is allowed'],
  [{ that: 'decision', call: 1233, is: 'deny', rule: '/default' }, 'Call 1,234 is denied by `/default`'],
  [{ that: 'decision', call: 1, is: 'approval' }, 'Call 2 is held for approval'],
  [{ that: 'decision', call: 0, is: 'allow', rule: '' }, 'Call 1 is allowed by no rule'],
];

test.each(CASES)('%j', (assertion, words) => {
  expect(describeAssertion(assertion)).toBe(words);
});
