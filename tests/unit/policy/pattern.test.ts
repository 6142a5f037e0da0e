import { describe, expect, test } from 'vitest';
import { compilePattern } from '../../../src/core/policy/pattern.ts';

function finds(source: string, text: string): boolean {
  const compiled = compilePattern(source);
  if (!compiled.ok) throw new Error(compiled.reason);
  return compiled.pattern.find(text);
}

describe('patterns that backtracking would not survive', () => {
  const letters = 'a'.repeat(10_000);

  test.each([
    ['^(a+)+$', letters, true],
    ['^(a+)+$', `${letters}!`, false],
    ['^(a|aa)*$', `${letters}b`, false],
    ['(x+x+)+y', 'x'.repeat(10_000), false],
    ['(.*)(.*)(.*)(.*)[0-9]x', letters, false],
    ['(?:a?){500}a{500}', 'a'.repeat(500), true],
  ])('%s', (source, text, found) => expect(finds(source, text)).toBe(found));
});

test('a pattern is found anywhere, and `$` is the end of the text', () => {
  expect(finds('pay', 'repay me')).toBe(true);
  expect(finds('^pay', 'repay me')).toBe(false);
  expect(finds('pay$', 'pay\n')).toBe(false);
  expect(finds('', '')).toBe(true);
});

test('a pattern keeps no state between texts', () => {
  const compiled = compilePattern('a');
  const results = ['a', 'b', 'a', 'a'].map((text) => compiled.ok && compiled.pattern.find(text));
  expect(results).toEqual([true, false, true, true]);
});

test.each([
  ['(?=a)', 'invalid or unsupported Perl syntax: `(?=`'],
  ['\\1', 'invalid escape sequence: `\\1`'],
  ['(a', 'missing closing ): `(a`'],
  ['a{1001}', 'invalid repeat count: `{1001}`'],
  ['('.repeat(3000) + ')'.repeat(3000), 'expression nests too deeply'],
  [`(${'abcdefghij'.repeat(40)}){1000}`, 'it is too large: 402002 steps, at most 200000'],
])('%# is refused with its reason', (source, reason) => {
  expect(compilePattern(source)).toEqual({ ok: false, reason });
});

test.each([
  '(?<name>a)',
  '(?P<name>a)',
  '(?i)K',
  '\\p{Greek}',
  '[[:alpha:]]',
  '\\Qa.b\\E',
  '(abcdefghij){1000}',
  '\ud800',
])('%s is accepted', (source) => expect(compilePattern(source).ok).toBe(true));
