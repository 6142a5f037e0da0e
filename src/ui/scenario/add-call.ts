import { sampleStep } from '../../core/catalogue/seed.ts';
import { addAgent, addRow } from '../../core/scenario/edit-rows.ts';
import type { Scenario } from '../../core/scenario/model.ts';

/** Adds a call of a ticket behind the steps of an agent; behind the last agent, with a new one. */
export function addCall(scenario: Scenario, agent: number): Scenario {
  const step = sampleStep('issue_audit_ticket');
  return agent < scenario.agents.length ? addRow(scenario, agent, step) : addAgent(scenario, step);
}
