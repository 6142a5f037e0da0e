import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findBoundaries, MAX_BOUNDARIES, windowsInUse } from '../../../src/core/simulator/boundaries.ts';
import { OUTCOME_NAMES } from '../../../src/core/simulator/columns.ts';
import { complete } from '../../../src/core/simulator/pass.ts';
import type { Run } from '../../../src/core/simulator/run.ts';
import { tallyPass } from '../../../src/core/simulator/tally.ts';
import { viewOf, type TimelineLane, type View } from '../../../src/core/simulator/timeline.ts';
import { binPass, callsInView, chooseLanes, MAX_LANES, MAX_MARKS } from '../../../src/core/simulator/timeline-bins.ts';
import { fakeLimit, fakeRun, type FakeCall } from './fake-run.ts';

function lanesOf(run: Run, view: View): readonly TimelineLane[] {
  const lanes = chooseLanes(run, complete(tallyPass(run), run.columns.count), []);
  const span = callsInView(run, view);
  const pass = binPass(run, view, span, lanes);
  pass.add(span.from, span.to);
  return pass.finish();
}

/** Counts by looking at every call for every bin. */
function countSlowly(run: Run, view: View, tool: string): number[] {
  const counts: number[] = [];
  for (const [code] of OUTCOME_NAMES.entries()) {
    for (let bin = 0; bin < view.bins; bin++) {
      const widthMs = (view.toMs - view.fromMs) / view.bins;
      const from = view.fromMs + bin * widthMs;
      let n = 0;
      for (let i = 0; i < run.columns.count; i++) {
        const at = run.columns.atMs[i]!;
        const inside = at >= from && at < from + widthMs;
        if (inside && run.columns.outcome[i] === code && run.table.tools[run.columns.tool[i]!] === tool) n++;
      }
      counts.push(n);
    }
  }
  return counts;
}

const call: fc.Arbitrary<FakeCall> = fc.record({
  atMs: fc.integer({ min: 0, max: 100 }),
  grant: fc.constantFrom('a', 'b'),
  tool: fc.constantFrom('x', 'y', 'z'),
  outcome: fc.constantFrom(...OUTCOME_NAMES),
});
const sorted = fc.array(call, { maxLength: 60 }).map((list) => list.sort((a, b) => a.atMs - b.atMs));
// why: widths that are whole milliseconds, so that both ways of counting are exact.
const view = fc
  .record({
    fromMs: fc.integer({ min: -10, max: 90 }),
    bins: fc.integer({ min: 1, max: 30 }),
    width: fc.integer({ min: 1, max: 8 }),
  })
  .map(({ fromMs, bins, width }): View => ({ fromMs, bins, toMs: fromMs + bins * width }));

test('bins equal a count of every call for every bin', () => {
  fc.assert(
    fc.property(sorted, view, (calls, seen) => {
      const run = fakeRun(calls);
      for (const lane of lanesOf(run, seen)) expect([...lane.counts]).toEqual(countSlowly(run, seen, lane.tool));
    }),
  );
});

test('marks are the calls in view, exactly', () => {
  fc.assert(
    fc.property(sorted, view, (calls, seen) => {
      const lanes = lanesOf(fakeRun(calls), seen);
      const marked = lanes.flatMap(({ tool, marks }) =>
        [...(marks?.call ?? [])].map((i, at) => [i, tool, marks?.atMs[at], OUTCOME_NAMES[marks?.outcome[at] ?? 9]]),
      );
      const expected = calls.flatMap((one, i) =>
        one.atMs >= seen.fromMs && one.atMs < seen.toMs ? [[i, one.tool, one.atMs, one.outcome]] : [],
      );
      expect(marked.sort((a, b) => Number(a[0]) - Number(b[0]))).toEqual(expected);
    }),
  );
});

test('calls are marked up to 2,000 in view, not beyond', () => {
  const calls = Array.from({ length: MAX_MARKS + 1 }, (_, atMs) => ({ atMs }));
  const run = fakeRun(calls);
  expect(lanesOf(run, { fromMs: 0, toMs: MAX_MARKS + 1, bins: 10 })[0]?.marks).toBeNull();
  expect(lanesOf(run, { fromMs: 1, toMs: MAX_MARKS + 1, bins: 10 })[0]?.marks?.call.length).toBe(MAX_MARKS);
});

test('lanes stay while zooming: policy order first, with grants and calls of the whole run', () => {
  const calls = [
    { atMs: 1, tool: 'late', grant: 'a' },
    { atMs: 2, tool: 'early', grant: 'a' },
    { atMs: 3, tool: 'early', grant: 'b' },
  ];
  const lanes = lanesOf(fakeRun(calls, { policyTools: ['early', 'unused'] }), { fromMs: 50, toMs: 60, bins: 2 });
  expect(lanes.map(({ tool, grants, calls: n }) => [tool, grants, n])).toEqual([
    ['early', ['a', 'b'], 2],
    ['late', ['a'], 1],
  ]);
  expect(lanes.every(({ counts }) => counts.every((n) => n === 0))).toBe(true);
});

