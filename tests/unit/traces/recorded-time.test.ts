import { expect, test } from 'vitest';
import { findTime, readTime } from '../../../src/core/traces/recorded-time.ts';

const NOON = Date.UTC(2026, 2, 1, 12);

test.each([
  [NOON / 1000, NOON],
  [NOON / 1000 + 0.25, NOON + 250],
  [NOON, NOON],
  [NOON * 1000 + 999, NOON],
  [NOON * 1_000_000, NOON],
  [String(NOON), NOON],
  [`${NOON / 1000}.5`, NOON + 500],
  ['2026-03-01T12:00:00Z', NOON],
  ['2026-03-01T12:00:00.123456789Z', NOON + 123],
  ['2026-03-01 12:00', NOON],
  ['2026-03-01T14:30:00+0230', NOON],
  ['2026-03-01T10:00:00-02:00', NOON],
  ['2026-03-01 12:00:00,5 UTC', NOON + 500],
])('%s is a time', (value, atMs) => {
  expect(readTime(value)?.atMs).toBe(atMs);
});

test.each([
  null,
  undefined,
  true,
  {},
  'yesterday',
  '',
  12,
  -5,
  NaN,
  1e30,
  '2026-13-01T00:00:00Z',
  '12:00',
  '9'.repeat(25),
])('%s is none', (value) => {
  expect(readTime(value)).toBeNull();
});

test('a time without a zone is read as UTC and known to be so', () => {
  expect(readTime('2026-03-01T12:00:00')).toEqual({ atMs: NOON, hasZone: false });
  expect(readTime('2026-03-01T12:00:00Z')).toEqual({ atMs: NOON, hasZone: true });
});

test('a time is found among other words', () => {
  expect(findTime('[2026-03-01 12:00:00] INFO (4711) -->')?.atMs).toBe(NOON);
  expect(findTime(`info ${NOON} client`)?.atMs).toBe(NOON);
  expect(findTime('process 4711 says')).toBeNull();
});
