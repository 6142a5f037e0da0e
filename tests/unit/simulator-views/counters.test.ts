import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { WindowMode } from '../../../src/core/engine/decision.ts';
import { OUTCOME_CODE } from '../../../src/core/simulator/columns.ts';
import { MAX_CHANGES } from '../../../src/core/simulator/change-list.ts';
import {
  busiestCounters,
  CounterRecorder,
  MAX_COUNTERS,
  type CounterChanges,
} from '../../../src/core/simulator/counter-record.ts';
import { drawCounter, isFineEnough } from '../../../src/core/simulator/counter-tracks.ts';
import { CounterWindows, MAX_ROWS } from '../../../src/core/simulator/counter-windows.ts';
import { complete } from '../../../src/core/simulator/pass.ts';
import type { Run } from '../../../src/core/simulator/run.ts';
import { tallyPass } from '../../../src/core/simulator/tally.ts';
import type { View } from '../../../src/core/simulator/timeline.ts';
import { fakeLimit, fakePolicy } from './fake-run.ts';
import { simulateCalls, watchRun, type PlannedCall } from './simulated.ts';

const MINUTE = 60_000;
const MIDNIGHT = Date.UTC(2026, 0, 2);
const policy = fakePolicy({ limits: [fakeLimit('tool')] });
/** 100 calls in 4 s around midnight, under 30 a minute. */
const loop = Array.from({ length: 100 }, (_, i): PlannedCall => ({ atMs: MIDNIGHT - 2000 + 40 * i }));

function recordOf(run: Run, fromMs?: number, toMs?: number): readonly CounterChanges[] {
  const ids = busiestCounters(run, complete(tallyPass(run), run.columns.count));
  return watchRun(run, new CounterRecorder(run, ids, fromMs, toMs), 7).finish();
}

const listOf = ({ atMs, used, size }: CounterChanges): [number, number][] =>
  Array.from({ length: size }, (_, i) => [atMs[i]!, used[i]!]);

describe('counter windows', () => {
  const rowsOf = (calls: readonly PlannedCall[], windows: WindowMode = 'calendar', limits = [fakeLimit('tool')]) => {
    const run = simulateCalls(fakePolicy({ limits }), calls, windows);
    return watchRun(run, new CounterWindows(run), 9).finish();
  };

  test('one row a window, with what was used and denied', () => {
    const row = {
      counter: 'rate',
      rule: '/tools/tool/limits/rate',
      pointer: '/tools/tool/limits/0',
      owner: 'g',
      max: 30,
    };
    expect(rowsOf(loop)).toEqual({
      rows: [
        { ...row, windowStartMs: MIDNIGHT - MINUTE, windowEndMs: MIDNIGHT, used: 30, denied: 20 },
        { ...row, windowStartMs: MIDNIGHT, windowEndMs: MIDNIGHT + MINUTE, used: 30, denied: 20 },
      ],
      more: 0,
    });
  });

  test('most denials first, then the fullest; owners apart', () => {
    const calls = [
      ...Array.from({ length: 3 }, (_, i): PlannedCall => ({ atMs: i, grant: 'a' })),
      ...Array.from({ length: 40 }, (_, i): PlannedCall => ({ atMs: 10 + i, grant: 'b' })),
      ...Array.from({ length: 5 }, (_, i): PlannedCall => ({ atMs: 60 + i, grant: 'c' })),
    ];
    const rows = rowsOf(calls).rows.map(({ owner, used, denied }) => [owner, used, denied]);
    expect(rows).toEqual([
      ['b', 30, 10],
      ['c', 5, 0],
      ['a', 3, 0],
    ]);
  });

  test('a limit that lets nothing pass has windows too', () => {
    const { rows } = rowsOf(loop, 'calendar', [fakeLimit('tool', { max: 0 })]);
    expect(rows.map(({ used, denied }) => [used, denied])).toEqual([
      [0, 50],
      [0, 50],
    ]);
  });

  test('the most used at one time counts, even when it was given back', () => {
    const calls = loop.slice(0, 10).map((call): PlannedCall => ({ ...call, status: 'timeout', latencyMs: 1000 }));
    expect(rowsOf(calls).rows[0]?.used).toBe(10);
  });

  test('anchored windows start with the first counted call', () => {
    const { rows } = rowsOf(loop, 'anchored');
    expect(rows.map(({ windowStartMs, used, denied }) => [windowStartMs, used, denied])).toEqual([
      [MIDNIGHT - 2000, 30, 70],
    ]);
  });

  test('sliding windows make one row an owner', () => {
    expect(rowsOf(loop, 'sliding').rows).toMatchObject([
      { windowStartMs: MIDNIGHT - 2000, windowEndMs: MIDNIGHT + 1960, used: 30, denied: 70 },
    ]);
  });

  test('rows beyond the list are counted', () => {
    const calls = Array.from({ length: MAX_ROWS + 50 }, (_, i): PlannedCall => ({ atMs: i * MINUTE }));
    const { rows, more } = rowsOf(calls);
    expect([rows.length, more]).toEqual([MAX_ROWS, 50]);
  });

  test('denials of all rows are those of the run', () => {
    const call = fc.record({ gap: fc.nat(20_000), grant: fc.constantFrom('a', 'b'), tool: fc.constantFrom('x', 'y') });
    const limits = [fakeLimit('x', { max: 2 }), fakeLimit(null, { max: 3, counter: 'all', windowMs: 10 * MINUTE })];
    fc.assert(
      fc.property(
        fc.array(call, { maxLength: 60 }),
        fc.constantFrom<WindowMode>('calendar', 'sliding', 'anchored'),
        (list, windows) => {
          let atMs = 0;
          const calls = list.map(({ gap, ...rest }) => ({ ...rest, atMs: (atMs += gap) }));
          const run = simulateCalls(fakePolicy({ limits, policyTools: ['x', 'y'] }), calls, windows);
          const { rows } = watchRun(run, new CounterWindows(run)).finish();
          const denied = run.columns.outcome.filter((code) => code === OUTCOME_CODE.deny).length;
          expect(rows.reduce((sum, row) => sum + row.denied, 0)).toBe(denied);
          for (const row of rows) expect(row.used).toBeLessThanOrEqual(row.max);
        },
      ),
    );
  });
});

