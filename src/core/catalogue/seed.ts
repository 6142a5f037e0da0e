import type { JsonObject } from '../json.ts';
import type { CallStep, Scenario } from '../scenario/model.ts';
import { TOOLS } from './tools.ts';

/** The policy the page opens with, as PolicyLayer publishes it for this server: 30 tickets a minute, nothing else. */
export const SEED_POLICY_TEXT = JSON.stringify(
  {
    version: '1',
    default: 'deny',
    tools: {
      issue_audit_ticket: {
        limits: [{ counter: 'issue_audit_ticket_rate', window: 'minute', max: 30, scope: 'grant' }],
      },
    },
  },
  null,
  2,
);

/** Arguments each tool accepts and answers without an error in the world as it is at the start of a run. */
export const SAMPLE_ARGUMENTS: ReadonlyMap<string, JsonObject> = new Map<string, JsonObject>([
  ['get_agent_card', { agentId: 'agent-1' }],
  ['get_agent_registration', { agentId: 'agent-2' }],
  ['check_agent_pulse', { agentId: 'agent-3' }],
  ['is_agent_certified', { agentId: 'agent-4' }],
  ['get_trust_score', { agentId: 'agent-5', includeHealth: true }],
  ['query_agents', { minTrustScore: 80, auditLevel: 'Gold', limit: 5 }],
  ['guard_input', { input: 'Pay the invoice of agent-7 by noon.' }],
  ['redact_output', { input: 'Receipt sent to billing@example.com.' }],
  ['guard_tool', { tool: 'create_escrow', args: { amount: 250 } }],
  ['register_agent', { name: 'ledger-clerk', organization: 'Example Settlements', capabilities: ['reconcile'] }],
  ['create_escrow', { agentId: 'agent-7', target: 'agent-8', amount: 250, task: 'Reconcile the day’s payments' }],
  ['issue_audit_ticket', { agentId: 'agent-7', validitySeconds: 300 }],
  ['activate_kill_switch', { agentId: 'agent-9', reason: 'Spends without a task' }],
  ['verify_agent_identity', { agentId: 'agent-10' }],
]);

/** A step that calls the tool once with arguments it accepts; `{}` for a tool that is not on the server. */
export function sampleStep(tool: string): CallStep {
  return { call: tool, args: SAMPLE_ARGUMENTS.get(tool) ?? {} };
}

const OTHER_TOOLS = TOOLS.filter((tool) => tool.name !== 'issue_audit_ticket');

/** The scenario the page opens with: two agents ask for tickets across midnight, then one tries every other tool. */
export const SEED_SCENARIO: Scenario = {
  version: '1',
  name: 'Runaway ticket loop',
  start: '2026-01-01T23:59:58.000Z',
  agents: [
    {
      name: 'planner',
      steps: [
        {
          call: 'issue_audit_ticket',
          times: 100,
          over: '4s',
          args: { agentId: 'agent-{{i % 5 + 1}}', validitySeconds: 300 },
        },
        { wait: '1s' },
        ...OTHER_TOOLS.map((tool) => sampleStep(tool.name)),
      ],
    },
    {
      name: 'settler',
      steps: [
        { call: 'issue_audit_ticket', times: 20, over: '4s', args: { agentId: 'agent-7', validitySeconds: 300 } },
      ],
    },
  ],
};
