import { expect, test } from 'vitest';
import { createSimulation } from '../../src/core/simulator/simulate.ts';
import { bareLoop } from './bare-loop.ts';
import { AMOUNTS, makePlan, policyText, readBenchPolicy } from './workload.ts';

test('the bare loop and the simulation agree where no condition denies, so the comparison is fair', () => {
  const plan = makePlan(200_000);
  const simulation = createSimulation(readBenchPolicy(policyText(AMOUNTS)), plan, {
    windows: 'calendar',
    answer: () => 1,
  });
  simulation.advance(plan.calls.count);
  const { outcome } = simulation.finish(false).columns;
  const denied = bareLoop(plan.calls);
  expect(outcome).toEqual(denied);
  expect(denied.reduce((sum, one) => sum + one, 0)).toBeGreaterThan(20_000);
});
