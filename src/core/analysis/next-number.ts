const bits = new DataView(new ArrayBuffer(8));

function step(value: number, by: bigint): number {
  bits.setFloat64(0, value);
  bits.setBigInt64(0, bits.getBigInt64(0) + by);
  return bits.getFloat64(0);
}

/** The smallest double above `value`; `value` itself when it is infinite or no number. */
export function nextAbove(value: number): number {
  if (!Number.isFinite(value)) return value;
  if (value === 0) return Number.MIN_VALUE;
  return step(value, value > 0 ? 1n : -1n);
}

/** The largest double below `value`; `value` itself when it is infinite or no number. */
export function nextBelow(value: number): number {
  return -nextAbove(-value);
}
