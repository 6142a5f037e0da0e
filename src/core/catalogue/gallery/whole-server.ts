import { recommendedPolicyText } from '../recommended.ts';
import { sampleStep } from '../seed.ts';
import { TOOLS } from '../tools.ts';
import { type Example, policyText } from './example.ts';

const READ_TOOLS = TOOLS.filter(({ category }) => category === 'Read');
const OTHER_TOOLS = TOOLS.filter(({ category }) => category !== 'Read');

/** What the catalogue recommends for each of the 14 tools. */
export const RECOMMENDED: Example = {
  name: 'recommended',
  title: 'Recommended for all 14 tools',
  about:
    'Tools that read are free, tools that write get 30 calls a minute, and the one that executes gets 10, each counted for each grant. A loop that asks for 60 tickets and 25 probes in a minute gets 30 and 10; everything else passes.',
  group: 'To start from',
  dialect: 'policylayer',
  policyText: recommendedPolicyText(),
  scenario: {
    version: '1',
    name: 'A day of work, and a loop',
    start: '2026-01-01T09:00:00.000Z',
    agents: [
      { name: 'worker', steps: TOOLS.map(({ name }) => sampleStep(name)) },
      {
        name: 'loop',
        steps: [
          { call: 'issue_audit_ticket', times: 60, over: '30s', args: { agentId: 'agent-7', validitySeconds: 300 } },
          { call: 'verify_agent_identity', times: 25, over: '20s', args: { agentId: 'agent-10' } },
          { call: 'get_trust_score', times: 100, over: '5s', args: { agentId: 'agent-5' } },
        ],
      },
    ],
  },
  windows: 'calendar',
};

/** Nothing that changes the world. */
export const READ_ONLY: Example = {
  name: 'read-only',
  title: 'Read only',
  about:
    'The nine tools that read are listed without any rule, and everything else falls to `default`. An agent may look things up as often as it likes, yet no escrow, ticket, registration, kill switch or probe gets through.',
  group: 'To start from',
  dialect: 'policylayer',
  policyText: policyText(Object.fromEntries(READ_TOOLS.map(({ name }) => [name, {}]))),
  scenario: {
    version: '1',
    name: 'An analyst who tries a write now and then',
    start: '2026-01-01T09:00:00.000Z',
    agents: [
      {
        name: 'analyst',
        steps: [
          { repeat: 5, steps: [...READ_TOOLS.map(({ name }) => sampleStep(name)), { wait: '2s' }] },
          ...OTHER_TOOLS.map(({ name }) => sampleStep(name)),
        ],
      },
    ],
  },
  windows: 'calendar',
};

/** For an incident: one tool is left. */
export const LOCKDOWN: Example = {
  name: 'lockdown',
  title: 'Lockdown',
  about:
    'For an incident: only the kill switch still works, five times an hour, and only with a reason of ten characters or more. Tickets and escrows stay visible, so that agents are told why they are denied; all else is denied by default.',
  group: 'To start from',
  dialect: 'policylayer',
  policyText: policyText({
    activate_kill_switch: {
      require: [
        {
          conditions: [{ path: 'args.reason', op: 'regex', value: '^.{10,}$' }],
          on_deny: 'Say why the agent is stopped, in ten characters or more.',
        },
      ],
      limits: [{ counter: 'activate_kill_switch_rate', window: 'hour', max: 5, scope: 'grant' }],
    },
    issue_audit_ticket: { deny_if: [{ conditions: [], on_deny: 'Locked down: no tickets until further notice.' }] },
    create_escrow: { deny_if: [{ conditions: [], on_deny: 'Locked down: no escrows until further notice.' }] },
  }),
  scenario: {
    version: '1',
    name: 'An incident',
    start: '2026-01-01T03:00:00.000Z',
    agents: [
      {
        name: 'operator',
        steps: [
          {
            call: 'activate_kill_switch',
            times: 3,
            every: '10s',
            args: { agentId: 'agent-{{i + 5}}', reason: 'Spends without a task' },
          },
          { call: 'activate_kill_switch', args: { agentId: 'agent-9', reason: 'test' } },
        ],
      },
      {
        name: 'thief',
        steps: TOOLS.filter(({ name }) => name !== 'activate_kill_switch').map(({ name }) => sampleStep(name)),
      },
      {
        name: 'saboteur',
        steps: [
          {
            call: 'activate_kill_switch',
            times: 10,
            every: '1s',
            args: { agentId: 'agent-{{i + 1}}', reason: 'Everybody must stop' },
          },
        ],
      },
    ],
  },
  windows: 'calendar',
};
