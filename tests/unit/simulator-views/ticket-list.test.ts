import { describe, expect, test } from 'vitest';
import { complete } from '../../../src/core/simulator/pass.ts';
import { readTickets, type TicketPage } from '../../../src/core/simulator/ticket-list.ts';
import { ticketPass } from '../../../src/core/simulator/ticket-pass.ts';
import { WorldReplay } from '../../../src/core/simulator/world-replay.ts';
import type { Run } from '../../../src/core/simulator/run.ts';
import { AgentStates } from '../../../src/core/upstream/agent-states.ts';
import { DEFAULT_ROSTER } from '../../../src/core/upstream/roster.ts';
import { createWorld } from '../../../src/core/upstream/world.ts';
import { fakeRun, type FakeCall } from './fake-run.ts';

const START = Date.UTC(2026, 0, 2);
const given = (of: Run): number[] => [...complete(ticketPass(of, new AgentStates(DEFAULT_ROSTER)), of.columns.count)];
const page = (of: Run, list: readonly number[], from: number, count: number): TicketPage =>
  readTickets(of, Uint32Array.from(list), new WorldReplay(of, createWorld(START)), from, count);
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
  expect(given(run)).toEqual([0, 6]);
});

test('a ticket carries its claims, with times in seconds', () => {
  expect(page(run, [0, 6], 1, 5)).toMatchObject({
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
  expect(page(run, [0, 6], from, count).tickets).toHaveLength(length);
});

test('arguments are looked at once while nobody is registered or stopped', () => {
  const many = fakeRun(Array.from({ length: 50 }, (_, i) => ticket(i, `agent-${i % 3}`)));
  let asked = 0;
  const argsAt = (id: number) => (asked++, many.table.argsAt(id));
  expect(given({ ...many, table: { ...many.table, argsCount: many.table.argsCount, argsAt } })).toHaveLength(33);
  expect(asked).toBe(3);
});

describe('in a world that changes', () => {
  const kill = (atMs: number, agentId: string, change: Partial<FakeCall> = {}): FakeCall => ({
    atMs: START + atMs,
    tool: 'activate_kill_switch',
    args: { agentId, reason: 'r' },
    ...change,
  });
  const register = (atMs: number, name: string, change: Partial<FakeCall> = {}): FakeCall => ({
    atMs: START + atMs,
    tool: 'register_agent',
    args: { name },
    ...change,
  });
  const story = fakeRun([
    ticket(0, 'agent-1'),
    ticket(1, 'agent-clerk-two'),
    kill(2, 'agent-1', { outcome: 'deny' }),
    kill(3, 'agent-1', { status: 'timeout' }),
    register(4, 'Clerk two', { status: 'rpc_error' }),
    ticket(5, 'agent-1'),
    ticket(6, 'agent-clerk-two'),
    register(7, 'Clerk two'),
    kill(8, 'agent-1'),
    ticket(9, 'agent-1'),
    ticket(10, 'agent-clerk-two'),
    ticket(11, 'agent-2'),
  ]);

  test('a ticket issued before the kill switch stays issued, later ones are refused; the registered agent gets one', () => {
    expect(given(story)).toEqual([0, 5, 10, 11]);
  });

  test('claims of a registered agent are those of the lowest level', () => {
    const [first, second] = page(story, [0, 5, 10, 11], 1, 2).tickets;
    expect(first?.claims.sub).toBe('agent-1');
    expect(second?.claims).toMatchObject({
      sub: 'agent-clerk-two',
      audit_level: 'Bronze',
      constraints: { max_op_value: 100, allowed_mcp_servers: ['agntor'] },
    });
  });
});
