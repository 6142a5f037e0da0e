import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { countCalls } from '../../../src/core/policy/convert/fraction-steps.ts';
import { tighterLimit } from '../../../src/core/policy/convert/tighter-window.ts';
import { WINDOW_SECONDS } from '../../../src/core/policy/policylayer/vocabulary.ts';

const RUNS = { seed: 5, numRuns: 500 };

describe('a limit on a named window in place of another length', () => {
  test.each([
    [10, 90, { window: 'minute', max: 5 }],
    [10, 30, { window: 'minute', max: 10 }],
    [10, 7, { window: 'minute', max: 5 }],
    [10, 7200, { window: 'hour', max: 5 }],
    [1, 90, { window: 'hour', max: 1 }],
    [1, 7, { window: 'minute', max: 0 }],
    [0, 90, { window: 'minute', max: 0 }],
  ])('%d in %d s', (max, seconds, expected) => {
    expect(tighterLimit(max, seconds)).toEqual(expected);
  });

  test('never lets more calls into any window of the other length', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 500 }),
        fc.integer({ min: 1, max: 86_400 }),
        fc.nat(2000),
        (max, seconds, nth) => {
          const limit = tighterLimit(max, seconds);
          const length = WINDOW_SECONDS[limit.window];
          const first = Math.floor((nth * seconds) / length);
          const last = Math.floor(((nth + 1) * seconds - 1) / length);
          expect((last - first + 1) * limit.max).toBeLessThanOrEqual(max);
        },
      ),
      RUNS,
    );
  });
});

describe('how many steps fit', () => {
  test.each([
    [5, 0.5, { calls: 10, isExact: true }],
    [9, 2.25, { calls: 4, isExact: true }],
    [1, 0.1, { calls: 10, isExact: false }],
    [3, 1e300, { calls: 0, isExact: true }],
    [0, 0.5, { calls: 0, isExact: true }],
    [2 ** 53 - 1, 0.5, { calls: Number.MAX_SAFE_INTEGER, isExact: false }],
    [1, 5e-324, { calls: Number.MAX_SAFE_INTEGER, isExact: false }],
  ])('%d in steps of %d', (max, step, expected) => {
    expect(countCalls(max, step)).toEqual(expected);
  });

  test('is what adding comes to, where it says so', () => {
    const step = fc.oneof(
      fc.double({ min: 0.01, max: 9, noNaN: true }),
      fc.integer({ min: 1, max: 64 }).map((n) => n / 16),
    );
    fc.assert(
      fc.property(fc.nat(20), step, (max, size) => {
        const { calls, isExact } = countCalls(max, size);
        let fitting = 0;
        for (let sum = 0; sum + size <= max; sum += size) fitting++;
        if (isExact) expect(calls).toBe(fitting);
        else expect(Math.abs(calls - fitting)).toBeLessThanOrEqual(1);
      }),
      RUNS,
    );
  });
});
