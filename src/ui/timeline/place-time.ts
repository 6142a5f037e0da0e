/** Widths in px of what stands in the foot of the timeline, and where the line of the selected call meets it. */
export interface FootWidths {
  readonly at: number;
  readonly timePx: number;
  readonly silentPx: number;
  readonly spanPx: number;
  readonly footerPx: number;
}

const PAD = 16;
const GAP = 12;

/**
 * Where the time of the selected call goes so that it covers no words: its left edge in px, as near under its line as
 * can be, null where there is no room. `yields`: what the run spans moves to the left for it.
 */
export function placeTime({ at, timePx, silentPx, spanPx, footerPx }: FootWidths): {
  readonly left: number | null;
  readonly yields: boolean;
} {
  const wanted = at - timePx / 2;
  const leftEnd = PAD + silentPx + (silentPx > 0 ? GAP : 0);
  const beside = { from: leftEnd, to: footerPx - PAD - spanPx - GAP - timePx };
  const behind = { from: leftEnd + spanPx + GAP, to: footerPx - timePx };
  const inside = (room: typeof beside): boolean => wanted >= room.from && wanted <= room.to;
  if (inside(beside)) return { left: wanted, yields: false };
  if (inside(behind)) return { left: wanted, yields: true };
  const isRight = at > footerPx / 2;
  const room = isRight ? behind : beside;
  if (room.from > room.to) return { left: null, yields: false };
  return { left: Math.min(Math.max(wanted, room.from), room.to), yields: isRight };
}
