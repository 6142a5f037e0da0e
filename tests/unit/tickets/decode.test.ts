import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeToken, MALFORMED_CODES, type MalformedCode } from '../../../src/tickets/decode.ts';
import { claims, part, sign } from './tokens.ts';

const good = sign(claims());
const [header = '', payload = '', signature = ''] = good.split('.');
const deep = '['.repeat(70) + ']'.repeat(70);

const MALFORMED: readonly (readonly [string, MalformedCode, string])[] = [
  ['nothing', 'empty', ''],
  ['blanks', 'empty', ' \n\t'],
  ['1 MB', 'too-large', `${header}.${'A'.repeat(1_000_000)}.${signature}`],
  ['garbage', 'not-a-token', 'hello there'],
  ['cut in the payload', 'too-few-parts', good.slice(0, header.length + 20)],
  ['two tokens', 'too-many-parts', `${good}.${header}`],
  ['seven parts', 'too-many-parts', 'a.b.c.d.e.f.g'],
  ['encrypted token', 'encrypted', `${header}.a.b.c.d`],
  ['padding', 'not-base64url', `${header}.${payload}==.${signature}`],
  ['line break inside', 'not-base64url', `${header}.${payload.slice(0, 9)}\n${payload.slice(9)}.${signature}`],
  ['an emoji', 'not-base64url', `${header}.${payload}.😀`],
  ['an impossible length', 'cut-short', `${header}.${payload}.abcde`],
  ['loose bits', 'cut-short', `${header}.${payload}.ab`.replace('ab', 'ax')],
  ['header not JSON', 'not-json', `${part('{alg')}.${payload}.`],
  ['payload half there', 'not-json', `${header}.${part('{"iss":"agn')}.${signature}`],
  ['payload not UTF-8', 'not-json', `${header}._w.${signature}`],
  ['empty header', 'not-json', `.${payload}.${signature}`],
  ['payload a list', 'not-an-object', `${header}.${part('[1]')}.${signature}`],
  ['header null', 'not-an-object', `${part('null')}.${payload}.${signature}`],
  ['nested without end', 'too-deep', `${header}.${part(`{"a":${deep}}`)}.${signature}`],
];

describe('decodeToken refuses', () => {
  test.each(MALFORMED)('%s: %s', (_, code, text) => {
    const decoded = decodeToken(text);
    expect(decoded).toMatchObject({ kind: 'malformed', code });
    expect(decoded.kind === 'malformed' && decoded.message).toMatch(/^[A-Z].*\.$/s);
  });

  test.each([
    ['\u202e', 'is U+202E.'],
    ['😀', 'is U+1F600.'],
    ['+', 'is "+".'],
  ])('names %j so that it can be seen', (character, words) => {
    const decoded = decodeToken(`${header}.${payload}.${character}`);
    expect(decoded.kind === 'malformed' && decoded.message).toContain(words);
  });

  test('every code has a case', () => {
    expect(new Set(MALFORMED.map(([, code]) => code))).toEqual(new Set(MALFORMED_CODES));
  });

  test('anything, without throwing, and never opens a cut token whole', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => ['decoded', 'malformed'].includes(decodeToken(text).kind)),
    );
    for (let length = 0; length < good.length; length++) {
      const decoded = decodeToken(good.slice(0, length));
      expect(decoded.kind === 'decoded' ? decoded.remarks.length : 1).toBeGreaterThan(0);
    }
  });
});

describe('decodeToken opens', () => {
  test('a token with the place of each part', () => {
    const decoded = decodeToken(`  Bearer ${good}\n`);
    if (decoded.kind === 'malformed') throw new Error(decoded.message);
    expect(decoded.token).toBe(good);
    expect(decoded.payload).toEqual(claims());
    expect(decoded.signature).toHaveLength(32);
    expect(decoded.remarks.map((remark) => remark.code)).toEqual(['prefix-removed']);
    const texts = Object.values(decoded.parts).map((range) => decoded.token.slice(range.start, range.end));
    expect(texts).toEqual([header, payload, signature]);
  });

  test.each([
    ['algorithm none', ['unsigned'], `${part({ alg: 'none' })}.${payload}.`],
    ['algorithm NONE with a signature', ['unsigned'], `${part({ alg: 'NONE' })}.${payload}.${signature}`],
    ['no signature', ['no-signature'], `${header}.${payload}.`],
    ['half a signature', ['signature-length'], `${header}.${payload}.${signature.slice(0, 20)}`],
    ['no algorithm', ['no-algorithm'], `${part({})}.${payload}.${signature}`],
    ['an algorithm of another trade', [], `${part({ alg: 'ES256' })}.${payload}.${signature}`],
  ])('%s with a remark', (_, codes, text) => {
    const decoded = decodeToken(text);
    expect(decoded.kind === 'decoded' && decoded.remarks.map((remark) => remark.code)).toEqual(codes);
  });

  test('member names of the language as plain claims', () => {
    const decoded = decodeToken(`${header}.${part('{"__proto__":{"alg":"x"},"constructor":1}')}.${signature}`);
    if (decoded.kind === 'malformed') throw new Error(decoded.message);
    expect(Object.keys(decoded.payload)).toEqual(['__proto__', 'constructor']);
    expect(({} as { alg?: string }).alg).toBeUndefined();
  });
});
