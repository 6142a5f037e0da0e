import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  clampSpan,
  fitSpan,
  lengthOf,
  msAt,
  panSpan,
  spanShowing,
  xAt,
  zoomSpan,
} from '../../../src/ui/timeline/time-span.ts';
import { stepFor, tickText, ticksFor } from '../../../src/ui/timeline/time-ticks.ts';

const MIDNIGHT = Date.UTC(2026, 0, 2);
const around = (ms: number) => ({ fromMs: MIDNIGHT - ms / 2, toMs: MIDNIGHT + ms / 2 });
const spans = fc
  .record({ fromMs: fc.integer({ min: 0, max: 4e12 }), length: fc.integer({ min: 10, max: 31 * 86_400_000 }) })
  .map(({ fromMs, length }) => ({ fromMs, toMs: fromMs + length }));

describe('ticks', () => {
  it.each([
    [20, '00:00:00.000', null],
    [600, '00:00:00.000', null],
    [4_000, '00:00:00', '2 Jan'],
    [600_000, '00:00', '2 Jan'],
    [4 * 3_600_000, '00:00', '2 Jan'],
    [10 * 86_400_000, '2 Jan', null],
  ])('over %i ms name midnight %s', (ms, label, date) => {
    const midnight = ticksFor(around(ms), 640).major.find(({ atMs }) => atMs === MIDNIGHT);
    expect(midnight?.label).toBe(label);
    expect(midnight?.date ?? null).toBe(ms < 1000 ? '2 Jan' : date);
  });

  it('write the precision of their step', () => {
    const atMs = MIDNIGHT + 3_723_450;
    expect([50, 1000, 60_000, 86_400_000].map((step) => tickText(atMs, step))).toEqual([
      '01:02:03.450',
      '01:02:03',
      '01:02',
      '2 Jan',
    ]);
  });

  it('keep labels apart, in view and in order, at any scale', () => {
    fc.assert(
      fc.property(spans, fc.integer({ min: 200, max: 2000 }), (span, width) => {
        const { major, stepMs } = ticksFor(span, width);
        expect(major.length).toBeLessThan(40);
        for (const tick of major) {
          expect(tick.atMs % stepMs).toBe(0);
          expect(tick.x).toBeGreaterThanOrEqual(0);
          expect(tick.x).toBeLessThanOrEqual(width);
        }
        const gaps = major.slice(1).map(({ x }, i) => x - (major[i]?.x ?? 0));
        for (const gap of gaps) expect(gap).toBeGreaterThan(tickText(0, stepMs).length * 6);
      }),
    );
  });

  it('say the date once, where the day changes', () => {
    const dates = ticksFor({ fromMs: MIDNIGHT - 5_000, toMs: MIDNIGHT + 5_000 }, 900).major.map(({ date }) => date);
    expect(dates.filter((date) => date !== null)).toEqual(['2 Jan']);
  });

  it('take the shortest round step that fits', () => {
    expect(stepFor({ fromMs: 0, toMs: 5_000 }, 640)).toBe(1000);
    expect(stepFor({ fromMs: 0, toMs: 5_000 }, 320)).toBe(2000);
  });
});

describe('a span of time', () => {
  it('maps instants to places and back', () => {
    fc.assert(
      fc.property(spans, fc.double({ min: 0, max: 1, noNaN: true }), (span, share) => {
        expect(xAt(span, 640, msAt(span, 640, share * 640))).toBeCloseTo(share * 640, 1);
      }),
    );
  });

  it('keeps the instant under the pointer when zooming', () => {
    const zoomed = zoomSpan(around(10_000), 2, MIDNIGHT + 1000);
    expect(lengthOf(zoomed)).toBe(5_000);
    expect(xAt(zoomed, 100, MIDNIGHT + 1000)).toBeCloseTo(60);
  });

  it('fits a run of one instant', () => {
    expect(lengthOf(fitSpan(MIDNIGHT, MIDNIGHT))).toBe(1000);
  });

  it('never loses the run, however far it is panned or zoomed', () => {
    fc.assert(
      fc.property(
        spans,
        fc.double({ min: -50, max: 50, noNaN: true }),
        fc.double({ min: 0.01, max: 100, noNaN: true }),
        (fit, share, factor) => {
          const span = clampSpan(panSpan(zoomSpan(fit, factor, fit.fromMs), share), fit);
          expect(lengthOf(span)).toBeGreaterThan(9.9);
          expect(lengthOf(span)).toBeLessThanOrEqual(lengthOf(fit) * 4.001);
          expect(span.toMs).toBeGreaterThan(fit.fromMs);
          expect(span.fromMs).toBeLessThan(fit.toMs);
        },
      ),
    );
  });

  it('pans a covered call into the part that is free', () => {
    const span = { fromMs: 0, toMs: 1000 };
    expect(spanShowing(span, 1000, 500, 20, 600)).toBe(span);
    const moved = spanShowing(span, 1000, 900, 20, 600);
    expect(xAt(moved, 1000, 900)).toBeGreaterThan(20);
    expect(xAt(moved, 1000, 900)).toBeLessThan(600);
    expect(lengthOf(moved)).toBeCloseTo(1000);
  });
});
