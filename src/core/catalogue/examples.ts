import type { WindowMode } from '../engine/decision.ts';
import type { JsonObject } from '../json.ts';
import type { Dialect } from '../policy/model.ts';
import type { Scenario } from '../scenario/model.ts';
import { SEED_POLICY_TEXT, SEED_SCENARIO } from './seed.ts';

/** A gallery entry. `name` is what `?example=` takes, `about` two sentences, `windows` how its limits are counted. */
export interface Example {
  readonly name: string;
  readonly title: string;
  readonly about: string;
  readonly dialect: Dialect;
  readonly policyText: string;
  readonly scenario: Scenario;
  readonly windows: WindowMode;
}

function policyText(tools: JsonObject): string {
  return JSON.stringify({ version: '1', default: 'deny', tools }, null, 2);
}

const ESCROW = { agentId: 'agent-4', target: 'agent-8', amount: 100, task: 'Translate the manual' };

const MIDNIGHT_BURST: Example = {
  name: 'midnight-burst',
  title: 'Burst at midnight',
  about:
    'A limit of 20 escrows a day starts again at midnight, so two buyers each place 40 within a minute. Each has a counter of its own, because the limit is kept for each grant.',
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
      steps: [{ call: 'create_escrow', times: 50, over: '60s', args: ESCROW }],
    })),
  },
  windows: 'calendar',
};

const DODGED_RULE: Example = {
  name: 'dodged-rule',
  title: 'A rule dodged by silence',
  about:
    'Tickets that live longer than 15 minutes are denied, but a call that leaves `validitySeconds` out passes: a missing argument makes every comparison false. So does text, which only the server refuses.',
  dialect: 'policylayer',
  policyText: policyText({
    issue_audit_ticket: {
      deny_if: [
        {
          conditions: [{ path: 'args.validitySeconds', op: 'gt', value: 900 }],
          on_deny: 'Tickets may live 15 minutes at most.',
        },
      ],
    },
  }),
  scenario: {
    version: '1',
    name: 'A rule dodged by silence',
    start: '2026-01-01T09:00:00.000Z',
    agents: [
      {
        name: 'settler',
        steps: [
          {
            call: 'issue_audit_ticket',
            times: 10,
            every: '500ms',
            args: { agentId: 'agent-3', validitySeconds: 86400 },
          },
          { call: 'issue_audit_ticket', times: 10, every: '500ms', args: { agentId: 'agent-3' } },
          {
            call: 'issue_audit_ticket',
            times: 10,
            every: '500ms',
            args: { agentId: 'agent-3', validitySeconds: '86400' },
          },
        ],
      },
    ],
  },
  windows: 'calendar',
};

const SPEND_CAP: Example = {
  name: 'spend-cap',
  title: 'A cap on money, and a negative amount',
  about:
    'The limit adds up `args.amount`, so five escrows of 1,000 use up 5,000 a day. A negative amount would make room again if it counted; it is denied instead.',
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
          { call: 'create_escrow', times: 6, every: '10s', args: { ...ESCROW, amount: 1000 } },
          { call: 'create_escrow', args: { ...ESCROW, amount: -4000 } },
          { wait: '10s' },
          { call: 'create_escrow', args: { ...ESCROW, amount: 1000 } },
        ],
      },
    ],
  },
  windows: 'calendar',
};

const APPROVALS: Example = {
  name: 'approvals',
  title: 'Writes wait for a human',
  about:
    'Escrows and the kill switch ask a human first, who approves after 20 s; the agent asks again after 30 s and gets through. Each approval lets one identical call pass, so the next escrow waits again.',
  dialect: 'policylayer',
  policyText: policyText({
    get_trust_score: {},
    create_escrow: { action: 'require_approval', reason: 'Money leaves the account.' },
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
          { repeat: 2, steps: [{ call: 'create_escrow', args: ESCROW }, { wait: '60s' }] },
          { call: 'activate_kill_switch', args: { agentId: 'agent-9', reason: 'Spends without a task' } },
        ],
      },
    ],
    approvals: { mode: 'approve', after: '20s' },
  },
  windows: 'calendar',
};

const SLIDING: Example = {
  name: 'sliding-windows',
  title: 'What if windows slid?',
  about:
    'The opening policy and its runaway loop, counted over the last 60 s instead of calendar minutes. Midnight makes no difference any more: 30 tickets pass, not 60.',
  dialect: 'policylayer',
  policyText: SEED_POLICY_TEXT,
  scenario: SEED_SCENARIO,
  windows: 'sliding',
};

const REFUNDS: Example = {
  name: 'refunds',
  title: 'Failed calls are given back',
  about:
    'Half of the calls time out, and when the gateway gives up, their amount goes back to the counter. So a limit of 10 a minute lets 22 calls through to the server.',
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
            args: ESCROW,
            upstream: { failures: 0.5, kind: 'timeout', latency: ['200ms', '2s'] },
          },
        ],
      },
    ],
  },
  windows: 'calendar',
};

/** The gallery, in the order of its menu; the first is what the page opens with. */
export const EXAMPLES: readonly [Example, ...Example[]] = [
  {
    name: 'runaway-ticket-loop',
    title: 'Runaway ticket loop',
    about:
      'An agent asks for 100 tickets in 4 s across midnight, under a limit of 30 a minute: 60 pass, because the counter starts again. Everything else on the server is denied by default.',
    dialect: 'policylayer',
    policyText: SEED_POLICY_TEXT,
    scenario: SEED_SCENARIO,
    windows: 'calendar',
  },
  MIDNIGHT_BURST,
  DODGED_RULE,
  SPEND_CAP,
  APPROVALS,
  SLIDING,
  REFUNDS,
];
