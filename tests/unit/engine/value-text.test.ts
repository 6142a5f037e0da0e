import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatNumber, type NumberStyle } from '../../../src/core/engine/number-text.ts';
import { compareCodePoints, formatValue } from '../../../src/core/engine/value-text.ts';

test.each<[number, string, string, string]>([
  [0, '0', '0', '0'],
  [-0, '-0', '-0', '-0'],
  [1, '1', '1', '1'],
  [100_000, '100000', '100000', '100000'],
  [999_999.5, '999999.5', '999999.5', '999999.5'],
  [1_000_000, '1000000', '1e+06', '1000000'],
  [-1_234_567, '-1234567', '-1.234567e+06', '-1234567'],
  [1_500_000.5, '1500000.5', '1.5000005e+06', '1.5000005e+06'],
  [0.0001, '0.0001', '0.0001', '0.0001'],
  [0.00012, '0.00012', '0.00012', '0.00012'],
  [0.00001, '1e-05', '1e-05', '1e-05'],
  [-2.5e-10, '-2.5e-10', '-2.5e-10', '-2.5e-10'],
  [5e-324, '5e-324', '5e-324', '5e-324'],
  [1e20, '100000000000000000000', '1e+20', '1e+20'],
  [1e21, '1e+21', '1e+21', '1e+21'],
  [1.7976931348623157e308, '1.7976931348623157e+308', '1.7976931348623157e+308', '1.7976931348623157e+308'],
  [2 ** 53, '9007199254740992', '9.007199254740992e+15', '9007199254740992'],
])('%d prints in each style', (value, plain, float, written) => {
  const styles: NumberStyle[] = ['plain', 'float', 'written'];
  expect(styles.map((style) => formatNumber(value, style))).toEqual([plain, float, written]);
});

test('every number reads back from its text', () => {
  fc.assert(
    fc.property(
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.constantFrom('plain', 'float', 'written'),
      (value, style) => {
        expect(Number(formatNumber(value, style))).toBe(value);
      },
    ),
    { numRuns: 1000 },
  );
});

test('a whole number of the policy prints all its digits below 2^63', () => {
  expect(formatNumber(2 ** 62, 'written')).toBe('4611686018427387904');
});

test('lists and objects print as Go prints them, keys by code point', () => {
  expect(formatValue([], 'plain')).toBe('[]');
  expect(formatValue({}, 'plain')).toBe('map[]');
  expect(formatValue([1, 'a b', null, true, [2], {}], 'plain')).toBe('[1 a b <nil> true [2] map[]]');
  expect(formatValue({ '￮': 1, '😀': 2, b: { d: 1, c: 1 }, B: [] }, 'plain')).toBe('map[B:[] b:map[c:1 d:1] ￮:1 😀:2]');
  expect(formatValue(JSON.parse('{"__proto__":1,"a":2}') as { a: number }, 'plain')).toBe('map[__proto__:1 a:2]');
  expect(formatValue(new Map([['k', [10n ** 18n]]]), 'float')).toBe('map[k:[1000000000000000000]]');
});

test('the order of keys is that of their UTF-8 bytes', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (left, right) => {
      expect(Math.sign(compareCodePoints(left, right))).toBe(Buffer.compare(Buffer.from(left), Buffer.from(right)));
    }),
  );
});
