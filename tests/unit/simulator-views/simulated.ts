import type { WindowMode } from '../../../src/core/engine/decision.ts';
import { UPSTREAM_CODE, type CallPlan } from '../../../src/core/simulator/columns.ts';
import { replay } from '../../../src/core/simulator/replay.ts';
import type { CounterObserver, Run } from '../../../src/core/simulator/run.ts';
import { createSimulation } from '../../../src/core/simulator/simulate.ts';
import type { Policy } from '../../../src/core/policy/model.ts';
import { fakeRun, type FakeCall } from './fake-run.ts';

/** A call to decide; `status` is what the server answers, after `latencyMs`. */
export interface PlannedCall extends Omit<FakeCall, 'outcome' | 'rule'> {
  readonly latencyMs?: number;
}

/** Decides calls under a policy, with the simulator itself. */
export function simulateCalls(
  policy: Policy,
  calls: readonly PlannedCall[],
  windows: WindowMode = 'calendar',
  approvals: CallPlan['approvals'] = { mode: 'ignore', afterMs: 0 },
  noPolicy: readonly string[] = [],
): Run {
  const plan: CallPlan = { ...fakeRun(calls).plan, approvals };
  calls.forEach((call, i) => {
    plan.calls.upstream[i] = UPSTREAM_CODE[call.status ?? 'ok'];
    plan.calls.latencyMs[i] = call.latencyMs ?? 0;
  });
  const simulation = createSimulation(policy, plan, { windows, noPolicy, answer: () => UPSTREAM_CODE.ok });
  simulation.advance(calls.length);
  return simulation.finish(false);
}

/** Shows an observer every change of a run's counters, in pieces of `slice` calls. */
export function watchRun<T extends CounterObserver>(run: Run, observer: T, slice = run.columns.count): T {
  const again = replay(run, 0, observer);
  for (let i = 0; i < run.columns.count; i += slice) again.advanceTo(Math.min(run.columns.count, i + slice));
  return observer;
}
