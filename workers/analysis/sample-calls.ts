import { decidingRule } from '../../src/core/analysis/argument-search.ts';
import type { SampleCall, SampleCalls } from '../../src/core/analysis/evasion.ts';
import { compilePolicy } from '../../src/core/engine/compile.ts';
import type { Policy } from '../../src/core/policy/model.ts';
import { OUTCOME_CODE } from '../../src/core/simulator/columns.ts';
import type { Run } from '../../src/core/simulator/run.ts';
import { type Slices, STRIDE } from '../slices.ts';

/** Distinct calls of one tool that are kept. */
const MOST_OF_TOOL = 200;

/**
 * Distinct calls of a run, the first of each tool, by what the rules on arguments say to them now; those that only a
 * counter or a person stopped are left out.
 */
export async function sampleCalls(run: Run, policy: Policy, slices: Slices): Promise<SampleCalls> {
  const { columns, table } = run;
  const compiled = compilePolicy(policy);
  const kept = table.tools.map(() => new Set<number>());
  const denied: SampleCall[] = [];
  const allowed: SampleCall[] = [];
  const look = (call: number): void => {
    const index = columns.tool[call] ?? 0;
    const id = columns.args[call] ?? 0;
    const seen = kept[index];
    const tool = table.tools[index];
    if (seen === undefined || tool === undefined || seen.has(id) || seen.size >= MOST_OF_TOOL) return;
    seen.add(id);
    const args = table.argsAt(id);
    if (decidingRule(compiled.tool(tool), args) !== -1) denied.push({ tool, args });
    else if (columns.outcome[call] === OUTCOME_CODE.allow) allowed.push({ tool, args });
  };
  for (let from = 0; from < columns.count; from += STRIDE) {
    for (let call = from; call < Math.min(columns.count, from + STRIDE); call++) look(call);
    await slices.pause();
  }
  return { denied, allowed };
}