describe('counter changes', () => {
  test('rise with calls, fall to 0 at the boundary and after the last call', () => {
    const [changes] = recordOf(simulateCalls(policy, loop));
    const list = listOf(changes!);
    expect(list.slice(28, 32)).toEqual([
      [MIDNIGHT - 2000 + 28 * 40, 29],
      [MIDNIGHT - 2000 + 29 * 40, 30],
      [MIDNIGHT, 0],
      [MIDNIGHT, 1],
    ]);
    expect(list.at(-1)).toEqual([MIDNIGHT + MINUTE, 0]);
  });

  test('what is given back is a change', () => {
    const calls: PlannedCall[] = [{ atMs: 0, status: 'tool_error', latencyMs: 500 }, { atMs: 100 }, { atMs: 900 }];
    const [changes] = recordOf(simulateCalls(policy, calls));
    expect(listOf(changes!).slice(0, 4)).toEqual([
      [0, 1],
      [100, 2],
      [500, 1],
      [900, 2],
    ]);
  });

  test('of a span, they start with what the counter held before', () => {
    const [changes] = recordOf(simulateCalls(policy, loop), MIDNIGHT - 1500, MIDNIGHT - 1400);
    expect(listOf(changes!)).toEqual([
      [MIDNIGHT - 1520, 13],
      [MIDNIGHT - 1480, 14],
      [MIDNIGHT - 1440, 15],
      [MIDNIGHT - 1400, 16],
    ]);
  });

  test('only the busiest counters are drawn', () => {
    const calls = Array.from({ length: 200 }, (_, i): PlannedCall => ({
      atMs: i,
      grant: `g${Math.floor(Math.sqrt(i * 8))}`,
    }));
    const run = simulateCalls(policy, calls);
    const tally = complete(tallyPass(run), calls.length);
    const chosen = busiestCounters(run, tally).map(({ owner }) => run.limits[0]!.owners[owner]!);
    const made = new Map<string, number>();
    for (const { grant = '' } of calls) made.set(grant, (made.get(grant) ?? 0) + 1);
    const least = Math.min(...chosen.map((grant) => made.get(grant) ?? 0));
    expect(chosen).toHaveLength(MAX_COUNTERS);
    for (const [grant, n] of made) if (!chosen.includes(grant)) expect(n).toBeLessThanOrEqual(least);
  });

  test('limits that share a counter see each other', () => {
    const shared = { counterKey: '_global.all', scope: 'everyone', max: 50 } as const;
    const limits = [fakeLimit('x', shared), fakeLimit('y', shared)];
    const calls = ['x', 'y', 'x'].map((tool, i) => ({ atMs: i, tool }));
    const run = simulateCalls(fakePolicy({ limits, dialect: 'intercept' }), calls);
    for (const changes of recordOf(run))
      expect(listOf(changes).slice(0, 3)).toEqual([
        [0, 1],
        [1, 2],
        [2, 3],
      ]);
  });

  test('very many are thinned, and no peak is lost', () => {
    const count = MAX_CHANGES + 10;
    const run = simulateCalls(policy, [{ atMs: 0 }]);
    const recorder = new CounterRecorder(run, [{ limit: 0, owner: 0 }]);
    for (let i = 0; i < count; i++) recorder.taken(0, 0, i, i, i === 77_777 ? 30 : i % 2);
    const [changes] = recorder.finish();
    expect(changes?.grainMs).toBeCloseTo(8, 1);
    expect(changes!.size).toBeLessThan(MAX_CHANGES);
    expect(listOf(changes!).filter(([, used]) => used === 30)).toEqual([[77_777, 30]]);
    expect(listOf(changes!).at(-1)?.[0]).toBe(count - 1);
    expect(isFineEnough(changes!, { fromMs: 0, toMs: count, bins: 1000 })).toBe(true);
    expect(isFineEnough(changes!, { fromMs: 0, toMs: 1000, bins: 1000 })).toBe(false);
  });

  test('are thinned evenly: the first tooth of a long run is drawn as the last', () => {
    const [teeth, steps] = [3_000, 500];
    const run = simulateCalls(policy, [{ atMs: 0 }]);
    const recorder = new CounterRecorder(run, [{ limit: 0, owner: 0 }]);
    for (let i = 0; i < teeth * steps; i++) recorder.taken(0, 0, i, i, i % steps);
    const drawn = drawCounter(run, recorder.finish()[0]!, { fromMs: 0, toMs: teeth * steps, bins: 100 });
    const peaks = Array.from({ length: 100 }, () => 0);
    drawn.atMs.forEach((ms, i) => {
      const bin = Math.floor((ms * 100) / (teeth * steps));
      peaks[bin] = Math.max(peaks[bin]!, drawn.used[i]!);
    });
    expect(new Set(peaks)).toEqual(new Set([steps - 1]));
    expect([...drawn.used].filter((used) => used === 0).length).toBeGreaterThanOrEqual(100);
  });

  test('of a moment in a long run are as fine as they are drawn', () => {
    const run = simulateCalls(policy, [{ atMs: 0 }]);
    const [fromMs, toMs] = [1e9, 1e9 + 4 * MAX_CHANGES];
    const recorder = new CounterRecorder(run, [{ limit: 0, owner: 0 }], fromMs, toMs);
    recorder.taken(0, 0, 0, 0, 7);
    for (let i = fromMs; i < toMs; i++) recorder.taken(0, 0, i, i, i % 30);
    const changes = recorder.finish()[0]!;
    expect(changes.grainMs).toBeGreaterThan(0);
    expect(isFineEnough(changes, { fromMs, toMs, bins: 4096 })).toBe(true);
    expect(changes.used[0]).toBe(7);
  });
});

