import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeBase64Url, decodeBase64UrlLoosely, encodeBase64Url } from '../../../src/core/base64url.ts';
import { jsonDepth } from '../../../src/core/json-depth.ts';

describe('base64url', () => {
  test('agrees with Node on any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        const text = Buffer.from(bytes).toString('base64url');
        expect(encodeBase64Url(bytes)).toBe(text);
        expect(decodeBase64Url(text)).toEqual(bytes);
      }),
    );
  });

  test('a megabyte', () => {
    const bytes = Uint8Array.from({ length: 1 << 20 }, (_, i) => i % 251);
    expect(Buffer.compare(decodeBase64Url(encodeBase64Url(bytes)) ?? new Uint8Array(), bytes)).toBe(0);
  });

  test('read strictly, each byte string has one spelling', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'ABQgwxyz089-_=+/. é'), maxLength: 8 }), (text) => {
        const bytes = decodeBase64Url(text);
        expect(bytes === null || encodeBase64Url(bytes) === text).toBe(true);
      }),
    );
    expect(['A', 'AAAAA', 'AB', 'AAB', 'AA==', 'A A'].map(decodeBase64Url)).toEqual(Array(6).fill(null));
  });

  test('read loosely, as Node reads it', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'ABQgwxyz089-_'), maxLength: 9 }), (text) => {
        expect(decodeBase64UrlLoosely(text)).toEqual(new Uint8Array(Buffer.from(text, 'base64url')));
      }),
    );
    expect(decodeBase64UrlLoosely('AA=')).toBeNull();
  });
});

describe('jsonDepth', () => {
  test.each([
    ['1', 0],
    ['{}', 1],
    ['[[]]', 2],
    ['{"a":[{"b":"[[["}]}', 3],
    ['"\\"[["', 0],
    ['[],[]', 1],
    ['', 0],
  ])('%s', (text, depth) => {
    expect(jsonDepth(text)).toBe(depth);
  });

  test('a million brackets', () => {
    expect(jsonDepth('['.repeat(1_000_000))).toBe(1_000_000);
  });
});
