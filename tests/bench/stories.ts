import { compileScenario } from '../../src/core/scenario/compile.ts';
import type { Scenario } from '../../src/core/scenario/model.ts';
import type { CallPlan } from '../../src/core/simulator/columns.ts';
import type { Run } from '../../src/core/simulator/run.ts';
import { answersOf } from '../../src/core/simulator/server-status.ts';
import { createSimulation } from '../../src/core/simulator/simulate.ts';
import { AgentStates } from '../../src/core/upstream/agent-states.ts';
import { DEFAULT_ROSTER } from '../../src/core/upstream/roster.ts';
import { readBenchPolicy } from './workload.ts';

const START = { version: '1', start: '2026-01-01T00:00:00Z' } as const;

const policy = readBenchPolicy(
  JSON.stringify({
    version: '1',
    default: 'allow',
    tools: { issue_audit_ticket: { limits: [{ counter: 'a_minute', window: 'minute', max: 30 }] } },
  }),
);

/** Four agents ask for tickets far beyond their limit, and ask again up to five times when denied. */
export const REACTIVE: Scenario = {
  ...START,
  agents: [1, 2, 3, 4].map((number) => ({
    name: `agent-${number}`,
    onDenied: { retry: { max: 5, delay: '1s', factor: 2, respectRetryAt: true } },
    steps: [{ call: 'issue_audit_ticket', times: 50_000, every: '10ms', args: { agentId: 'agent-{{i % 12}}' } }],
  })),
};

/** A million calls that change the world, or hang on who is registered in it. */
export const LIVING: Scenario = {
  ...START,
  agents: [
    { call: 'register_agent', args: { name: 'clerk-{{i % 1000}}' } },
    { call: 'activate_kill_switch', args: { agentId: 'agent-clerk-{{i % 500}}', reason: 'r' } },
    { call: 'get_agent_card', args: { agentId: 'agent-clerk-{{i % 2000}}' } },
    { call: 'create_escrow', args: { agentId: 'agent-clerk-{{i % 1000}}', target: 't', amount: 5, task: 't' } },
  ].map(({ call, args }, number) => ({
    name: `agent-${number}`,
    steps: [{ call, args, times: 250_000, every: '1ms' }],
  })),
};

/** The calls of a scenario that has no errors. */
export function planOf(scenario: Scenario): CallPlan {
  const compiled = compileScenario(scenario);
  if (!compiled.ok) throw new Error('the scenario of the bench has errors');
  return compiled.plan;
}

/** Decides the calls with the simulated server in a world that remembers. */
export function playStory(plan: CallPlan, slice: number): Run {
  const answer = answersOf(plan.table, new AgentStates(DEFAULT_ROSTER));
  const simulation = createSimulation(policy, plan, { windows: 'calendar', answer });
  while (!simulation.advance(slice));
  return simulation.finish(false);
}
