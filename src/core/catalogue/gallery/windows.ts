import type { Scenario } from '../../scenario/model.ts';
import { SEED_POLICY_TEXT, SEED_SCENARIO } from '../seed.ts';
import { type Example, policyText, SAMPLE_ESCROW } from './example.ts';

/** A counter that starts again in the middle of a burst. */
export const MIDNIGHT_BURST: Example = {
  name: 'midnight-burst',
  title: 'Burst at midnight',
  about:
    'A limit of 20 escrows a day starts again at midnight, so two buyers each place 40 within a minute. Each has a counter of its own, because the limit is kept for each grant.',
  group: 'Limits and windows',
  dialect: 'policylayer',
  policyText: policyText({
    create_escrow: { limits: [{ counter: 'escrows', window: 'day', max: 20, scope: 'grant' }] },
  }),
  scenario: {
    version: '1',
    name: 'Burst at midnight',
    start: '2026-01-01T23:59:30.000Z',
    agents: ['buyer-1', 'buyer-2'].map((name) => ({
      name,
      steps: [{ call: 'create_escrow', times: 50, over: '60s', args: SAMPLE_ESCROW }],
    })),
  },
  windows: 'calendar',
};

/** The opening policy under another way of counting. */
export const SLIDING: Example = {
  name: 'sliding-windows',
  title: 'What if windows slid?',
  about:
    'The opening policy and its runaway loop, counted over the last 60 s instead of calendar minutes. Midnight makes no difference any more: 30 tickets pass, not 60.',
  group: 'Limits and windows',
  dialect: 'policylayer',
  policyText: SEED_POLICY_TEXT,
  scenario: SEED_SCENARIO,
  windows: 'sliding',
};

/** What failed answers give back. */
export const REFUNDS: Example = {
  name: 'refunds',
  title: 'Failed calls are given back',
  about:
    'Half of the calls time out, and when the gateway gives up, their amount goes back to the counter. So a limit of 10 a minute lets 22 calls through to the server.',
  group: 'Limits and windows',
  dialect: 'policylayer',
  policyText: policyText({
    create_escrow: { limits: [{ counter: 'escrows', window: 'minute', max: 10, scope: 'grant' }] },
  }),
  scenario: {
    version: '1',
    name: 'Failed calls are given back',
    start: '2026-01-01T12:00:00.000Z',
    seed: 7,
    agents: [
      {
        name: 'buyer',
        steps: [
          {
            call: 'create_escrow',
            times: 60,
            over: '60s',
            args: SAMPLE_ESCROW,
            upstream: { failures: 0.5, kind: 'timeout', latency: ['200ms', '2s'] },
          },
        ],
      },
    ],
  },
  windows: 'calendar',
};

const LATE_ANSWERS_SCENARIO: Scenario = {
  version: '1',
  name: 'Answers that come too late',
  start: '2026-01-01T12:00:50.000Z',
  agents: [
    {
      name: 'buyer',
      steps: [
        {
          call: 'create_escrow',
          times: 3,
          every: '1s',
          args: SAMPLE_ESCROW,
          upstream: { failures: 1, kind: 'rpc_error', latency: '20s' },
        },
        { waitUntil: '2026-01-01T12:01:00.000Z' },
        { call: 'create_escrow', times: 3, every: '1s', args: SAMPLE_ESCROW },
        { waitUntil: '2026-01-01T12:01:30.000Z' },
        { call: 'create_escrow', times: 3, every: '1s', args: SAMPLE_ESCROW },
      ],
    },
  ],
};

/** A failure that arrives when the window it was counted in is over. */
export const LATE_ANSWERS: Example = {
  name: 'late-answers',
  title: 'A failure that comes too late',
  about:
    'Three escrows fail, but the answers come when their minute is over, so nothing is left to give back. The next minute holds three as usual and denies the last three; the same scenario in Intercept lets them pass.',
  group: 'Limits and windows',
  dialect: 'policylayer',
  policyText: policyText({
    create_escrow: { limits: [{ counter: 'escrows', window: 'minute', max: 3, scope: 'grant' }] },
  }),
  scenario: LATE_ANSWERS_SCENARIO,
  windows: 'calendar',
};

/** The same failure, and what Intercept makes of it. */
export const LATE_ANSWERS_INTERCEPT: Example = {
  name: 'late-answers-intercept',
  title: 'A late failure in Intercept',
  about:
    'Intercept subtracts a failed call from whatever the counter holds when the answer comes, here from the next minute. So that minute forgets three escrows that were made, and six pass under a limit of three.',
  group: 'Limits and windows',
  dialect: 'intercept',
  policyText: `version: "1"
default: deny

tools:
  create_escrow:
    rules:
      - name: escrows
        rate_limit: 3/minute
`,
  scenario: LATE_ANSWERS_SCENARIO,
  windows: 'calendar',
};
