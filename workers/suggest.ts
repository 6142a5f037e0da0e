import { parsePolicy } from '../src/core/policy/parse.ts';
import { OUTCOME_CODE, UPSTREAM_CODE } from '../src/core/simulator/columns.ts';
import type { Run } from '../src/core/simulator/run.ts';
import { createSimulation } from '../src/core/simulator/simulate.ts';
import { learningPass, planOf, type SuggestRequest, type Suggestion } from '../src/core/simulator/suggestion.ts';
import { type Slices, STRIDE } from './slices.ts';

/** Learns a policy from a run, and decides the calls it came from by it. Throws `Abandoned` when nobody waits any more. */
export async function suggest(run: Run, request: SuggestRequest, slices: Slices): Promise<Suggestion> {
  const pass = learningPass(run, request);
  await slices.run([pass], 0, run.columns.count);
  const { text, calls, tools } = pass.finish();
  return { text, calls: calls.length, tools, denied: await countDenied(run, text, calls, slices) };
}

async function countDenied(run: Run, text: string, calls: Uint32Array, slices: Slices): Promise<number> {
  const compilePattern = () => ({ ok: false, reason: 'a suggestion has none' }) as const;
  const { policy } = parsePolicy(text, { dialect: 'policylayer', compilePattern });
  if (policy === null) throw new Error('the suggested policy has errors');
  const answer = () => UPSTREAM_CODE.ok;
  const simulation = createSimulation(policy, planOf(run, calls), { windows: run.windows, answer });
  while (!simulation.advance(STRIDE)) await slices.pause();
  const { columns } = simulation.finish(false);
  let denied = 0;
  for (let call = 0; call < columns.count; call++) if (columns.outcome[call] !== OUTCOME_CODE.allow) denied++;
  return denied;
}
