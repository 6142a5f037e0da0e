import type { LogFilter } from '../../../workers/engine-api.ts';
import type { Playground } from '../../state/playground.svelte.ts';

/** What leaves the audit log the calls that counts on screen are of: nothing without a moment. */
export function untilMoment({ now, run }: Playground): Pick<LogFilter, 'fromMs' | 'toMs'> {
  if (now === null) return {};
  return { fromMs: run.summary?.firstMs ?? now.firstMs, toMs: Math.floor(now.atMs) + 1 };
}
