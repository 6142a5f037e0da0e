import { expect, test } from 'vitest';
import type { JsonObject } from '../../../src/core/json.ts';
import { lifeOf, lifeWords } from '../../../src/ui/tickets/ticket-clock.ts';
import { claims, NOW } from './tokens.ts';

test.each([
  [NOW - 1, 'not issued yet'],
  [NOW, '300 s left'],
  [NOW + 299, '1 s left'],
  [NOW + 300, 'expired'],
])('a ticket of five minutes at %d: %s', (now, words) => {
  expect(lifeWords(lifeOf(claims() as JsonObject, 0), now)).toBe(words);
});

test('claims that are no times', () => {
  const life = lifeOf({ iat: 'now', exp: null }, 5999);
  expect(life).toEqual({ issued: 5, expires: null });
  expect(lifeWords(life, 1e12)).toBe('never expires');
});
