import { describe, expect, it } from 'vitest';
import { captionsFor, stretchesOf } from '../../../src/ui/timeline/run-captions.ts';
import { histogramOf } from '../../../src/ui/timeline/histogram.ts';
import { CHARACTER_PX } from '../../../src/ui/timeline/time-ticks.ts';
import { flatMarks, mergeLanes } from '../../../src/ui/timeline/merge-lanes.ts';
import { markAt, placeMarks, type LaneMarks } from '../../../src/ui/timeline/marks.ts';

const EVERYTHING = { fromMs: -Infinity, toMs: Infinity };

/** Calls as `time:outcome` pairs. */
function marks(...calls: readonly (readonly [number, number])[]): LaneMarks {
  return {
    call: Uint32Array.from(calls, (_, i) => i),
    atMs: Float64Array.from(calls, ([atMs]) => atMs),
    outcome: Uint8Array.from(calls, ([, outcome]) => outcome),
  };
}
const every = (ms: number, count: number, outcome: number, fromMs = 0) =>
  Array.from({ length: count }, (_, i) => [fromMs + i * ms, outcome] as const);
const sorted = (calls: readonly (readonly [number, number])[]) => [...calls].sort((a, b) => a[0] - b[0]);

describe('marks', () => {
  const span = { fromMs: 0, toMs: 1000 };

  it('stand at their times', () => {
    expect(placeMarks(marks([0, 0], [500, 1]), span, 200)).toEqual([
      { call: 0, x: 0, outcome: 0, level: 0, of: 1 },
      { call: 1, x: 100, outcome: 1, level: 0, of: 1 },
    ]);
  });

  it.each([
    [4, true],
    [3.9, false],
  ])('%f px apart: shown one by one %s', (px, shown) => {
    const width = (px / 10) * 1000;
    expect(placeMarks(marks(...every(10, 20, 0)), span, width) !== null).toBe(shown);
  });

  it('of different outcomes may meet', () => {
    expect(placeMarks(marks([100, 0], [100, 1], [101, 2]), span, 200)).toHaveLength(3);
  });

  it('of one instant and outcome are stacked, up to three', () => {
    const placed = placeMarks(marks([100, 1], [100, 1], [500, 1]), span, 200);
    expect(placed?.map(({ level, of }) => [level, of])).toEqual([
      [0, 2],
      [1, 2],
      [0, 1],
    ]);
    expect(placeMarks(marks(...every(0, 4, 1, 100)), span, 200)).toBeNull();
  });

  it('out of view neither count nor collide', () => {
    expect(placeMarks(marks([-500, 0], [-499, 0], [100, 0]), span, 200)).toHaveLength(1);
  });

  it('are found under a pointer: nearest first, the half that was hit before the other', () => {
    const placed = placeMarks(marks([100, 0], [100, 1], [140, 0]), span, 200) ?? [];
    expect(markAt(placed, 21, true, 8)?.call).toBe(0);
    expect(markAt(placed, 21, false, 8)?.call).toBe(1);
    expect(markAt(placed, 27, true, 8)?.call).toBe(2);
    expect(markAt(placed, 60, true, 8)).toBeNull();
  });
});

describe('lanes that share a row', () => {
  const lane = (tool: string, given: LaneMarks | null) => ({
    tool,
    grants: ['planner'],
    calls: 1,
    counts: Uint32Array.of(1, 0),
    marks: given,
  });
  const [late, early] = [marks([500, 1]), marks([100, 0])];

  it('are one lane with all calls in order of time', () => {
    const { calls, grants, counts, marks: all } = mergeLanes([lane('a', late), lane('b', early), lane('c', late)]);
    expect([calls, grants, [...counts]]).toEqual([3, ['planner'], [3, 0]]);
    expect([...(all?.atMs ?? [])]).toEqual([100, 500, 500]);
  });

  it('have no marks where one of them has none', () => {
    expect(mergeLanes([lane('a', late), lane('b', null)]).marks).toBeNull();
  });

  it('show one mark for all calls of an instant that came out alike', () => {
    const flat = flatMarks(marks([100, 1], [100, 1], [100, 0], [200, 1]));
    expect([...flat.call]).toEqual([0, 2, 3]);
  });
});

