import { expect, test } from 'vitest';
import type { LimitAdvice } from '../../../src/core/analysis/limit-advice.ts';
import { cellText } from '../../../src/ui/analysis/coverage-words.ts';
import { pairRows, ruleText } from '../../../src/ui/analysis/evasion-words.ts';
import { headroomText, pointNote, pointText } from '../../../src/ui/analysis/limit-words.ts';
import { questionText, worstText } from '../../../src/ui/analysis/worst-words.ts';

test.each([
  [60, true, '60'],
  [1_000, false, 'at most 1,000'],
  [Infinity, false, 'unlimited'],
  [0, false, '0'],
])('%s calls, exact: %s, read %s', (value, exact, words) => {
  expect(worstText(value, exact)).toBe(words);
});

test('a number of the worst case says what it is', () => {
  const question = { tool: 'get_agent_card', span: 'hour', of: 'calls', sliding: true, grants: 1 } as const;
  expect(questionText(60, true, question)).toBe('60 calls of get_agent_card in any hour');
  expect(questionText(1, true, question)).toBe('1 call of get_agent_card in any hour');
  expect(questionText(9, false, { ...question, tool: null, of: 'value', sliding: false })).toBe(
    'at most 9 spent by all tools together in a calendar hour',
  );
});

test('two calls side by side say in a word how each argument differs', () => {
  const left = { a: 'é', b: 1, c: 'scope', d: true };
  const right = { a: 'é', c: 's\u0441ope', d: true, e: null };
  expect(pairRows(left, right)).toEqual([
    { name: 'a', left: '"é"', right: '"é"', word: '' },
    { name: 'b', left: '1', right: 'missing', word: 'left out' },
    { name: 'c', left: '"scope"', right: '"s\\u0441ope"', word: 'changed' },
    { name: 'd', left: 'true', right: 'true', word: '' },
    { name: 'e', left: 'missing', right: 'null', word: 'added' },
  ]);
});

test('a closing rule reads as each dialect writes it', () => {
  const rule = { list: 'require', conditions: [{ segments: ['amount'], op: 'lte', value: 5 }] } as const;
  expect(ruleText(rule, 'policylayer')).toBe(
    '"require": [{"conditions":[{"path":"args.amount","op":"lte","value":5}]}]',
  );
  expect(ruleText(rule, 'intercept')).toBe(
    'rules:\n  - action: evaluate\n    conditions:\n      - path: args.amount\n        op: lte\n        value: 5',
  );
});

test.each([
  ['rule', '/tools/a/require/x', 'a denied by require/x'],
  ['approval', '/tools/a/action', 'a waits by action'],
  ['default', '(default deny)', 'a denied by default'],
  ['hidden', '(hidden)', 'a hidden'],
  ['allowed', '', 'a allowed'],
] as const)('a cell of kind %s is named', (kind, rule, words) => {
  expect(cellText({ tool: 'a', kind, rule, pointer: '', calls: 0 })).toBe(words);
});

const ADVICE: LimitAdvice = {
  rule: 'few',
  max: 30,
  least: 12,
  used: 0.4,
  legitimateCalls: 40,
  attackCalls: 110,
  points: [],
};

test('what a max lets through is told in numbers first', () => {
  expect(pointText(ADVICE, { max: 12, legitimate: 40, attack: 12 })).toBe(
    'all 40 legitimate calls and 12 of 110 of the attack',
  );
  expect(pointText(ADVICE, { max: 1, legitimate: 4, attack: 1 })).toBe(
    '4 of 40 legitimate calls and 1 of 110 of the attack',
  );
  expect(pointNote(ADVICE, { max: 12, legitimate: 0, attack: 0 })).toBe('least that lets all work through');
  expect(pointNote({ ...ADVICE, least: 30 }, { max: 30, legitimate: 0, attack: 0 })).toBe(
    'present, least that lets all work through',
  );
});

test.each([
  [{}, 'Headroom now: 60 % of the max is free at the legitimate peak.'],
  [{ least: 45, used: 1.5 }, 'Too tight now: the legitimate traffic needs 45, and the max is 30.'],
  [
    { least: null, used: null },
    'No max lets all of the legitimate traffic through: this limit denies some at any max.',
  ],
  [{ max: 0, used: null }, 'The present max lets nothing through.'],
])('headroom of %o', (change, words) => {
  expect(headroomText({ ...ADVICE, ...change })).toBe(words);
});
