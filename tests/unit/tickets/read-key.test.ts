import { createHmac, createPublicKey, createSecretKey, generateKeyPairSync } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../../src/core/json.ts';
import { listKeys, MOST_KEY_CHARACTERS, readKeyText, readSecret } from '../../../src/tickets/read-key.ts';
import { verifyTicket } from '../../../src/tickets/verify.ts';
import { claims, CURVE_PEM, ISSUER, NOW, RSA_PEM, SECRET, sign } from './tokens.ts';

const jwkOf = (pem: string): JsonObject => createPublicKey(pem).export({ format: 'jwk' }) as JsonObject;
const rsa = jwkOf(RSA_PEM);
const other = generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey.export({ format: 'jwk' }) as JsonObject;
const oct = createSecretKey(Buffer.from(SECRET)).export({ format: 'jwk' }) as JsonObject;
const set = JSON.stringify({
  keys: [
    { ...other, kid: 'old' },
    { ...rsa, kid: 'new', alg: 'RS256', use: 'enc' },
  ],
});

async function verdict(reading: ReturnType<typeof readSecret>, algorithm: string) {
  if (reading.kind !== 'key') return reading;
  const token = sign(claims(), { algorithm });
  const verified = await verifyTicket({ token, key: reading.key, algorithm, issuer: ISSUER, nowSeconds: NOW });
  return verified.valid ? 'valid' : verified.cause;
}

describe('a secret', () => {
  test.each([
    ['text', SECRET],
    ['hex', Buffer.from(SECRET).toString('hex')],
    ['hex', (Buffer.from(SECRET).toString('hex').match(/../g) ?? []).join(':').toUpperCase()],
    ['base64', Buffer.from(SECRET).toString('base64')],
    ['base64', Buffer.from(SECRET).toString('base64url')],
  ] as const)('as %s: %s', async (encoding, text) => {
    for (const algorithm of ['HS256', 'HS384', 'HS512']) {
      expect(await verdict(readSecret(text, encoding), algorithm)).toBe('valid');
    }
    expect(await verdict(readSecret(text, encoding), 'RS256')).toBe('wrong-kind-of-key');
  });

  test.each([
    ['hex', 'abc', 'one is missing'],
    ['hex', '0x', '"x" is no hex digit'],
    ['base64', '####', 'not base64'],
    ['base64', 'AAAAA', 'not base64'],
    ['text', 'x'.repeat(MOST_KEY_CHARACTERS + 1), 'too long'],
  ] as const)('that is no %s says so, case %$', (encoding, text, words) => {
    expect(readSecret(text, encoding)).toMatchObject({
      kind: 'wrong',
      message: expect.stringContaining(words) as string,
    });
  });

  test.each([
    ['', 'text'],
    [' ', 'hex'],
    ['\n', 'base64'],
  ] as const)('of nothing is none: %j as %s', (text, encoding) => {
    expect(readSecret(text, encoding)).toEqual({ kind: 'none' });
  });

  test('whose bytes spell a public key is that key, never a secret', async () => {
    const reading = readSecret(Buffer.from(RSA_PEM).toString('base64'), 'base64');
    expect(reading).toMatchObject({ key: { publicPem: RSA_PEM } });
    const token = sign(claims(), { algorithm: 'HS256', secret: RSA_PEM });
    if (reading.kind !== 'key') throw new Error('no key');
    expect(
      await verifyTicket({ token, key: reading.key, algorithm: 'HS256', issuer: ISSUER, nowSeconds: NOW }),
    ).toMatchObject({ valid: false, errorCode: 'INVALID_SIGNATURE', cause: 'wrong-kind-of-key' });
  });
});

