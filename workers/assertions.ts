import type { Assertion } from '../src/core/scenario/model.ts';
import { assertionPass, type AssertionResult } from '../src/core/simulator/assertions.ts';
import type { Run } from '../src/core/simulator/run.ts';
import type { Slices } from './slices.ts';

/** Looks at assertions over a run, side by side. Throws `Abandoned` when nobody waits any more. */
export async function lookAt(
  run: Run,
  assertions: readonly Assertion[],
  slices: Slices,
): Promise<readonly AssertionResult[]> {
  const passes = assertions.map((assertion) => assertionPass(run, assertion));
  await slices.run(passes, 0, run.columns.count);
  return passes.map((pass) => pass.finish());
}
