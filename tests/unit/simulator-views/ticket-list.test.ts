import { expect, test } from 'vitest';
import { complete } from '../../../src/core/simulator/pass.ts';
import { readTickets, ticketPass } from '../../../src/core/simulator/ticket-list.ts';
import { createServer, type Server } from '../../../src/core/upstream/server.ts';
import { createWorld } from '../../../src/core/upstream/world.ts';
import { fakeRun, type FakeCall } from './fake-run.ts';

const START = Date.UTC(2026, 0, 2);
const server = createServer(createWorld(START));
const ticket = (atMs: number, agentId: string, change: Partial<FakeCall> = {}): FakeCall => ({
  atMs: START + atMs,
  tool: 'issue_audit_ticket',
  args: { agentId },
  ...change,
});

const calls: FakeCall[] = [
  ticket(0, 'agent-1', { grant: 'planner' }),
  ticket(1, 'agent-1', { outcome: 'deny' }),
  ticket(2, 'nobody'),
  ticket(3, 'agent-12'),
  ticket(4, 'agent-1', { status: 'timeout' }),
  ticket(5, 'agent-1', { tool: 'get_agent_card' }),
  ticket(6000, 'agent-2', { grant: 'settler' }),
  ticket(6001, 'agent-1', { outcome: 'approval' }),
];
const run = fakeRun(calls);

test('only calls that were allowed and answered with a ticket count', () => {
  expect([...complete(ticketPass(run, server), calls.length)]).toEqual([0, 6]);
});

test('a ticket carries its claims, with times in seconds', () => {
  const page = readTickets(run, Uint32Array.from([0, 6]), server, 1, 5);
  expect(page).toMatchObject({
    total: 2,
    from: 1,
    tickets: [
      { index: 1, call: 6, atMs: START + 6000, grant: 'settler', claims: { sub: 'agent-2', iat: START / 1000 + 6 } },
    ],
  });
});

test.each([
  ['past the end', 9, 5, 0],
  ['before the start', -4, 1, 1],
  ['none', 0, 0, 0],
  ['no numbers', NaN, NaN, 0],
])('a page %s is cut to what there is', (_, from, count, length) => {
  expect(readTickets(run, Uint32Array.from([0, 6]), server, from, count).tickets).toHaveLength(length);
});

test('the server is asked once for equal arguments', () => {
  const many = fakeRun(Array.from({ length: 50 }, (_, i) => ticket(i, `agent-${i % 3}`)));
  let asked = 0;
  const counting: Server = { ...server, ticketClaims: (...call) => (asked++, server.ticketClaims(...call)) };
  expect(complete(ticketPass(many, counting), 50)).toHaveLength(33);
  expect(asked).toBe(3);
});
