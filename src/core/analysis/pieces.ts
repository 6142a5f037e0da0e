/** Calls of one value each: `count` calls that carry `value`. Both may be infinite. */
export interface Piece {
  readonly value: number;
  readonly count: number;
}

/** What one window lets through: calls, and the sum of their values. Infinite where nothing bounds it. */
export interface Cap {
  readonly calls: number;
  readonly value: number;
}

/** Nothing bounds it. */
export const NO_CAP: Cap = { calls: Infinity, value: Infinity };

/** Several lists of pieces as one, the most valuable first; `times` repeats each list. */
export function mergePieces(parts: readonly { readonly pieces: readonly Piece[]; readonly times: number }[]): Piece[] {
  const counts = new Map<number, number>();
  for (const { pieces, times } of parts) {
    for (const { value, count } of pieces) counts.set(value, (counts.get(value) ?? 0) + count * times);
  }
  return [...counts]
    .map(([value, count]): Piece => ({ value, count }))
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.value - a.value);
}

/**
 * The most valuable calls that fit a cap. The last may be cut to what is left of the value. Taking the most valuable first
 * is best for every number of calls at once, so caps may be laid over caps of shorter windows.
 */
export function capPieces(pieces: readonly Piece[], cap: Cap): Piece[] {
  const kept: Piece[] = [];
  let calls = cap.calls;
  let left = cap.value;
  for (const { value, count } of pieces) {
    const whole = Math.min(count, calls, value === 0 || left === Infinity ? Infinity : Math.floor(left / value));
    if (whole > 0) kept.push({ value, count: whole });
    calls -= whole;
    if (value > 0 && whole > 0 && left !== Infinity) left -= value * whole;
    if (whole === count || calls <= 0) continue;
    if (left > 0 && left < value) {
      kept.push({ value: left, count: 1 });
      calls--;
    }
    left = 0;
  }
  return kept;
}

/** Calls in all. */
export function callsOf(pieces: readonly Piece[]): number {
  return pieces.reduce((sum, { count }) => sum + count, 0);
}

/** Their values in all. */
export function valueOf(pieces: readonly Piece[]): number {
  return pieces.reduce((sum, { value, count }) => (value === 0 ? sum : sum + value * count), 0);
}
