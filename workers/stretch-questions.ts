import type { Run } from '../src/core/simulator/run.ts';
import { callsInView, countPass } from '../src/core/simulator/timeline-bins.ts';
import type { StretchCounts } from '../src/core/simulator/timeline.ts';
import type { Slices } from './slices.ts';

/** Counts the calls of one stretch of time after another; the newest is remembered. */
export class StretchQuestions {
  readonly #run: Run;
  #newest: StretchCounts | null = null;

  constructor(run: Run) {
    this.#run = run;
  }

  /** Calls at `fromMs` ≤ t < `toMs`, by outcome. */
  async count({ fromMs, toMs }: { fromMs: number; toMs: number }, slices: Slices): Promise<StretchCounts> {
    const newest = this.#newest;
    if (newest?.fromMs === fromMs && newest.toMs === toMs) return newest;
    const { from, to } = callsInView(this.#run, { fromMs, toMs, bins: 1 });
    const pass = countPass(this.#run);
    await slices.run([pass], from, Math.max(from, to));
    return (this.#newest = { fromMs, toMs, calls: Math.max(0, to - from), counts: pass.finish() });
  }
}
