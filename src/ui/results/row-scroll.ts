/** Tallest box that every browser lays out and scrolls to the pixel; some give up at about 17 million px. */
export const TALLEST_PX = 8_000_000;

/** A list of rows of one height seen through a box. */
export interface RowBox {
  readonly rows: number;
  readonly rowPx: number;
  /** Height of the box. */
  readonly viewPx: number;
}

/**
 * Where a list is scrolled to. `real` is the box's own scroll position; `shift` is what has to be added to it to get the
 * place in the list at its full height, which may be taller than a browser can lay out.
 */
export interface RowScroll {
  readonly real: number;
  readonly shift: number;
}

/** Height of all rows. */
export function fullHeight({ rows, rowPx }: RowBox): number {
  return rows * rowPx;
}

/** Height to lay out: that of all rows, or as tall as browsers allow. */
export function laidOutHeight(box: RowBox): number {
  return Math.min(fullHeight(box), TALLEST_PX);
}

function farthest(box: RowBox, height: number): number {
  return Math.max(0, height - box.viewPx);
}

function clamp(value: number, most: number): number {
  return Math.min(Math.max(value, 0), most);
}

/** Place in the list, at its full height, of the top edge of the box. */
export function topOf(box: RowBox, scroll: RowScroll): number {
  return clamp(scroll.real + scroll.shift, farthest(box, fullHeight(box)));
}

/** The scroll that shows a place of the list at the top edge, with the scroll bar where that place is among all rows. */
export function scrollTo(box: RowBox, top: number): RowScroll {
  const wanted = clamp(top, farthest(box, fullHeight(box)));
  const full = farthest(box, fullHeight(box));
  const real = full === 0 ? 0 : Math.round((wanted / full) * farthest(box, laidOutHeight(box)));
  return { real, shift: wanted - real };
}

/**
 * What the box's new scroll position means. Small moves (wheel, keys) go row by row, whatever the height; a jump of more
 * than the box (a dragged scroll bar) goes to the same share of the list. `real` of the answer differs from `now` when
 * the box ran into an end that is not the list's; it has to be set on the box then.
 */
export function scrolled(box: RowBox, before: RowScroll, now: number): RowScroll {
  const real = farthest(box, laidOutHeight(box));
  const full = farthest(box, fullHeight(box));
  if (full === real) return { real: now, shift: 0 };
  if (Math.abs(now - before.real) > box.viewPx) {
    const top = real === 0 ? 0 : (clamp(now, real) / real) * full;
    return { real: now, shift: top - now };
  }
  const top = topOf(box, { real: now, shift: before.shift });
  const stuck = (now <= 0 && top > 0) || (now >= real && top < full);
  return stuck ? scrollTo(box, top) : { real: now, shift: top - now };
}

/** Rows to make: those in the box and `extra` on both sides; half-open. */
export function rowsInView(
  box: RowBox,
  scroll: RowScroll,
  extra: number,
): { readonly from: number; readonly to: number } {
  const top = topOf(box, scroll);
  const from = Math.max(0, Math.floor(top / box.rowPx) - extra);
  const to = Math.min(box.rows, Math.ceil((top + box.viewPx) / box.rowPx) + extra);
  return { from, to: Math.max(from, to) };
}

/** Where the first made row has to stand inside the laid out box, in px from its top. */
export function offsetOf(box: RowBox, scroll: RowScroll, from: number): number {
  return from * box.rowPx - topOf(box, scroll) + scroll.real;
}

/** The scroll that brings a row into view with the least movement; `headPx` of the box's top are covered. */
export function scrollToRow(box: RowBox, scroll: RowScroll, row: number, headPx: number): RowScroll {
  const top = topOf(box, scroll);
  const [start, end] = [row * box.rowPx, (row + 1) * box.rowPx];
  if (start < top) return scrollTo(box, start);
  if (end > top + box.viewPx - headPx) return scrollTo(box, end - box.viewPx + headPx);
  return scroll;
}
