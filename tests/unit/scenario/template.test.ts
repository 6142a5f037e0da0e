import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  evaluateExpression,
  expressionBounds,
  parseTemplate,
  type Expression,
} from '../../../src/core/scenario/template.ts';

function expressionOf(source: string): Expression {
  const template = parseTemplate(`{{${source}}}`);
  const part = template.ok ? template.parts[0] : undefined;
  if (part === undefined || typeof part === 'string') throw new Error(`${source} is no expression`);
  return part;
}

test.each([
  ['i', 7],
  ['n', 11],
  ['42', 42],
  ['i + 1', 8],
  ['1 + 2 * 3', 7],
  ['2 * 3 + 1', 7],
  ['i % 5', 2],
  ['i % 5 + 1', 3],
  ['10 - 3 - 2', 5],
  ['i / 2', 3],
  ['n / 3 % 2', 1],
  ['100 / 7 * 7', 98],
  ['i - n', -4],
  ['  i*n ', 77],
  ['i - 7', 0],
])('%s with i = 7 and n = 11 is %d', (source, value) => {
  expect(evaluateExpression(expressionOf(source), 7, 11)).toBe(value);
});

test('dividing by an index that is 0 gives 0', () => {
  expect(evaluateExpression(expressionOf('10 / i'), 0, 0)).toBe(0);
  expect(evaluateExpression(expressionOf('10 % n'), 0, 0)).toBe(0);
});

test('a text is cut at its templates', () => {
  expect(parseTemplate('agent')).toEqual({ ok: true, parts: ['agent'] });
  expect(parseTemplate('')).toEqual({ ok: true, parts: [''] });
  expect(parseTemplate('a } b }} c { d')).toEqual({ ok: true, parts: ['a } b }} c { d'] });
  const template = parseTemplate('a{{i}}b{{n}}');
  expect(template.ok && template.parts.map((part) => typeof part)).toEqual(['string', 'object', 'string', 'object']);
});

const operand = fc.oneof(fc.constantFrom('i', 'n'), fc.integer({ min: 1, max: 50 }).map(String));
const source = fc
  .tuple(operand, fc.array(fc.tuple(fc.constantFrom('+', '-', '*', '/', '%'), operand), { maxLength: 6 }))
  .map(([first, rest]) => first + rest.map(([operator, next]) => ` ${operator} ${next}`).join(''));

test('values stay within the bounds and are whole', () => {
  fc.assert(
    fc.property(source, fc.nat(30), fc.nat(60), (text, i, n) => {
      const expression = expressionOf(text);
      const { lo, hi } = expressionBounds(expression, 30, 60);
      const value = evaluateExpression(expression, i, n);
      expect(Number.isInteger(value)).toBe(true);
      expect(value).toBeGreaterThanOrEqual(lo);
      expect(value).toBeLessThanOrEqual(hi);
    }),
  );
});

test('no text makes the reader throw, and a long one is read in one pass', () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom('{{', '}}', 'i', '+', ' ', '5', 'x', '{')).map((parts) => parts.join('')),
      (text) => {
        expect(typeof parseTemplate(text).ok).toBe('boolean');
      },
    ),
  );
  expect(parseTemplate('{{'.repeat(200_000)).ok).toBe(false);
  expect(parseTemplate(`{{${' '.repeat(200_000)}}}`).ok).toBe(false);
});

test.each([
  ['{{i * 900719925474099 % 7}}', 39, false],
  ['{{i * 900719925474099 % 7}}', 9, true],
  ['{{i * 900719925474099 / 10}}', 39, false],
])('%s with i up to %i is exact all the way: %s', (text, iMax, isExact) => {
  const template = parseTemplate(text);
  const [expression] = template.ok ? template.parts : [];
  if (typeof expression !== 'object') throw new Error(text);
  const { lo, hi } = expressionBounds(expression, iMax, 0);
  expect(Number.isSafeInteger(lo) && Number.isSafeInteger(hi)).toBe(isExact);
});
