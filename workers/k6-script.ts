import type { K6Options } from '../src/core/k6/export.ts';
import { k6Pass } from '../src/core/k6/k6-script.ts';
import type { Run } from '../src/core/simulator/run.ts';
import type { K6Export } from './engine-api.ts';
import type { Slices } from './slices.ts';

/** A run as the file of a k6 script. Throws `Abandoned` when nobody waits any more. */
export async function exportK6(run: Run, options: K6Options, slices: Slices): Promise<K6Export> {
  const pass = k6Pass(run, options);
  await slices.run([pass], 0, run.columns.count);
  const script = pass.finish();
  if (script.kind !== 'script') return script;
  const { kind, outline, parts } = script;
  return { kind, outline, file: new Blob([...parts], { type: 'text/javascript' }) };
}
