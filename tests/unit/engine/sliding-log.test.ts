import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { SlidingLog } from '../../../src/core/engine/sliding-log.ts';

/** What counts, as a list; sums are added up anew in the order taken. */
class PlainLog {
  entries: { atMs: number; call: number; amount: number }[] = [];

  sum(from = 0): number {
    return this.entries.slice(from).reduce((sum, { amount }) => sum + amount, 0);
  }
}

const aStep = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ take: fc.constantFrom(0, 0.1, 0.2, 0.3, 0.7, 1, 1.1, 1e-9, 1e6 + 0.1, 2 ** 33) }),
  },
  { weight: 2, arbitrary: fc.record({ drop: fc.integer({ min: 0, max: 12 }) }) },
  { weight: 2, arbitrary: fc.record({ giveBack: fc.nat(40) }) },
  { weight: 2, arbitrary: fc.record({ ask: fc.constantFrom(0, 0.1, 0.2, 0.9, 1), max: fc.nat(4) }) },
);

describe('a sliding log', () => {
  test('sums what still counts in the order taken, whatever left before', () => {
    fc.assert(
      fc.property(fc.array(aStep, { maxLength: 80 }), (steps) => {
        const log = new SlidingLog();
        const plain = new PlainLog();
        let nowMs = 0;
        for (const [call, step] of steps.entries()) {
          nowMs += 1;
          if ('take' in step) {
            log.take(nowMs, call, step.take);
            plain.entries.push({ atMs: nowMs, call, amount: step.take });
          } else if ('drop' in step) {
            log.dropUntil(nowMs - step.drop);
            plain.entries = plain.entries.filter(({ atMs }) => atMs > nowMs - step.drop);
          } else if ('giveBack' in step) {
            const entry = plain.entries.find((candidate) => candidate.call === step.giveBack);
            expect(log.giveBack(step.giveBack)).toBe(entry !== undefined);
            if (entry) entry.amount = 0;
          } else {
            expect(log.fits(step.ask, step.max)).toBe(plain.sum() + step.ask <= step.max);
          }
        }
        expect(log.used).toBe(plain.sum());
      }),
      { numRuns: 500 },
    );
  });

  test('names the amount that has to leave, and it is enough', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(0.1, 0.2, 0.3, 1, 2), { minLength: 1, maxLength: 30 }),
        fc.constantFrom(0, 0.1, 1, 2.5),
        fc.integer({ min: 3, max: 5 }),
        (amounts, amount, max) => {
          const log = new SlidingLog();
          amounts.forEach((taken, call) => log.take(10 * call, call, taken));
          const sumFrom = (first: number) => amounts.slice(first).reduce((sum, taken) => sum + taken, 0);
          fc.pre(sumFrom(0) + amount > max);
          const last = amounts.findIndex((_, call) => sumFrom(call + 1) + amount <= max);
          expect(log.blockerAtMs(amount, max)).toBe(10 * last);
        },
      ),
    );
  });

  test('0.1 ten times and one more is above 1 only once the first has not left', () => {
    const log = new SlidingLog();
    for (let call = 0; call < 10; call++) log.take(call, call, 0.1);
    expect(log.fits(0.1, 1)).toBe(false);
    expect(log.blockerAtMs(0.1, 1)).toBe(0);
    log.dropUntil(0);
    expect(log.fits(0.1, 1)).toBe(true);
  });

  test('what has left makes no difference, not even of rounding', () => {
    const log = new SlidingLog();
    [0.1, 0.1, 0.4, 0.3].forEach((amount, call) => log.take(call, call, amount));
    log.dropUntil(0);
    // 0.1 + 0.1 + 0.4 + 0.3 − 0.1 is 0.8000000000000002, and 0.2 more would be above 1.
    expect(log.fits(0.2, 1)).toBe(true);
  });

  test('an empty log holds exactly nothing', () => {
    const log = new SlidingLog();
    log.take(0, 0, 0.1);
    log.take(1, 1, 0.2);
    expect(log.dropUntil(1)).toBe(true);
    expect(log.used).toBe(0);
    expect(log.dropUntil(5)).toBe(false);
  });
});
