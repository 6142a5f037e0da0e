import type { LegitimateWork } from '../../attacks/attack.ts';
import type { Agent, Scenario, Step } from '../../scenario/model.ts';

/** Whoever is asked says yes after 20 s, and the agent asks again after 30 s. */
function workday(
  name: string,
  start: string,
  agents: readonly { readonly name: string; readonly steps: Step[] }[],
): Scenario {
  return {
    version: '1',
    name,
    start,
    agents: agents.map((agent): Agent => ({ ...agent, onApproval: { retryAfter: '30s' } })),
    approvals: { mode: 'approve', after: '20s' },
  };
}

const SETTLEMENT: LegitimateWork = {
  name: 'settlement-morning',
  title: 'A settlement morning',
  about:
    'A clerk checks eight suppliers, sets 250 aside for each and gets a ticket for every payment, 16 minutes in all.',
  scenario: workday('A settlement morning', '2026-03-02T07:00:00.000Z', [
    {
      name: 'settler',
      steps: [
        {
          repeat: 8,
          steps: [
            { call: 'get_trust_score', args: { agentId: 'agent-8' } },
            { wait: '5s' },
            { call: 'is_agent_certified', args: { agentId: 'agent-8' } },
            { wait: '5s' },
            {
              call: 'create_escrow',
              args: { agentId: 'agent-4', target: 'agent-8', amount: 250, task: 'Delivery {{n / 4 + 1}}' },
            },
            { wait: '50s' },
            { call: 'issue_audit_ticket', args: { agentId: 'agent-4', validitySeconds: 300 } },
            { wait: '60s' },
          ],
        },
      ],
    },
  ]),
};

const DISCOVERY: LegitimateWork = {
  name: 'discovery-crawl',
  title: 'A discovery crawl',
  about:
    'A directory looks all 12 agents up once: who they are, where they answer, how they do, what they are trusted with.',
  scenario: workday('A discovery crawl', '2026-03-02T11:00:00.000Z', [
    {
      name: 'directory',
      steps: [
        { call: 'query_agents', args: { limit: 12 } },
        { wait: '2s' },
        ...['get_agent_card', 'get_agent_registration', 'check_agent_pulse', 'get_trust_score'].map((call) => ({
          call,
          times: 12,
          every: '2s',
          args: { agentId: 'agent-{{i + 1}}' },
        })),
      ],
    },
  ]),
};

const ONBOARDING: LegitimateWork = {
  name: 'onboarding',
  title: 'Onboarding ten agents',
  about:
    'A new department registers ten agents, one every 10 seconds, probes the server after each and looks the list up.',
  scenario: workday('Onboarding ten agents', '2026-03-02T08:30:00.000Z', [
    {
      name: 'onboarder',
      steps: [
        {
          repeat: 10,
          steps: [
            {
              call: 'register_agent',
              args: {
                name: 'night-clerk-{{n / 2 + 1}}',
                organization: 'Example Night Desk',
                capabilities: ['reconcile'],
              },
            },
            { wait: '5s' },
            { call: 'verify_agent_identity' },
            { wait: '5s' },
          ],
        },
        { call: 'query_agents', args: { auditLevel: 'Bronze', limit: 20 } },
      ],
    },
  ]),
};

const TICKETS: LegitimateWork = {
  name: 'ticket-use',
  title: 'Ordinary ticket use',
  about: 'Two agents get a ticket each every five minutes for an hour, good for as long as a payment takes.',
  scenario: workday(
    'Ordinary ticket use',
    '2026-03-02T10:00:00.000Z',
    ['agent-3', 'agent-7'].map((agentId) => ({
      name: `payer-of-${agentId}`,
      steps: [{ call: 'issue_audit_ticket', times: 12, every: '5m', args: { agentId, validitySeconds: 300 } }],
    })),
  ),
};

const GUARDS: LegitimateWork = {
  name: 'guard-use',
  title: 'Guard use',
  about: 'A support agent looks through 20 messages, cleans its 20 answers, and asks before each of 10 tool calls.',
  scenario: workday('Guard use', '2026-03-02T13:00:00.000Z', [
    {
      name: 'support',
      steps: [
        {
          call: 'guard_input',
          times: 20,
          every: '5s',
          args: { input: 'Question {{i + 1}}: where is my delivery?', context: { channel: 'mail' } },
        },
        {
          call: 'redact_output',
          times: 20,
          every: '5s',
          args: { input: 'Answer {{i + 1}} to buyer{{i}}@example.com' },
        },
        { call: 'guard_tool', times: 10, every: '5s', args: { tool: 'create_escrow', args: { amount: '{{i * 10}}' } } },
      ],
    },
  ]),
};

/** Work that a good policy lets through, so that a policy that refuses everything scores badly. */
export const LEGITIMATE_WORK: readonly LegitimateWork[] = [SETTLEMENT, DISCOVERY, ONBOARDING, TICKETS, GUARDS];
