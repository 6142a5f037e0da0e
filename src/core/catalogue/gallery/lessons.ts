import type { Example } from './example.ts';
import { SAMPLE_ESCROW } from './example.ts';

/** The other dialect. */
export const INTERCEPT: Example = {
  name: 'intercept',
  title: 'The same ideas in Intercept’s YAML',
  about:
    'Intercept’s own dialect: a cap on the life of tickets, 20 escrows an hour, no kill switch, and 100 calls a minute for everything together. Its counters know no grants, so two agents share the 20 escrows between them.',
  group: 'To learn from',
  dialect: 'intercept',
  policyText: `version: "1"
description: Tickets, escrows and lookups for the settlement desk
default: deny

hide:
  - register_agent

tools:
  get_trust_score:
    rules: []

  issue_audit_ticket:
    rules:
      - name: short-lived
        conditions:
          - path: args.validitySeconds
            op: lte
            value: 900
        on_deny: A ticket lives 15 minutes at most, and must say so.

  create_escrow:
    rules:
      - name: positive
        conditions:
          - path: args.amount
            op: gt
            value: 0
        on_deny: An escrow is more than nothing.
      - name: escrows-an-hour
        rate_limit: 20/hour

  activate_kill_switch:
    rules:
      - name: never
        action: deny
        on_deny: The kill switch is for people.

  "*":
    rules:
      - name: all-calls
        rate_limit: 100/minute
`,
  scenario: {
    version: '1',
    name: 'Two agents share one counter',
    start: '2026-01-01T09:00:00.000Z',
    agents: [
      {
        name: 'buyer-1',
        steps: [
          { call: 'get_trust_score', args: { agentId: 'agent-8' } },
          { call: 'create_escrow', times: 15, every: '1s', args: SAMPLE_ESCROW },
          { call: 'create_escrow', args: { ...SAMPLE_ESCROW, amount: -4000 } },
        ],
      },
      {
        name: 'buyer-2',
        steps: [
          { call: 'create_escrow', times: 15, every: '1s', args: SAMPLE_ESCROW },
          { call: 'issue_audit_ticket', args: { agentId: 'agent-7', validitySeconds: 600 } },
          { call: 'issue_audit_ticket', args: { agentId: 'agent-7', validitySeconds: 86400 } },
          { call: 'issue_audit_ticket', args: { agentId: 'agent-7' } },
          { call: 'activate_kill_switch', args: { agentId: 'agent-9', reason: 'Spends without a task' } },
          { call: 'register_agent', args: { name: 'shadow' } },
          { call: 'verify_agent_identity', args: { agentId: 'agent-10' } },
        ],
      },
    ],
  },
  windows: 'calendar',
};

/** Every mistake has a comment that says what it is; each has a remark at its place, most with a fix. */
export const MISTAKES: Example = {
  name: 'mistakes',
  title: 'A policy full of mistakes',
  about:
    'Ten mistakes that people make when they write their first policy, each with a comment above it. Go from remark to remark, read why, and mend them one by one until the policy runs.',
  group: 'To learn from',
  dialect: 'policylayer',
  policyText: `{
  "version": "1",
  "default": "deny",
  // A tool that is hidden and yet has rules: the rules are never reached.
  "hide": ["register_agent"],
  "tools": {
    "register_agent": {},
    // There is no tool of this name on the server; it is \`issue_audit_ticket\`.
    "issue_audit_tickets": {},
    "issue_audit_ticket": {
      "deny_if": [
        // A call that leaves \`validitySeconds\` out is never denied by this rule.
        { "conditions": [{ "path": "args.validitySeconds", "op": "gt", "value": 900 }] },
        // A path begins with \`args.\`.
        { "conditions": [{ "path": "agentId", "op": "eq", "value": "agent-12" }] }
      ],
      // The field is called \`limits\`.
      "limit": []
    },
    "create_escrow": {
      "require": [
        // Numbers are compared with numbers, not with text.
        { "conditions": [{ "path": "args.amount", "op": "lte", "value": "1000" }] }
      ],
      "limits": [
        // Windows are \`minute\`, \`hour\` and \`day\`.
        { "counter": "create_escrow_rate", "window": "week", "max": 30 },
        // Two limits of one tool cannot share a counter.
        { "counter": "create_escrow_rate", "window": "day", "max": 100 }
      ]
    },
    "guard_input": {
      "deny_if": [
        // RE2 has no look-ahead.
        { "conditions": [{ "path": "args.input", "op": "regex", "value": "(?!safe)secret" }] }
      ],
      // A reason belongs to an action.
      "reason": "Secrets stay inside."
    }
  }
}`,
  scenario: {
    version: '1',
    name: 'What the mended policy has to stand',
    start: '2026-01-01T09:00:00.000Z',
    agents: [
      {
        name: 'desk',
        steps: [
          { call: 'issue_audit_ticket', times: 3, every: '1s', args: { agentId: 'agent-7', validitySeconds: 600 } },
          { call: 'create_escrow', times: 40, every: '1s', args: SAMPLE_ESCROW },
          { call: 'guard_input', args: { input: 'A secret' } },
        ],
      },
    ],
  },
  windows: 'calendar',
};
