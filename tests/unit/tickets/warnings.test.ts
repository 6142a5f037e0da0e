import { describe, expect, test } from 'vitest';
import { decodeToken, type DecodedToken } from '../../../src/tickets/decode.ts';
import type { TicketKey } from '../../../src/tickets/signature.ts';
import { isSignedWithText, warnAboutKey, warnIfReal } from '../../../src/tickets/warnings.ts';
import { claims, NOW, part, RSA_PEM, sign } from './tokens.ts';

function opened(token: string): DecodedToken {
  const decoded = decodeToken(token);
  if (decoded.kind !== 'decoded') throw new Error(decoded.message);
  return decoded;
}
const codes = (key: TicketKey, algorithm: string, token = sign(claims(), { algorithm: 'HS256' })): string[] =>
  warnAboutKey(opened(token), key, algorithm).map(({ code }) => code);
const bytes = (length: number): TicketKey => ({ secretBytes: new Uint8Array(length) });

describe('a short secret', () => {
  test.each([
    ['HS256', 32],
    ['HS384', 48],
    ['HS512', 64],
  ])('%s asks for %d bytes', (algorithm, least) => {
    expect(codes(bytes(least - 1), algorithm)).toEqual(['short-secret']);
    expect(codes(bytes(least), algorithm)).toEqual([]);
    expect(codes({ secret: 'ü'.repeat(least / 2) }, algorithm)).toEqual([]);
  });

  test('says both sizes and where that is written', () => {
    const [warning] = warnAboutKey({ algorithm: 'HS256' }, { secret: 'k' }, 'HS256');
    expect(warning?.message).toMatch(/has 1 byte, HS256 asks for at least 32 \(RFC 7518, section 3\.2\)/);
  });
});

describe('algorithm confusion', () => {
  const attack = sign(claims(), { algorithm: 'HS256', secret: RSA_PEM });

  test.each<[string, TicketKey, string]>([
    ['PEM as public key', { publicPem: RSA_PEM }, 'RS256'],
    ['PEM in the place of the secret', { secret: RSA_PEM }, 'HS256'],
    ['JWK', { publicJwk: { kty: 'RSA' } }, 'RS256'],
  ])('is named: %s', (_, key, algorithm) => {
    expect(codes(key, algorithm, attack)).toEqual(['confusion']);
  });

  test('is proven by the signature, in any spelling of the line ends', async () => {
    expect(await isSignedWithText(opened(attack), RSA_PEM)).toBe(true);
    expect(await isSignedWithText(opened(attack), RSA_PEM.trim())).toBe(true);
    expect(await isSignedWithText(opened(sign(claims(), { secret: RSA_PEM.trim() })), `${RSA_PEM}\n`)).toBe(true);
    expect(await isSignedWithText(opened(sign(claims())), RSA_PEM)).toBe(false);
    expect(await isSignedWithText(opened(sign(claims(), { algorithm: 'RS256' })), RSA_PEM)).toBe(false);
    expect(await isSignedWithText(opened(attack), '')).toBe(false);
  });

  test('is not named for a token that names RSA', () => {
    expect(codes({ publicPem: RSA_PEM }, 'RS256', sign(claims(), { algorithm: 'RS256' }))).toEqual([]);
  });
});

test('a JWK says what it is meant for, and that it holds too much', () => {
  const about = { meantFor: 'RS512', hasPrivate: true };
  const key = { publicJwk: { kty: 'RSA' } };
  expect(warnAboutKey({ algorithm: 'RS256' }, key, 'RS256', about).map(({ code }) => code)).toEqual([
    'private-half',
    'meant-for',
  ]);
  expect(warnAboutKey({ algorithm: 'RS512' }, key, 'RS512', { ...about, hasPrivate: false })).toEqual([]);
});

describe('a token that looks real', () => {
  test.each<[string, Record<string, unknown>, boolean]>([
    ['of another issuer, valid', { iss: 'https://login.example.org', exp: NOW + 60 }, true],
    ['of another issuer, without end', { iss: 'https://login.example.org', exp: undefined }, true],
    ['of another issuer, expired', { iss: 'https://login.example.org', exp: NOW }, false],
    ['of Agntor', { exp: NOW + 60 }, false],
    ['of nobody', { iss: undefined }, false],
    ['of a number', { iss: 7 }, false],
  ])('%s', (_, change, warned) => {
    expect(warnIfReal(opened(sign(claims(change))), NOW) !== null).toBe(warned);
  });

  test('says who, until when, and that it stays', () => {
    const warning = warnIfReal(opened(sign(claims({ iss: 'https://login.example.org' }))), NOW);
    expect(warning?.message).toMatch(/login\.example\.org issued it and it is valid until 1 Jan 2026, 00:05:00 UTC/);
    expect(warning?.message).toContain('It stays on this page');
  });

  test('is not one without a signature', () => {
    const real = claims({ iss: 'someone' });
    expect(warnIfReal(opened(`${part({ alg: 'none' })}.${part(real)}.`), NOW)).toBeNull();
    expect(warnIfReal(opened(`${part({ alg: 'HS256' })}.${part(real)}.`), NOW)).toBeNull();
  });
});
