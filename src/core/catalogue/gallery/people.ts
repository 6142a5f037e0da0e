import { type Example, policyText, SAMPLE_ESCROW } from './example.ts';

/** People decide about writes. */
export const APPROVALS: Example = {
  name: 'approvals',
  title: 'Writes wait for a human',
  about:
    'Every tool that writes asks a human first, who approves after 20 s; the agent asks again after 30 s and gets through. Each approval lets one identical call pass, so the next escrow waits again.',
  group: 'To start from',
  dialect: 'policylayer',
  policyText: policyText({
    get_trust_score: {},
    create_escrow: { action: 'require_approval', reason: 'Money leaves the account.' },
    issue_audit_ticket: { action: 'require_approval', reason: 'A ticket lets an agent pay.' },
    register_agent: { action: 'require_approval', reason: 'A new agent joins the network.' },
    activate_kill_switch: { action: 'require_approval', reason: 'An agent is stopped for everybody.' },
  }),
  scenario: {
    version: '1',
    name: 'Writes wait for a human',
    start: '2026-01-01T11:00:00.000Z',
    agents: [
      {
        name: 'operator',
        onApproval: { retryAfter: '30s' },
        steps: [
          { call: 'get_trust_score', args: { agentId: 'agent-8' } },
          { wait: '1s' },
          { repeat: 2, steps: [{ call: 'create_escrow', args: SAMPLE_ESCROW }, { wait: '60s' }] },
          { call: 'activate_kill_switch', args: { agentId: 'agent-9', reason: 'Spends without a task' } },
        ],
      },
    ],
    approvals: { mode: 'approve', after: '20s' },
  },
  windows: 'calendar',
};

/** Tools an agent never learns of. */
export const HIDDEN_TOOLS: Example = {
  name: 'hidden-tools',
  title: 'Hidden admin tools',
  about:
    'The kill switch, registration and probes are hidden: agents do not see them in the list of tools, and a call that names one anyway is denied. The rest of the server stays open, with tickets at 30 a minute.',
  group: 'To start from',
  dialect: 'policylayer',
  policyText: JSON.stringify(
    {
      version: '1',
      default: 'allow',
      hide: ['activate_kill_switch', 'register_agent', 'verify_agent_identity'],
      tools: {
        create_escrow: { limits: [{ counter: 'create_escrow_rate', window: 'minute', max: 30, scope: 'grant' }] },
        issue_audit_ticket: {
          limits: [{ counter: 'issue_audit_ticket_rate', window: 'minute', max: 30, scope: 'grant' }],
        },
      },
    },
    null,
    2,
  ),
  scenario: {
    version: '1',
    name: 'An agent that knows names it should not',
    start: '2026-01-01T09:00:00.000Z',
    agents: [
      {
        name: 'worker',
        steps: [
          { call: 'get_agent_card', times: 5, every: '1s', args: { agentId: 'agent-{{i + 1}}' } },
          { call: 'issue_audit_ticket', times: 5, every: '1s', args: { agentId: 'agent-7', validitySeconds: 300 } },
          { call: 'create_escrow', times: 2, every: '1s', args: SAMPLE_ESCROW },
        ],
      },
      {
        name: 'guesser',
        steps: [
          {
            call: 'activate_kill_switch',
            times: 3,
            every: '1s',
            args: { agentId: 'agent-1', reason: 'Because I can' },
          },
          { call: 'register_agent', times: 2, every: '1s', args: { name: 'shadow-{{i}}' } },
          { call: 'verify_agent_identity', args: { agentId: 'agent-10' } },
        ],
      },
    ],
  },
  windows: 'calendar',
};
