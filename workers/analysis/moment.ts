import { windowsInUse } from '../../src/core/simulator/boundaries.ts';
import { type Marked, markedPass, type MomentQuestion, seekMoment } from '../../src/core/simulator/moment.ts';
import type { Run } from '../../src/core/simulator/run.ts';
import type { AnalysisAnswer } from '../analysis-api.ts';
import type { RunRecord } from '../held-run.ts';
import type { Slices } from '../slices.ts';

/** By run, so that a clock that plays looks at its calls once. */
const known = new WeakMap<Run, Marked>();

/** The calls of a run that moments are about, looked for once. */
export async function markedOf(run: Run, slices: Slices): Promise<Marked> {
  const found = known.get(run);
  if (found !== undefined) return found;
  const pass = markedPass(run);
  await slices.run([pass], 0, run.columns.count);
  const marked = pass.finish();
  known.set(run, marked);
  return marked;
}

/** Answers where the virtual clock of a run stands, or where it is to go. */
export async function momentOf(
  { run, tally }: RunRecord,
  question: MomentQuestion,
  slices: Slices,
): Promise<AnalysisAnswer> {
  const marked = await markedOf(run, slices);
  return { kind: 'moment', moment: seekMoment(run, marked, windowsInUse(run, tally), question) };
}
