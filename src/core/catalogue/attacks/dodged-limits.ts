import type { Attack } from '../../attacks/attack.ts';
import type { Agent } from '../../scenario/model.ts';
import { limit, remedy } from './policy-text.ts';

const TICKETS = ['ticket issued', 'tickets issued'] as const;
const TICKET_ARGS = { agentId: 'agent-7', validitySeconds: 300 };

const BOUNDARY_BURST: Attack = {
  name: 'boundary-burst',
  title: 'Boundary burst',
  mechanism:
    'Windows start where the calendar does, so a counter is back at 0 at each full minute. The agent uses one minute up in its last second and the next one up in its first. Within two seconds it gets twice what the limit says.',
  suffers: '60 tickets within two seconds, where 30 a minute was meant.',
  unprotected: 60,
  goal: { harmful: { tools: ['issue_audit_ticket'] }, tolerated: 30, unit: TICKETS },
  scenario: {
    version: '1',
    name: 'Boundary burst',
    start: '2026-03-02T09:00:59.000Z',
    agents: [
      {
        name: 'planner',
        steps: [
          { call: 'issue_audit_ticket', times: 30, over: '900ms', args: TICKET_ARGS },
          { waitUntil: '2026-03-02T09:01:00.000Z' },
          { call: 'issue_audit_ticket', times: 30, over: '900ms', args: TICKET_ARGS },
        ],
      },
    ],
  },
  stoppedBy: remedy({ tools: { issue_audit_ticket: { limits: [limit('tickets', 'minute', 15)] } } }),
  why: 'A max of half of what may happen at once stays within it on both sides of the boundary.',
};

const GRANT_HOPPING: Attack = {
  name: 'grant-hopping',
  title: 'Grant hopping',
  mechanism:
    'A limit is kept for each grant, and whoever holds ten grants has ten counters. The attacker spreads one burst over all of them. No counter is ever full, however large the whole is.',
  suffers: '250 tickets in 30 seconds from ten grants, 25 from each.',
  unprotected: 250,
  goal: { harmful: { tools: ['issue_audit_ticket'] }, tolerated: 100, unit: TICKETS },
  scenario: {
    version: '1',
    name: 'Grant hopping',
    start: '2026-03-02T09:10:00.000Z',
    agents: Array.from({ length: 10 }, (_, at): Agent => ({
      name: `grant-${at + 1}`,
      steps: [{ call: 'issue_audit_ticket', times: 25, over: '30s', args: TICKET_ARGS }],
    })),
  },
  stoppedBy: remedy({
    tools: { issue_audit_ticket: { action: 'require_approval', reason: 'A person looks at every ticket.' } },
  }),
  why: 'No limit adds grants up, so a person has to: each ticket waits for an answer.',
};

const SESSION_HOPPING: Attack = {
  name: 'session-hopping',
  title: 'Session hopping',
  mechanism:
    'A `rate_limit` is kept for each session, and an agent opens sessions as it likes. After ten tickets it reconnects and starts with an empty counter. One grant is behind all of it, but nothing is counted for the grant.',
  suffers: '200 tickets in 40 seconds from one grant, in 20 sessions.',
  unprotected: 200,
  goal: { harmful: { tools: ['issue_audit_ticket'] }, tolerated: 30, unit: TICKETS },
  scenario: {
    version: '1',
    name: 'Session hopping',
    start: '2026-03-02T09:20:00.000Z',
    agents: Array.from({ length: 20 }, (_, at): Agent => ({
      name: `session-${at + 1}`,
      grant: 'planner',
      session: `s${at + 1}`,
      steps: [{ wait: `${at * 2}s` }, { call: 'issue_audit_ticket', times: 10, over: '1s', args: TICKET_ARGS }],
    })),
  },
  stoppedBy: remedy({ tools: { issue_audit_ticket: { limits: [limit('tickets', 'minute', 30)] } } }),
  why: 'A limit with the scope `grant` adds all sessions up.',
};

/** Attacks on how limits count. */
export const DODGED_LIMITS: readonly Attack[] = [BOUNDARY_BURST, GRANT_HOPPING, SESSION_HOPPING];
