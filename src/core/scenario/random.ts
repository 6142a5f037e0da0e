/** One round: every bit of both inputs reaches every bit of the result. */
function round(state: number, word: number): number {
  let x = Math.imul(state ^ word, 0x2c1b3c6d);
  x = Math.imul(x ^ (x >>> 15), 0x297a2d39);
  x ^= x >>> 13;
  x = Math.imul(x, 0x165667b1);
  return (x ^ (x >>> 16)) | 0;
}

/**
 * A key made of a scenario's seed and two indices, for `randomUnit`. The seed may be any whole number a double holds
 * exactly. Equal inputs give equal keys on every machine.
 */
export function randomKey(seed: number, agent: number, step: number): number {
  const low = seed | 0;
  const high = Math.floor(seed / 4294967296) | 0;
  return round(round(round(round(0x5bd1e995, low), high), agent), step);
}

/**
 * A number in [0, 1) with 53 random bits that depends on its inputs and on nothing else, so that any choice of a run
 * can be made again on its own. `ordinal` tells calls apart, `salt` the choices made for one call.
 */
export function randomUnit(key: number, ordinal: number, salt: number): number {
  const first = round(round(key, ordinal), salt);
  const second = round(first, 0x68bc21eb);
  return ((first >>> 5) * 67108864 + (second >>> 6)) / 9007199254740992;
}

/** A whole number from `lo` to `hi`, both included, from a number in [0, 1). */
export function randomInt(unit: number, lo: number, hi: number): number {
  return Math.min(hi, lo + Math.floor(unit * (hi - lo + 1)));
}
