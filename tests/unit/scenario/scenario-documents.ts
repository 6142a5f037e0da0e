import type { Scenario, Step } from '../../../src/core/scenario/model.ts';

/** A scenario of one agent with these steps, starting at the first moment of 2026. */
export function scenarioOf(steps: readonly Step[], rest: Partial<Scenario> = {}): Scenario {
  return { version: '1', start: '2026-01-01T00:00:00Z', agents: [{ name: 'planner', steps }], ...rest };
}
