import fc from 'fast-check';
import { expect, test } from 'vitest';
import { momentText, parseMoment } from '../../../src/ui/tickets/moment-text.ts';

const NEAR = Date.UTC(2026, 0, 1, 23, 59, 58);

test.each([
  ['23:59:58.040', NEAR + 40],
  ['23:59:58.4', NEAR + 400],
  [' 23:59 ', NEAR - 58_000],
  ['0:00:01', NEAR + 3000],
  ['2026-01-05 12:00', Date.UTC(2026, 0, 5, 12)],
  ['2026-01-05T12:00:00.5Z', Date.UTC(2026, 0, 5, 12, 0, 0, 500)],
])('%s is read', (text, atMs) => {
  expect(parseMoment(text, NEAR)).toBe(atMs);
});

test.each(['', 'noon', '24:00', '23:60', '23:59:60', '2026-13-01 00:00', '2026-01-01', '1767225600'])(
  '%j is no moment',
  (text) => {
    expect(parseMoment(text, NEAR)).toBeNull();
  },
);

test('what is written is read back', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 253_402_300_799_999 }), (atMs) => {
      expect(parseMoment(momentText(atMs), NEAR)).toBe(atMs);
    }),
  );
  expect(momentText(Number.MAX_VALUE)).toBe('');
});
