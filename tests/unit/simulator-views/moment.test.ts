import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { markedPass, momentAt, seekMoment, type MomentQuestion } from '../../../src/core/simulator/moment.ts';
import { complete } from '../../../src/core/simulator/pass.ts';
import type { Run } from '../../../src/core/simulator/run.ts';
import { type Call, readPolicy, runCalls } from '../simulator/arrange.ts';
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

describe('requests for approval at a moment', () => {
  const policy = readPolicy({ version: '1', default: 'deny', tools: { pay: { action: 'require_approval' } } });
  const asks = (atMs: number, n: number, more: Partial<Call> = {}): Call => ({
    tool: 'pay',
    atMs,
    args: { n, m: 0 },
    ...more,
  });
  const pendingOf = (calls: readonly Call[], approvals: Run['plan']['approvals']) => {
    const asked = runCalls(policy, calls, { approvals });
    const marked = markedOf(asked);
    return (atMs: number, call?: number) => momentAt(asked, marked, atMs, call).pending;
  };

  test('are counted once, however often the call is made again', () => {
    const calls = [
      asks(1000, 1),
      asks(2000, 1, { args: { m: 0, n: 1 }, session: 't' }),
      asks(3000, 2),
      asks(4000, 1, { grant: 'h' }),
    ];
    const ignored = pendingOf(calls, { mode: 'ignore', afterMs: 0 });
    expect([999, 1000, 2000, 3000, 4000].map((atMs) => ignored(atMs))).toEqual([0, 1, 1, 2, 3]);
    const answered = pendingOf(calls, { mode: 'approve', afterMs: 1500 });
    expect([2000, 2500, 3000, 4000, 4500].map((atMs) => answered(atMs))).toEqual([1, 0, 1, 2, 1]);
  });

  test('are made anew once the pass was used', () => {
    const again = pendingOf([asks(1000, 1), asks(3000, 1), asks(3500, 1)], { mode: 'approve', afterMs: 2000 });
    expect([2999, 3000, 3500, 5499, 5500].map((atMs) => again(atMs))).toEqual([1, 0, 1, 1, 0]);
  });

  test('of calls that share a millisecond are those made by the one that is stood on', () => {
    const same = pendingOf([asks(1000, 1), asks(1000, 2)], { mode: 'ignore', afterMs: 0 });
    expect([same(1000, 0), same(1000, 1), same(1000)]).toEqual([1, 2, 2]);
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
