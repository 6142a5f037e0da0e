import type { JsonObject } from '../json.ts';
import { buildArguments, leafDigit } from './argument-plan.ts';
import type { PlannedRun } from './cursor.ts';
import { firstNOf } from './program.ts';

/** Values of all leaves of a run that shares ids: the id written in a number system of its own. */
function sharedValues(run: PlannedRun, id: number): number[] {
  const values: number[] = [];
  let left = id;
  for (let k = run.args.leaves.length - 1; k >= 0; k--) {
    const leaf = run.args.leaves[k];
    if (leaf === undefined) break;
    values[k] = leaf.lo + (left % leaf.count);
    left = Math.floor(left / leaf.count);
  }
  return values;
}

/** Values of all leaves at one call of a run, worked out again from its number among the calls of its step. */
function valuesAt(run: PlannedRun, ordinal: number): number[] {
  const i = ordinal % run.spec.times;
  const n = firstNOf(run.spec, Math.floor(ordinal / run.spec.times)) + i;
  return run.args.leaves.map((leaf, index) => leaf.lo + leafDigit(leaf, index, run.key, i, n, ordinal));
}

/** Arguments of call `id` of a run, ids from 0. */
function argumentsOf(run: PlannedRun, id: number): JsonObject {
  return buildArguments(run.args, run.shared ? sharedValues(run, id) : valuesAt(run, id));
}

/**
 * Looks arguments up by id. `runs` stand in the order of their `argsBase`. Ids outside the table give `{}`. Pure: the
 * same id gives equal arguments every time, built anew unless they are constant.
 */
export function argumentTable(runs: readonly PlannedRun[]): (id: number) => JsonObject {
  return (id) => {
    let low = 0;
    let high = runs.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((runs[middle]?.argsBase ?? 0) <= id) low = middle;
      else high = middle - 1;
    }
    const run = runs[low];
    const local = run === undefined ? -1 : id - run.argsBase;
    return run === undefined || local < 0 || local >= run.argsCount ? {} : argumentsOf(run, local);
  };
}
