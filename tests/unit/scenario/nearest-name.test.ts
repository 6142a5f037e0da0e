import { expect, test } from 'vitest';
import { nearestName } from '../../../src/core/nearest-name.ts';

const KNOWN = ['times', 'over', 'every', 'ratePerMinute', 'args'];

test.each([
  ['tims', 'times'],
  ['Times', 'times'],
  ['itmes', 'times'],
  ['rate-per-minute', 'ratePerMinute'],
  ['arg', 'args'],
])('%s is near %s', (name, nearest) => {
  expect(nearestName(name, KNOWN)).toBe(nearest);
});

test('a name that is near nothing has no nearest', () => {
  expect(nearestName('upstream', KNOWN)).toBeNull();
  expect(nearestName('x'.repeat(100_000), KNOWN)).toBeNull();
});

test('of equally near names the first is taken', () => {
  expect(nearestName('axb', ['ayb', 'azb'])).toBe('ayb');
});
