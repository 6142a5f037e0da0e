/** How many calls fit, and whether adding doubles one by one comes to the same. */
export interface CallCount {
  readonly calls: number;
  readonly isExact: boolean;
}

const LARGEST_SUM = 2n ** 53n;
const MANY_BINARY_PLACES = 60;

/**
 * How many steps of size `step` (above 0) fit into `max` (a whole number). Exact where every sum of steps is a number
 * that doubles hold, as for 0.5 or 2.25; 0.1 has no end in binary.
 */
export function countCalls(max: number, step: number): CallCount {
  if (step > max) return { calls: 0, isExact: true };
  let places = 0;
  let scaled = step;
  while (!Number.isInteger(scaled) && places < MANY_BINARY_PLACES) {
    scaled *= 2;
    places++;
  }
  const scaledMax = BigInt(max) << BigInt(places);
  if (!Number.isInteger(scaled) || scaledMax + BigInt(scaled) > LARGEST_SUM) {
    return { calls: Math.min(Math.floor(max / step), Number.MAX_SAFE_INTEGER), isExact: false };
  }
  return { calls: Number(scaledMax / BigInt(scaled)), isExact: true };
}
