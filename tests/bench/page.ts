import { EngineClient } from '../../src/client/engine-client.ts';
import type { WindowMode } from '../../src/core/engine/decision.ts';
import type { Scenario } from '../../src/core/scenario/model.ts';
import { bareLoop } from './bare-loop.ts';
import { BENCH_POLICY, benchScenario } from './scenarios.ts';
import { makePlan } from './workload.ts';

/** One run in the worker: how long the worker decided, and how long the page waited for everything. */
export interface RunTimes {
  readonly calls: number;
  readonly decideMs: number;
  readonly wallMs: number;
}

const client = new EngineClient(() => {
  throw new Error('the worker was lost');
});
let runId = 0;
let runs = 0;

/** What the bench asks of this page. */
export const bench = {
  /** The bare loop over as many calls, in this engine. */
  bare(calls: number): number {
    const plan = makePlan(calls);
    const startMs = performance.now();
    if (bareLoop(plan.calls).length !== calls) throw new Error('the bare loop did nothing');
    return performance.now() - startMs;
  },
  /** A run through the client and the worker; `fresh` has the worker make the calls anew. */
  async run(calls: number, windows: WindowMode = 'calendar', fresh = true): Promise<RunTimes> {
    const scenario = benchScenario(calls, fresh ? `bench ${++runs}` : 'bench') as Scenario;
    const policy = { dialect: 'policylayer', text: BENCH_POLICY } as const;
    const startMs = performance.now();
    const reply = await client.run({ policy, scenario, windows }, () => undefined);
    const wallMs = performance.now() - startMs;
    if (reply.kind !== 'ok' || reply.value.kind !== 'done') throw new Error(JSON.stringify(reply));
    const { summary } = reply.value;
    runId = summary.runId;
    return { calls: summary.calls, decideMs: summary.decideMs, wallMs };
  },
  /** How long each explanation took, in order. */
  async explain(calls: readonly number[]): Promise<number[]> {
    const times: number[] = [];
    for (const call of calls) {
      const startMs = performance.now();
      const reply = await client.explain(runId, call);
      times.push(performance.now() - startMs);
      if (reply.kind !== 'ok' || reply.value.kind !== 'ok') throw new Error(JSON.stringify(reply));
    }
    return times;
  },
};

Object.assign(window, { bench });
