import fc from 'fast-check';
import { expect, it } from 'vitest';
import { placeTime } from '../../../src/ui/timeline/place-time.ts';

const FOOT = { timePx: 90, silentPx: 160, spanPx: 300, footerPx: 900 };

it('stands under its line while there is room beside the words', () => {
  expect(placeTime({ ...FOOT, at: 400 })).toEqual({ left: 355, yields: false });
});

it('moves the span of the run to the left for a line at the right', () => {
  expect(placeTime({ ...FOOT, at: 800 })).toEqual({ left: 755, yields: true });
});

it('stays off the words about tools without calls', () => {
  expect(placeTime({ ...FOOT, at: 100 })).toEqual({ left: 188, yields: false });
});

it('goes where there is no room at all', () => {
  expect(placeTime({ ...FOOT, footerPx: 480, at: 300 }).left).toBeNull();
});

it('covers nothing, wherever the line is', () => {
  const px = fc.integer({ min: 0, max: 1200 });
  fc.assert(
    fc.property(px, px, px, (at, silentPx, spanPx) => {
      const { left, yields } = placeTime({ at, timePx: 90, silentPx, spanPx, footerPx: 1200 });
      if (left === null) return;
      const silentEnd = 16 + silentPx;
      const span = yields ? [silentEnd, silentEnd + spanPx] : [1200 - 16 - spanPx, 1200 - 16];
      expect(left).toBeGreaterThanOrEqual(silentEnd);
      expect(left + 90 <= (span[0] ?? 0) || left >= (span[1] ?? 0)).toBe(true);
    }),
  );
});
