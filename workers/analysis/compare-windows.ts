import type { WindowMode } from '../../src/core/engine/decision.ts';
import type { Policy } from '../../src/core/policy/model.ts';
import { OUTCOME_CODE } from '../../src/core/simulator/columns.ts';
import type { Run } from '../../src/core/simulator/run.ts';
import type { AnalysisAnswer, WindowsRow } from '../analysis-api.ts';
import type { RunInput } from '../engine-api.ts';
import type { Slices } from '../slices.ts';
import { finish } from './finish.ts';
import { decideInSteps, makePlan } from './plans.ts';

const MODES: readonly WindowMode[] = ['calendar', 'sliding', 'anchored'];
/** A larger run is not repeated three times. */
const MOST_CALLS = 1_000_000;

/** The same calls decided under every way to count windows. */
export async function compareWindows(input: RunInput, policy: Policy, slices: Slices): Promise<AnalysisAnswer> {
  const made = await makePlan(input, MOST_CALLS, slices);
  if (made.kind !== 'plan') return made;
  const rows: WindowsRow[] = [];
  for (const windows of MODES) {
    const { world } = input.scenario;
    rows.push(rowOf(await finish(decideInSteps(policy, made.plan, world, windows, input.noPolicy), slices)));
  }
  return { kind: 'windows', rows };
}

function rowOf({ columns, windows }: Run): WindowsRow {
  const counts = new Float64Array(4);
  for (let call = 0; call < columns.count; call++) {
    const outcome = columns.outcome[call] ?? 0;
    counts[outcome] = (counts[outcome] ?? 0) + 1;
  }
  const of = (code: number): number => counts[code] ?? 0;
  return {
    windows,
    allowed: of(OUTCOME_CODE.allow),
    denied: of(OUTCOME_CODE.deny),
    hidden: of(OUTCOME_CODE.hidden),
    approvals: of(OUTCOME_CODE.approval),
  };
}