describe('a key text', () => {
  test.each(['RS256', 'RS384', 'RS512'])('as PEM, JWK and set: %s', async (algorithm) => {
    for (const text of [RSA_PEM, JSON.stringify(rsa), set]) {
      expect(await verdict(readKeyText(text, null, 'new'), algorithm)).toBe('valid');
    }
    expect(await verdict(readKeyText(set, 0, 'new'), algorithm)).toBe('signature-differs');
    expect(await verdict(readKeyText(JSON.stringify(rsa), null, ''), 'HS256')).toBe('wrong-kind-of-key');
  });

  test('of a set needs a choice unless the kid settles it', () => {
    expect(readKeyText(set, null, '')).toEqual({ kind: 'choose' });
    expect(readKeyText(set, null, 'unknown')).toEqual({ kind: 'choose' });
    expect(readKeyText(set, 7, 'new')).toEqual({ kind: 'choose' });
    expect(readKeyText(set, null, 'new')).toMatchObject({ kind: 'key', meantFor: 'RS256', hasPrivate: false });
    expect(readKeyText(JSON.stringify({ keys: [rsa] }), null, 'another')).toMatchObject({ kind: 'key' });
    const twice = JSON.stringify({
      keys: [
        { ...rsa, kid: 'k' },
        { ...other, kid: 'k' },
      ],
    });
    expect(readKeyText(twice, null, 'k')).toEqual({ kind: 'choose' });
    expect(listKeys(set)).toEqual([
      { kid: 'old', words: 'old, RSA' },
      { kid: 'new', words: 'new, RSA, RS256' },
    ]);
    expect(listKeys(JSON.stringify({ keys: [rsa] }))).toEqual([{ kid: '', words: 'Key 1, RSA' }]);
    expect(listKeys(RSA_PEM)).toEqual([]);
  });

  test('that is a secret JWK verifies HMAC', async () => {
    expect(await verdict(readKeyText(JSON.stringify(oct), null, ''), 'HS256')).toBe('valid');
  });

  test('with the private half uses the public one and tells', async () => {
    const text = JSON.stringify({ ...rsa, d: 'AQAB' });
    expect(readKeyText(text, null, '')).toMatchObject({ hasPrivate: true });
    expect(await verdict(readKeyText(text, null, ''), 'RS256')).toBe('valid');
  });

  test('of another type or without its numbers is refused by the cause', async () => {
    expect(await verdict(readKeyText(JSON.stringify(jwkOf(CURVE_PEM)), null, ''), 'RS256')).toBe('key-not-rsa');
    expect(await verdict(readKeyText('{"kty":"RSA","n":"AQAB"}', null, ''), 'RS256')).toBe('unusable-key');
    expect(await verdict(readKeyText('{"kty":"RSA","n":"#","e":"AQAB"}', null, ''), 'RS256')).toBe('unusable-key');
  });

  test.each([
    ['hello', 'no key'],
    ['{"kty":', 'not JSON'],
    ['{"a":1}', 'neither a JWK nor a JWK set'],
    ['{"keys":[]}', 'holds no key'],
    ['{"kty":"oct"}', 'without a readable k'],
    ['x'.repeat(MOST_KEY_CHARACTERS + 1), 'too long'],
  ])('without a key gets words, case %$', (text, words) => {
    expect(readKeyText(text, null, '')).toMatchObject({
      kind: 'wrong',
      message: expect.stringContaining(words) as string,
    });
  });

  test('of nothing is none', () => {
    expect(readKeyText(' \n', null, '')).toEqual({ kind: 'none' });
  });
});

test('bytes that are no text are a secret too', async () => {
  const bytes = Buffer.from([0, 255, 128, 7]);
  const data = sign(claims()).split('.').slice(0, 2).join('.');
  const token = `${data}.${createHmac('sha256', bytes).update(data).digest('base64url')}`;
  const reading = readSecret(bytes.toString('hex'), 'hex');
  if (reading.kind !== 'key') throw new Error('no key');
  const question = { token, key: reading.key, algorithm: 'HS256', issuer: ISSUER, nowSeconds: NOW };
  expect(await verifyTicket(question)).toMatchObject({ valid: true });
});
