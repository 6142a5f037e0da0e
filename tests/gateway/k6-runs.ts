import type { Example } from '../../src/core/catalogue/examples.ts';
import type { K6Options, K6Outline } from '../../src/core/k6/export.ts';
import { k6Pass } from '../../src/core/k6/k6-script.ts';
import { complete } from '../../src/core/simulator/pass.ts';
import type { Run } from '../../src/core/simulator/run.ts';
import { decide } from '../../workers/decide.ts';
import { Slices } from '../../workers/slices.ts';
import { readAny } from '../unit/catalogue/gallery-runs.ts';

/** The run of an example in the living world, as the page has it. */
export async function livingRun(example: Pick<Example, 'policyText' | 'scenario' | 'windows'>): Promise<Run> {
  const { policyText, scenario, windows } = example;
  const { policy } = readAny(policyText);
  if (policy === null) throw new Error('the policy does not load');
  const going = { slices: new Slices(() => true), tell: () => undefined, isCancelled: () => false };
  const input = { policy: { dialect: 'auto', text: policyText }, scenario, windows } as const;
  const decided = await decide(policy, input, going);
  if (decided.kind !== 'decided') throw new Error('the scenario does not load');
  return decided.run;
}

/** The text of a run's script, with its outline. */
export function scriptOf(run: Run, options: Partial<K6Options> = {}): { readonly text: string } & K6Outline {
  const pass = k6Pass(run, { align: 'minute', name: 'A run', ...options });
  const script = complete(pass, run.columns.count);
  if (script.kind !== 'script') throw new Error(`no script: ${script.kind}`);
  return { ...script.outline, text: script.parts.join('') };
}
