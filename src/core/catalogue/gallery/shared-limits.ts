import { sampleStep } from '../seed.ts';
import { TOOLS } from '../tools.ts';
import { type Example, policyText, SAMPLE_ESCROW } from './example.ts';

/** The short way to write limits. */
export const SESSION_SHORTHAND: Example = {
  name: 'session-shorthand',
  title: 'Shorthand, counted by session',
  about:
    'The short form counts each session of an agent on its own: ten lookups in 60 seconds, three escrows an hour, no probes at all. So a session that loops is stopped at ten while another of the same grant works on, and one that probes is told why it may not.',
  group: 'Limits and windows',
  dialect: 'policylayer',
  policyText: policyText({
    get_agent_card: { action: 'allow', rate_limit: { max: 10, window: 60 } },
    create_escrow: { rate_limit: { max: 3, window: 3600 } },
    verify_agent_identity: { action: 'deny', reason: 'Probes run from the operations desk only.' },
  }),
  scenario: {
    version: '1',
    name: 'Three sessions of one grant',
    start: '2026-01-01T09:00:00.000Z',
    agents: [
      {
        name: 'morning',
        grant: 'desk',
        session: 's1',
        steps: [{ call: 'get_agent_card', times: 25, every: '1s', args: { agentId: 'agent-1' } }],
      },
      {
        name: 'evening',
        grant: 'desk',
        session: 's2',
        steps: [
          { call: 'get_agent_card', times: 8, every: '2s', args: { agentId: 'agent-2' } },
          { call: 'create_escrow', times: 5, every: '5m', args: SAMPLE_ESCROW },
        ],
      },
      {
        name: 'night',
        grant: 'desk',
        session: 's3',
        steps: [{ call: 'verify_agent_identity', times: 2, every: '1s', args: { agentId: 'agent-10' } }],
      },
    ],
  },
  windows: 'calendar',
};

/** One limit over every tool together. */
export const CEILING: Example = {
  name: 'ceiling',
  title: 'A ceiling over all tools',
  about:
    'No tool has a rule of its own, but all of them together get 60 calls a minute and 1,000 a day for each grant. A careful agent that calls each tool once a minute never notices; one that hammers all of them is stopped at 60.',
  group: 'Limits and windows',
  dialect: 'policylayer',
  policyText: JSON.stringify(
    {
      version: '1',
      default: 'allow',
      all_tools: {
        limits: [
          { counter: 'calls', window: 'minute', max: 60, scope: 'grant' },
          { counter: 'calls_a_day', window: 'day', max: 1000, scope: 'grant' },
        ],
      },
    },
    null,
    2,
  ),
  scenario: {
    version: '1',
    name: 'One careful agent, one that hammers',
    start: '2026-01-01T09:00:00.000Z',
    agents: [
      {
        name: 'careful',
        steps: [{ repeat: 3, steps: [...TOOLS.map(({ name }) => sampleStep(name)), { wait: '60s' }] }],
      },
      {
        name: 'hammer',
        steps: [
          { call: 'get_agent_card', times: 50, every: '100ms', args: { agentId: 'agent-1' } },
          { call: 'is_agent_certified', times: 50, every: '100ms', args: { agentId: 'agent-1' } },
        ],
      },
    ],
  },
  windows: 'calendar',
};
