import { compilePolicy } from '../engine/compile.ts';
import { bindPolicy } from './bind.ts';
import { entry } from './entry.ts';
import type { Run } from './run.ts';

/** Which counters a call meets, as indices: limits into `Run.limits`, owners into a limit's `owners`. */
export interface LimitOwners {
  /** Limits on a tool, in the order they are looked at; none for a tool that is refused anyway. */
  limitsOf(tool: number): readonly number[];
  ownerOf(limit: number, caller: number): number;
}

/** Looks up limits and owners the way the calls of a run were decided. */
export function limitOwners(run: Run): LimitOwners {
  const { steps, ownerOf, limits } = bindPolicy(compilePolicy(run.policy), run.table, run.noPolicy);
  const base = new Int32Array(limits.length);
  steps.limit.forEach((limit, step) => (base[limit] = entry(steps.ownerBase, step)));
  return {
    limitsOf: (tool) => [...steps.limit.subarray(steps.from[tool], steps.from[tool + 1])],
    ownerOf: (limit, caller) => ownerOf[(base[limit] ?? 0) + caller] ?? 0,
  };
}
