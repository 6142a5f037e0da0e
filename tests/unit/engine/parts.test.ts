import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compileAmount, UNUSABLE } from '../../../src/core/engine/amount.ts';
import { canonicalJson } from '../../../src/core/engine/canonical-json.ts';
import { quoteGo } from '../../../src/core/engine/quote.ts';
import { TimedQueue } from '../../../src/core/engine/timed-queue.ts';
import { formatWindow, windowEnd, windowStart } from '../../../src/core/engine/window.ts';
import type { JsonObject, JsonValue } from '../../../src/core/json.ts';
import type { Dialect } from '../../../src/core/policy/model.ts';

describe('windows', () => {
  test('are half-open and start at multiples of their length, before 1970 too', () => {
    expect(windowStart(59_999, 60_000)).toBe(0);
    expect(windowStart(60_000, 60_000)).toBe(60_000);
    expect(windowStart(-1, 60_000)).toBe(-60_000);
    expect(windowEnd(60_000, 60_000)).toBe(120_000);
  });

  test('days end at midnight UTC', () => {
    expect(windowEnd(Date.UTC(2026, 1, 28, 23, 59, 59, 999), 86_400_000)).toBe(Date.UTC(2026, 2, 1));
  });

  test.each([
    [60_000, 'minute'],
    [3_600_000, 'hour'],
    [86_400_000, 'day'],
    [7000, '7 s'],
  ])('%d ms reads %s', (windowMs, words) => {
    expect(formatWindow(windowMs)).toBe(words);
  });
});

describe('amounts', () => {
  const read = (dialect: Dialect, args: JsonObject) =>
    compileAmount({ kind: 'argument', segments: ['o', 'n'], path: 'args.o.n' }, dialect)(args);
  const huge = JSON.parse('{"o":{"n":1e400}}') as JsonObject;

  test.each<[JsonValue, number]>([
    [5, 5],
    [0, 0],
    [0.25, 0.25],
    [1e308, 1e308],
    [-0.001, UNUSABLE],
    ['5', UNUSABLE],
    [null, UNUSABLE],
    [true, UNUSABLE],
    [[5], UNUSABLE],
    [{ n: 5 }, UNUSABLE],
  ])('policylayer counts %j as %d', (n, amount) => {
    expect(read('policylayer', { o: { n } })).toBe(amount);
  });

  test.each<[JsonValue, number]>([
    [5.9, 5],
    [-5.9, -5],
    [2 ** 63, UNUSABLE],
    [-(2 ** 63), -(2 ** 63)],
    ['5', UNUSABLE],
    [null, UNUSABLE],
  ])('intercept counts %j as %d', (n, amount) => {
    expect(read('intercept', { o: { n } })).toBe(amount);
  });

  test.each<Dialect>(['policylayer', 'intercept'])('%s cannot use a missing or infinite one', (dialect) => {
    expect(read(dialect, {})).toBe(UNUSABLE);
    expect(read(dialect, { o: 5 })).toBe(UNUSABLE);
    expect(read(dialect, huge)).toBe(UNUSABLE);
  });
});

describe('canonical JSON', () => {
  test('sorts keys at every depth and keeps lists', () => {
    expect(canonicalJson({ b: [{ z: 1, a: null }, 'x'], a: { d: true, c: -0 } })).toBe(
      '{"a":{"c":0,"d":true},"b":[{"a":null,"z":1},"x"]}',
    );
  });

  test('keeps an infinite number apart from null', () => {
    const [infinite, empty] = ['{"n":1e400}', '{"n":null}'].map((text) => canonicalJson(JSON.parse(text) as JsonValue));
    expect(infinite).not.toBe(empty);
  });

  test('names such as __proto__ are keys like others', () => {
    expect(canonicalJson(JSON.parse('{"b":1,"__proto__":{"a":2}}') as JsonValue)).toBe('{"__proto__":{"a":2},"b":1}');
  });

  test('is equal exactly for equal values', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (left, right) => {
        const [a, b] = [left, right].map((value) => JSON.parse(JSON.stringify(value)) as JsonValue);
        expect(canonicalJson(a!) === canonicalJson(b!)).toBe(isDeepEqual(a!, b!));
        expect(JSON.parse(canonicalJson(a!))).toEqual(a);
      }),
    );
  });

  test('reads 100,000 levels', () => {
    const deep = `${'['.repeat(100_000)}1${']'.repeat(100_000)}`;
    let value: JsonValue = 1;
    for (let i = 0; i < 100_000; i++) value = [value];
    expect(canonicalJson(value)).toBe(deep);
  });
});

function isDeepEqual(left: JsonValue, right: JsonValue): boolean {
  try {
    expect(left).toEqual(right);
    return true;
  } catch {
    return false;
  }
}

describe('quoting as Go does', () => {
  test.each([
    ['cap', '"cap"'],
    ['rule "7"', String.raw`"rule \"7\""`],
    ['back\\slash', String.raw`"back\\slash"`],
    ['tägliches 日本語 😀', '"tägliches 日本語 😀"'],
    ['a\n\t\r\v\f\b\u0007', String.raw`"a\n\t\r\v\f\b\a"`],
    ['\u0000\u001b\u007f', String.raw`"\x00\x1b\x7f"`],
    ['\u0085\u00a0\u200b\ufeff', String.raw`"\u0085\u00a0\u200b\ufeff"`],
    ['\u{e0001}', String.raw`"\U000e0001"`],
    ['\ud800', '"\ufffd"'],
  ])('%j', (text, quoted) => {
    expect(quoteGo(text)).toBe(quoted);
  });
});

describe('a timed queue', () => {
  test('gives items by time, then by number', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.integer({ min: 0, max: 9 }), fc.nat(1000)), { maxLength: 200 }), (entries) => {
        const queue = new TimedQueue();
        for (const [atMs, item] of entries) queue.push(atMs, item);
        const sorted = [...entries].sort(([a, i], [b, j]) => a - b || i - j);
        expect(queue.size).toBe(entries.length);
        for (const [atMs, item] of sorted) {
          expect([queue.nextMs, queue.next]).toEqual([atMs, item]);
          expect(queue.pop()).toBe(item);
        }
        expect([queue.pop(), queue.next, queue.nextMs]).toEqual([-1, -1, Infinity]);
      }),
    );
  });
});