test('tools beyond the lanes drawn are counted, and calls to them change nothing else', () => {
  const calls = Array.from({ length: MAX_LANES + 5 }, (_, i) => ({ atMs: i, tool: `t${i}` }));
  const run = fakeRun(calls);
  expect(chooseLanes(run, complete(tallyPass(run), calls.length), [])).toMatchObject({ more: 5 });
  const lanes = lanesOf(run, { fromMs: 0, toMs: 100, bins: 1 });
  expect(lanes.map(({ counts }) => counts[0])).toEqual(Array.from({ length: MAX_LANES }, () => 1));
  expect(lanes.flatMap(({ marks }) => [...(marks?.call ?? [])]).length).toBe(MAX_LANES);
});

describe('a request is made usable', () => {
  test.each([
    [
      { fromMs: 5, toMs: 5, bins: 10 },
      { fromMs: 5, toMs: 6, bins: 10 },
    ],
    [
      { fromMs: 5, toMs: 1, bins: 0 },
      { fromMs: 5, toMs: 6, bins: 1 },
    ],
    [
      { fromMs: 0, toMs: 9, bins: 1e9 },
      { fromMs: 0, toMs: 9, bins: 4096 },
    ],
    [
      { fromMs: NaN, toMs: Infinity, bins: NaN },
      { fromMs: 0, toMs: 1, bins: 1 },
    ],
    [
      { fromMs: 0, toMs: 9, bins: 2.9 },
      { fromMs: 0, toMs: 9, bins: 2 },
    ],
  ])('%o', (request, expected) => {
    expect(viewOf(request)).toEqual(expected);
  });
});

describe('boundaries', () => {
  const midnight = Date.UTC(2026, 0, 2);
  const around = (ms: number): View => ({ fromMs: midnight - ms, toMs: midnight + ms, bins: 100 });

  test('name everything of the calendar that starts there', () => {
    expect(findBoundaries([60_000], around(60_000))).toEqual([
      { atMs: midnight - 60_000, starts: ['minute'] },
      { atMs: midnight, starts: ['minute', 'hour', 'day'] },
    ]);
    expect(findBoundaries([86_400_000], around(60_000))).toEqual([{ atMs: midnight, starts: ['day'] }]);
  });

  test('windows of other lengths are named by their length', () => {
    const starts = findBoundaries([90_000], around(100_000)).map((b) => [b.atMs - midnight, b.starts]);
    expect(starts).toEqual([
      [-90_000, ['every 90 s']],
      [0, ['hour', 'day', 'every 90 s']],
      [90_000, ['every 90 s']],
    ]);
  });

  test('when there are many, only the longest window is drawn', () => {
    const found = findBoundaries([1_000, 60_000], around(600_000));
    expect(found.map(({ atMs }) => atMs % 60_000)).toEqual(found.map(() => 0));
    expect(found).toHaveLength(20);
  });

  test('where minutes are too many, those are drawn at which an hour starts, then a day', () => {
    const [hour, day] = [3_600_000, 86_400_000];
    expect(findBoundaries([60_000], around(day)).map(({ atMs }) => (atMs - midnight) / hour)).toEqual(
      Array.from({ length: 48 }, (_, i) => i - 24),
    );
    const days = findBoundaries([60_000], around(30 * day));
    expect(days.map(({ atMs }) => (atMs - midnight) / day)).toEqual(Array.from({ length: 60 }, (_, i) => i - 30));
    expect(findBoundaries([7_000], around(day)).every(({ atMs }) => atMs % 7_000 === 0)).toBe(true);
  });

  test('never more than can be drawn, and every one of them real', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.integer({ min: 1, max: 86_400 }), { minLength: 1, maxLength: 4 }),
        fc.integer({ min: 1, max: 31 * 86_400_000 }),
        (seconds, ms) => {
          const windows = seconds.map((s) => s * 1000).sort((a, b) => a - b);
          const found = findBoundaries(windows, around(ms));
          expect(found.length).toBeLessThanOrEqual(MAX_BOUNDARIES);
          for (const { atMs } of found) expect(windows.some((w) => atMs % w === 0)).toBe(true);
        },
      ),
    );
  });

  test('only windows of limits on called tools count, and only while windows follow the calendar', () => {
    const limits = [fakeLimit('x'), fakeLimit('idle', { windowMs: 1000 }), fakeLimit(null, { windowMs: 86_400_000 })];
    const used = (windows: 'calendar' | 'sliding' | 'anchored'): number[] => {
      const run = fakeRun([{ atMs: 1, tool: 'x' }], { limits, windows, tablesStartWith: ['idle'] });
      return windowsInUse(run, complete(tallyPass(run), 1));
    };
    expect(used('calendar')).toEqual([60_000, 86_400_000]);
    expect(used('sliding')).toEqual([]);
    expect(used('anchored')).toEqual([]);
  });
});