describe('runs of equal outcomes', () => {
  it('are parted by a pause, not by calls of another agent', () => {
    const calls = sorted([
      ...every(40, 30, 0),
      ...every(40, 20, 1, 1200),
      ...every(40, 30, 0, 2000),
      ...every(200, 6, 0, 20),
    ]);
    expect(stretchesOf(marks(...calls), EVERYTHING).map(({ outcome, count }) => [outcome, count])).toEqual([
      [0, 36],
      [0, 30],
      [1, 20],
    ]);
  });

  it('are cut where the answer ends and the run may go on', () => {
    const calls = marks(...every(10, 10, 1, 100));
    expect(stretchesOf(calls, { fromMs: 95, toMs: 900 })[0]?.cut).toBe(true);
    expect(stretchesOf(calls, { fromMs: 0, toMs: 900 })[0]?.cut).toBe(false);
  });
});

describe('captions', () => {
  const span = { fromMs: 0, toMs: 1000 };
  const stretch = (outcome: number, count: number, fromMs: number, toMs: number) => ({
    outcome,
    count,
    fromMs,
    toMs,
    cut: false,
  });

  it('count a run and give the reason', () => {
    const [caption] = captionsFor([stretch(1, 10, 100, 900)], span, 1000, () => 'not in tools');
    expect(caption).toEqual({ x: 99, outcome: 1, text: '10 denied, not in tools' });
  });

  it('stand before a run at the right edge, where there is no room behind its start', () => {
    const [caption] = captionsFor([stretch(1, 13, 960, 960)], span, 1000, () => 'not in tools');
    const right = (caption?.x ?? NaN) + (caption?.text.length ?? 0) * CHARACTER_PX;
    expect(right).toBeCloseTo(951);
  });

  it('leave out single calls, runs out of view and runs of unknown length', () => {
    const all = [stretch(0, 1, 5, 5), stretch(0, 9, 2000, 3000), { ...stretch(0, 9, 0, 10), cut: true }];
    expect(captionsFor(all, span, 1000)).toEqual([]);
  });

  it('never overlap on one side; the longer run wins', () => {
    const texts = captionsFor([stretch(1, 5, 100, 200), stretch(1, 50, 120, 400), stretch(0, 5, 120, 200)], span, 1000);
    expect(texts.map(({ text }) => text)).toEqual(['50 denied', '5 allowed']);
  });

  it.each([
    [330, 'before'],
    [20, 'behind'],
  ])('are never cut by a boundary at %d: they stand %s it', (line, side) => {
    const fromMs = line - 10;
    const [caption] = captionsFor([stretch(0, 9, fromMs, fromMs + 300)], span, 1000, undefined, [line]);
    const left = caption?.x ?? NaN;
    const right = left + (caption?.text.length ?? 0) * CHARACTER_PX;
    expect(side === 'before' ? line - right : left - line).toBeCloseTo(8);
  });

  it('start at the edge for runs that began before, and beside a boundary', () => {
    expect(captionsFor([stretch(0, 9, -500, 500)], span, 1000)[0]?.x).toBe(4);
    expect(captionsFor([stretch(0, 9, 300, 500)], span, 1000, undefined, [301])[0]?.x).toBe(309);
  });
});

describe('columns', () => {
  it('mirror at one scale and stack within a side', () => {
    const counts = new Uint32Array(8);
    counts.set([3, 0], 0);
    counts.set([5, 0], 2);
    counts.set([1, 0], 4);
    counts.set([2, 0], 6);
    const { bars, highest, binMs } = histogramOf(
      { span: { fromMs: 0, toMs: 100 }, bins: 2, counts },
      { fromMs: 0, toMs: 100 },
      200,
    );
    expect(highest).toBe(7);
    expect(binMs).toBe(50);
    expect(bars.map(({ outcome, y0, y1 }) => [outcome, y0, y1])).toEqual([
      [0, 0, 3],
      [2, 3, 4],
      [1, -0, -5],
      [3, -5, -7],
    ]);
    expect(bars.every(({ x, width }) => x === 0 && width === 100)).toBe(true);
  });

  it('out of view are not drawn and do not set the scale', () => {
    const counts = Uint32Array.of(9, 1, 0, 0, 0, 0, 0, 0);
    const { bars, highest } = histogramOf(
      { span: { fromMs: 0, toMs: 100 }, bins: 2, counts },
      { fromMs: 60, toMs: 90 },
      300,
    );
    expect(highest).toBe(1);
    expect(bars).toHaveLength(1);
  });
});
