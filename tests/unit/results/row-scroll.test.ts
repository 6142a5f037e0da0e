import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  TALLEST_PX,
  fullHeight,
  laidOutHeight,
  offsetOf,
  rowsInView,
  scrollTo,
  scrollToRow,
  scrolled,
  topOf,
  type RowBox,
} from '../../../src/ui/results/row-scroll.ts';

const short: RowBox = { rows: 133, rowPx: 24, viewPx: 240 };
const tall: RowBox = { rows: 1_000_000, rowPx: 24, viewPx: 240 };
const TOP = { real: 0, shift: 0 };
const boxes = fc.record({
  rows: fc.integer({ min: 0, max: 10_000_000 }),
  rowPx: fc.constantFrom(24, 44),
  viewPx: fc.integer({ min: 50, max: 2000 }),
});

describe('a list that fits', () => {
  it('scrolls as the box does', () => {
    expect(laidOutHeight(short)).toBe(133 * 24);
    expect(scrolled(short, TOP, 1000)).toEqual({ real: 1000, shift: 0 });
    expect(rowsInView(short, { real: 240, shift: 0 }, 0)).toEqual({ from: 10, to: 20 });
  });
});

describe('a list taller than a browser can lay out', () => {
  it('is laid out at the tallest height', () => {
    expect(fullHeight(tall)).toBe(24_000_000);
    expect(laidOutHeight(tall)).toBe(TALLEST_PX);
  });

  it('moves row by row with the wheel', () => {
    const moved = scrolled(tall, TOP, 96);
    expect(rowsInView(tall, moved, 0).from).toBe(4);
  });

  it('goes to the same share of the list when the bar is dragged', () => {
    const middle = scrolled(tall, TOP, (TALLEST_PX - 240) / 2);
    expect(rowsInView(tall, middle, 0).from).toBe(499_995);
    const end = scrolled(tall, middle, TALLEST_PX - 240);
    expect(rowsInView(tall, end, 0).to).toBe(1_000_000);
  });

  it('puts the bar where the rows are when the box runs into an end that is not the list’s', () => {
    const before = { real: 100, shift: 12_000_000 };
    const after = scrolled(tall, before, 0);
    expect(after.real).toBeGreaterThan(3_900_000);
    expect(topOf(tall, after)).toBeCloseTo(12_000_000);
  });

  it('does not scroll past the first row', () => {
    const nearTop = { real: 500, shift: -490 };
    expect(topOf(tall, scrolled(tall, nearTop, 480))).toBe(0);
  });
});

it('reaches every row of any list with its rows where the box shows them', () => {
  fc.assert(
    fc.property(boxes, fc.double({ min: 0, max: 1, noNaN: true }), (box, share) => {
      const row = Math.floor(share * Math.max(0, box.rows - 1));
      const scroll = scrollToRow(box, TOP, row, 0);
      const { from, to } = rowsInView(box, scroll, 0);
      if (box.rows > 0) {
        expect(from).toBeLessThanOrEqual(row);
        expect(to).toBeGreaterThan(row);
      }
      const offset = offsetOf(box, scroll, from);
      expect(Math.abs(offset - scroll.real)).toBeLessThan(box.rowPx + 1);
      expect(scroll.real).toBeGreaterThanOrEqual(0);
      expect(scroll.real).toBeLessThanOrEqual(laidOutHeight(box));
    }),
  );
});

it('leaves a row that is in view where it is', () => {
  const scroll = scrollTo(short, 480);
  expect(scrollToRow(short, scroll, 25, 0)).toBe(scroll);
  expect(topOf(short, scrollToRow(short, scroll, 5, 0))).toBe(120);
  expect(topOf(short, scrollToRow(short, scroll, 40, 0))).toBe(41 * 24 - 240);
});
