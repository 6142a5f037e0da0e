import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { TICKET_CAUSES } from '../../../src/tickets/failures.ts';
import { verifyTicket } from '../../../src/tickets/verify.ts';
import { claims, ISSUER, NOW, SECRET, sign } from './tokens.ts';
import { VERIFY_CASES } from './verify-cases.ts';

const asked = { key: { secret: SECRET }, algorithm: 'HS256', issuer: ISSUER, nowSeconds: NOW };

describe('verifyTicket', () => {
  test.each(VERIFY_CASES.map((each) => [each.name, each] as const))('%s', async (_, { ask, expect: expected }) => {
    const verdict = await verifyTicket({ ...asked, ...ask });
    expect(verdict.valid ? 'valid' : verdict.cause).toBe(expected);
    if (!verdict.valid) {
      expect(verdict.errorCode).toBe(TICKET_CAUSES[verdict.cause][0]);
      expect(verdict.reason).toMatch(/^\S.*[^.]$/);
    }
  });

  test('every cause has a case', () => {
    const seen = new Set(VERIFY_CASES.map((each) => each.expect));
    expect(Object.keys(TICKET_CAUSES).filter((cause) => !seen.has(cause as keyof typeof TICKET_CAUSES))).toEqual([]);
  });

  test('a valid ticket hands out its payload', async () => {
    expect(await verifyTicket({ ...asked, token: sign(claims()) })).toEqual({ valid: true, payload: claims() });
  });

  test('any text gets a verdict', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), async (token, secret) => {
        expect((await verifyTicket({ ...asked, token, key: { secret } })).valid).toBe(false);
      }),
    );
  });

  test('no change of one character keeps a ticket valid', async () => {
    const token = sign(claims());
    const places = fc.integer({ min: 0, max: token.length - 1 });
    await fc.assert(
      fc.asyncProperty(places, fc.string({ minLength: 1, maxLength: 1 }), async (at, character) => {
        fc.pre(token[at] !== character);
        const altered = token.slice(0, at) + character + token.slice(at + 1);
        expect((await verifyTicket({ ...asked, token: altered })).valid).toBe(false);
      }),
    );
  });
});