describe('counter line', () => {
  const run = simulateCalls(policy, loop);
  const lineOf = (view: View) => {
    const { atMs, used } = drawCounter(run, recordOf(run)[0]!, view);
    return Array.from(atMs, (at, i) => [at - MIDNIGHT, used[i]!] as const);
  };

  test('falls with a vertical edge', () => {
    const line = lineOf({ fromMs: MIDNIGHT - 50, toMs: MIDNIGHT + 50, bins: 100 });
    expect(line).toEqual([
      [-50, 30],
      [0, 30],
      [0, 0],
      [0, 1],
      [40, 2],
    ]);
  });

  test('starts at 0 before the first call, and says what it belongs to', () => {
    expect(lineOf({ fromMs: MIDNIGHT - 5000, toMs: MIDNIGHT - 1999, bins: 10 })).toEqual([
      [-5000, 0],
      [-2000, 1],
    ]);
    const view = { fromMs: 0, toMs: 1, bins: 1 };
    expect(drawCounter(run, recordOf(run)[0]!, view)).toMatchObject({
      counter: 'rate',
      owner: 'g',
      tool: 'tool',
      max: 30,
      windowMs: MINUTE,
    });
  });

  const valueAt = (line: readonly (readonly [number, number])[], at: number): number =>
    line.findLast(([time]) => time <= at)?.[1] ?? 0;

  test('keeps at most four points a bin, and in each bin the extremes', () => {
    const call = fc.record({ gap: fc.nat(9000), status: fc.constantFrom('ok', 'rpc_error'), latencyMs: fc.nat(5000) });
    fc.assert(
      fc.property(fc.array(call, { minLength: 1, maxLength: 80 }), fc.integer({ min: 1, max: 12 }), (list, bins) => {
        let atMs = 0;
        const some = simulateCalls(
          policy,
          list.map(({ gap, status, latencyMs }): PlannedCall => ({
            atMs: (atMs += gap),
            status: status === 'ok' ? 'ok' : 'rpc_error',
            latencyMs,
          })),
        );
        const [changes] = recordOf(some);
        const all = listOf(changes!);
        const view = { fromMs: 1000, toMs: 1000 + bins * 20_000, bins };
        const { atMs: times, used } = drawCounter(some, changes!, view);
        const line = Array.from(times, (at, i) => [at, used[i]!] as const);
        for (let bin = 0; bin < bins; bin++) {
          const [from, to] = [1000 + bin * 20_000, 1000 + (bin + 1) * 20_000];
          const inside = (at: number): boolean => at >= from && at < to;
          const exact = all.filter(([at]) => inside(at)).map(([, value]) => value);
          const drawn = line
            .slice(1)
            .filter(([at]) => inside(at))
            .map(([, value]) => value);
          expect(drawn.length).toBeLessThanOrEqual(4);
          if (exact.length === 0) continue;
          expect(Math.max(...drawn)).toBeGreaterThanOrEqual(Math.max(...exact));
          expect(Math.min(...drawn)).toBe(Math.min(...exact));
          expect(valueAt(line, to - 1)).toBe(valueAt(all, to - 1));
        }
      }),
    );
  });
});
