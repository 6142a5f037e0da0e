/**
 * Work over the calls of a run that can be cut anywhere. `add` takes calls `from … to` (half-open), each call once and
 * in order; `finish` gives the result. The result does not depend on where the cuts fall.
 */
export interface Pass<T> {
  add(from: number, to: number): void;
  finish(): T;
}

/** Runs a pass over calls 0 … `count` in one piece. */
export function complete<T>(pass: Pass<T>, count: number): T {
  pass.add(0, count);
  return pass.finish();
}
