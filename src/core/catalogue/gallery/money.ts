import { type Example, policyText, SAMPLE_ESCROW } from './example.ts';

/** A limit that adds up an argument. */
export const SPEND_CAP: Example = {
  name: 'spend-cap',
  title: 'A cap on money, and a negative amount',
  about:
    'The limit adds up `args.amount`, so five escrows of 1,000 use up 5,000 a day. A negative amount would make room again if it counted; it is denied instead.',
  group: 'Arguments and amounts',
  dialect: 'policylayer',
  policyText: policyText({
    create_escrow: {
      limits: [
        {
          counter: 'escrow_value',
          window: 'day',
          max: 5000,
          scope: 'grant',
          increment_from: 'args.amount',
          on_deny: 'The day’s escrow budget is used up.',
        },
      ],
    },
  }),
  scenario: {
    version: '1',
    name: 'A cap on money, and a negative amount',
    start: '2026-01-01T10:00:00.000Z',
    agents: [
      {
        name: 'buyer',
        steps: [
          { call: 'create_escrow', times: 6, every: '10s', args: { ...SAMPLE_ESCROW, amount: 1000 } },
          { call: 'create_escrow', args: { ...SAMPLE_ESCROW, amount: -4000 } },
          { wait: '10s' },
          { call: 'create_escrow', args: { ...SAMPLE_ESCROW, amount: 1000 } },
        ],
      },
    ],
  },
  windows: 'calendar',
};

/** A daily budget that neither small nor negative amounts get around. */
export const ESCROW_BUDGET: Example = {
  name: 'escrow-budget',
  title: 'An escrow budget with a floor and a ceiling',
  about:
    'Each escrow must be between 1 and 1,000, and what a grant sets aside adds up to 5,000 a day at most. So the loop of small escrows stops at the budget, and a negative, missing or oversized amount never reaches the counter.',
  group: 'Arguments and amounts',
  dialect: 'policylayer',
  policyText: policyText({
    create_escrow: {
      require: [
        {
          conditions: [
            { path: 'args.amount', op: 'gte', value: 1 },
            { path: 'args.amount', op: 'lte', value: 1000 },
          ],
          on_deny: 'An escrow is between 1 and 1,000.',
        },
      ],
      limits: [
        {
          counter: 'escrow_value',
          window: 'day',
          max: 5000,
          scope: 'grant',
          increment_from: 'args.amount',
          on_deny: 'The day’s escrow budget is used up.',
        },
        { counter: 'create_escrow_rate', window: 'minute', max: 30, scope: 'grant' },
      ],
    },
    get_trust_score: {},
  }),
  scenario: {
    version: '1',
    name: 'A buyer, and one who drains the account',
    start: '2026-01-01T10:00:00.000Z',
    agents: [
      {
        name: 'buyer',
        steps: [
          {
            repeat: 3,
            steps: [
              { call: 'get_trust_score', args: { agentId: 'agent-8' } },
              { call: 'create_escrow', args: { ...SAMPLE_ESCROW, amount: 750 } },
              { wait: '5m' },
            ],
          },
        ],
      },
      {
        name: 'drainer',
        steps: [
          { call: 'create_escrow', args: { ...SAMPLE_ESCROW, amount: 1_000_000 } },
          { call: 'create_escrow', args: { ...SAMPLE_ESCROW, amount: -5000 } },
          { call: 'create_escrow', args: { agentId: 'agent-4', target: 'agent-8', task: 'Left out' } },
          { call: 'create_escrow', times: 60, every: '3s', args: { ...SAMPLE_ESCROW, amount: 100 } },
        ],
      },
    ],
  },
  windows: 'calendar',
};
