import type { Scenario } from '../scenario/model.ts';
import { recommendedPolicyText } from './recommended.ts';
import { SEED_POLICY_TEXT, SEED_SCENARIO } from './seed.ts';

/** An entry of the gallery; `name` is its part of an address (`?example=<name>`) and never changes. */
export interface Example {
  readonly name: string;
  readonly title: string;
  /** What it shows, in a few words. */
  readonly about: string;
  readonly policyText: string;
  readonly scenario: Scenario;
}

const BOUNDARY_BURST: Scenario = {
  version: '1',
  name: 'Boundary burst',
  start: '2025-12-31T23:59:58.000Z',
  agents: [
    {
      name: 'settler',
      steps: [
        { call: 'issue_audit_ticket', times: 100, over: '4s', args: { agentId: 'agent-7', validitySeconds: 300 } },
      ],
    },
    {
      name: 'planner',
      steps: [
        {
          call: 'create_escrow',
          times: 10,
          over: '4s',
          args: { agentId: 'agent-3', target: 'agent-7', amount: 250, task: 'Reserve capacity' },
        },
      ],
    },
  ],
};

const LONG_TICKETS_POLICY = JSON.stringify(
  {
    version: '1',
    default: 'deny',
    tools: {
      issue_audit_ticket: {
        deny_if: [
          {
            conditions: [{ path: 'args.validitySeconds', op: 'gt', value: 900 }],
            on_deny: 'Tickets may live 15 minutes at most.',
          },
        ],
      },
    },
  },
  null,
  2,
);

const LONG_TICKETS: Scenario = {
  version: '1',
  name: 'A rule that a missing argument dodges',
  start: '2026-01-01T09:00:00.000Z',
  agents: [
    {
      name: 'settler',
      steps: [
        { call: 'issue_audit_ticket', args: { agentId: 'agent-7', validitySeconds: 300 } },
        { wait: '1s' },
        { call: 'issue_audit_ticket', args: { agentId: 'agent-7', validitySeconds: 3600 } },
        { wait: '1s' },
        { call: 'issue_audit_ticket', args: { agentId: 'agent-7' } },
      ],
    },
  ],
};

/** The gallery, the seed first. */
export const EXAMPLES: readonly Example[] = [
  {
    name: 'runaway-ticket-loop',
    title: 'Runaway ticket loop',
    about: 'An agent that asks for tickets without end',
    policyText: SEED_POLICY_TEXT,
    scenario: SEED_SCENARIO,
  },
  {
    name: 'boundary-burst',
    title: 'Boundary burst',
    about: 'Twice the limit on both sides of midnight',
    policyText: SEED_POLICY_TEXT,
    scenario: BOUNDARY_BURST,
  },
  {
    name: 'missing-argument',
    title: 'A rule that a missing argument dodges',
    about: 'What is left out cannot be too large',
    policyText: LONG_TICKETS_POLICY,
    scenario: LONG_TICKETS,
  },
  {
    name: 'recommended-rules',
    title: 'Recommended rules',
    about: 'All 14 tools with the rules of their category',
    policyText: recommendedPolicyText(),
    scenario: SEED_SCENARIO,
  },
];
