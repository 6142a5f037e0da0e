import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatDuration, parseDuration } from '../../../src/core/scenario/duration.ts';
import { parseInstant } from '../../../src/core/scenario/instant.ts';

describe('durations', () => {
  test.each([
    ['0ms', 0],
    ['40ms', 40],
    ['4s', 4000],
    ['1.5s', 1500],
    ['1.001s', 1001],
    ['0.001s', 1],
    ['2m', 120_000],
    ['1h', 3_600_000],
    ['0.5d', 43_200_000],
    ['31d', 2_678_400_000],
  ])('%s is %d ms', (text, ms) => {
    expect(parseDuration(text)).toBe(ms);
  });

  test.each(['', '4', 's', '4 s', '-1s', '+1s', '1e3s', '.5s', '1.s', '0.5ms', '1.0001s', '4S', '4s ', '1s1s'])(
    '%o is no duration',
    (text) => {
      expect(parseDuration(text)).toBeNull();
    },
  );

  test.each([
    [0, '0 ms'],
    [40, '40 ms'],
    [3960, '3.96 s'],
    [4000, '4 s'],
    [1234, '1.234 s'],
    [90_000, '1.5 min'],
    [3_600_000, '1 h'],
    [172_800_000, '2 d'],
  ])('%d ms in words is %s', (ms, words) => {
    expect(formatDuration(ms)).toBe(words);
  });
});

describe('times', () => {
  test.each([
    ['2026-01-01T23:59:58.000Z', 1_767_311_998_000],
    ['2026-01-01T23:59:58.5Z', 1_767_311_998_500],
    ['2026-01-01T23:59Z', 1_767_311_940_000],
    ['1970-01-01T00:00:00Z', 0],
    ['2024-02-29T00:00:00Z', 1_709_164_800_000],
  ])('%s is %d', (text, ms) => {
    expect(parseInstant(text)).toBe(ms);
  });

  test('every time of the range reads back as it was written', () => {
    const range = { min: 0, max: Date.parse('9998-12-31T23:59:59.999Z') };
    fc.assert(fc.property(fc.integer(range), (ms) => parseInstant(new Date(ms).toISOString()) === ms));
  });
});
