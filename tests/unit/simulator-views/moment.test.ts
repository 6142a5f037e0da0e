import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { markedPass, momentAt, seekMoment, type MomentQuestion } from '../../../src/core/simulator/moment.ts';
import { complete } from '../../../src/core/simulator/pass.ts';
import type { Run } from '../../../src/core/simulator/run.ts';
import { fakeRun, type FakeCall } from './fake-run.ts';

const MINUTE = 60_000;
const calls: FakeCall[] = [
  { atMs: 1000 },
  { atMs: 2000, outcome: 'deny' },
  { atMs: 2000, outcome: 'hidden' },
  { atMs: 50_000, outcome: 'approval' },
  { atMs: 70_000 },
];
const run = fakeRun(calls);
const markedOf = (one: Run) => complete(markedPass(one), one.columns.count);
const seek = (question: MomentQuestion, windows: readonly number[] = [MINUTE]) =>
  seekMoment(run, markedOf(run), windows, question);

describe('the moment of a clock', () => {
  test.each([
    [999, -1, -1],
    [1000, 0, 0],
    [1999.9, 0, 0],
    [2000, 2, 1],
    [2000.5, 2, 1],
    [99_999, 4, 4],
  ])('at %d ms the last call made is %d, of its millisecond the first is %d', (atMs, call, firstCall) => {
    expect(momentAt(run, markedOf(run), atMs)).toMatchObject({ atMs, call, firstCall });
  });

  test('an approval is pending until somebody answers, or for ever', () => {
    const pendingIn = (mode: 'approve' | 'ignore', atMs: number) => {
      const asked: Run = { ...run, plan: { ...run.plan, approvals: { mode, afterMs: 5000 } } };
      return momentAt(asked, markedOf(asked), atMs).pending;
    };
    expect([49_999, 50_000, 54_999, 55_000].map((atMs) => pendingIn('approve', atMs))).toEqual([0, 1, 1, 0]);
    expect([49_999, 50_000, 99_999].map((atMs) => pendingIn('ignore', atMs))).toEqual([0, 1, 1]);
  });
});

describe('where a clock goes', () => {
  test('to the next denial, hidden tools among them', () => {
    expect(seek({ to: 'denial', afterCall: -1 })).toMatchObject({ atMs: 2000, call: 1 });
    expect(seek({ to: 'denial', afterCall: 1 })).toMatchObject({ atMs: 2000, call: 2 });
    expect(seek({ to: 'denial', afterCall: 2 })).toBeNull();
  });

  test('to the next boundary, or five seconds before it', () => {
    expect(seek({ to: 'boundary', afterMs: 999, leadMs: 0 })).toMatchObject({ atMs: MINUTE, call: 3 });
    expect(seek({ to: 'boundary', afterMs: 999, leadMs: 5000 })).toMatchObject({ atMs: 55_000, call: 3 });
    expect(seek({ to: 'boundary', afterMs: 54_999, leadMs: 5000 })?.atMs).toBe(55_000);
    expect(seek({ to: 'boundary', afterMs: 55_000, leadMs: 5000 })).toBeNull();
  });

  test('nowhere when the boundary lies behind the last call, or windows do not follow the calendar', () => {
    expect(seek({ to: 'boundary', afterMs: MINUTE, leadMs: 0 })).toBeNull();
    expect(seek({ to: 'boundary', afterMs: 0, leadMs: 0 }, [])).toBeNull();
  });

  test('always forward', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 80_000 }), fc.constantFrom(0, 5000), (afterMs, leadMs) => {
        const found = seek({ to: 'boundary', afterMs, leadMs }, [7000, MINUTE]);
        if (found === null) return;
        expect(found.atMs).toBeGreaterThan(afterMs);
        expect((found.atMs + leadMs) % 7000 === 0 || (found.atMs + leadMs) % MINUTE === 0).toBe(true);
      }),
    );
  });
});
