import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CounterChanges } from '../../../src/core/simulator/counter-record.ts';
import { complete } from '../../../src/core/simulator/pass.ts';
import {
  lastExpiryAt,
  lifeOfTicket,
  livesPass,
  totalsPass,
  type TicketLives,
} from '../../../src/core/simulator/ticket-lives.ts';
import { tighterOf } from '../../../src/core/simulator/ticket-measure.ts';
import { TicketRoom } from '../../../src/core/simulator/ticket-room.ts';
import { validAt } from '../../../src/core/simulator/ticket-validity.ts';
import { tellStory } from '../../../src/core/simulator/ticket-story.ts';
import { fakeLimit, fakeRun, type FakeCall } from './fake-run.ts';

const START = Date.UTC(2026, 0, 2);
const TOOL = 'issue_audit_ticket';
const issue = (atMs: number, agentId: string, validitySeconds?: number): FakeCall => ({
  atMs: START + atMs,
  tool: TOOL,
  args: { agentId, ...(validitySeconds === undefined ? {} : { validitySeconds }) },
});
const use = (atMs: number, agentId: string, change: Partial<FakeCall> = {}): FakeCall => ({
  atMs: START + atMs,
  tool: 'get_agent_card',
  args: { agentId },
  ...change,
});
const story: readonly FakeCall[] = [
  use(0, 'agent-1'),
  issue(500, 'agent-1', 2),
  issue(600, 'agent-2'),
  use(1000, 'agent-1'),
  use(1500, 'agent-1', { outcome: 'deny' }),
  use(2000, 'agent-1'),
  { atMs: START + 3000, tool: 'activate_kill_switch', args: { agentId: 'agent-2', reason: 'r' } },
  use(4000, 'agent-2'),
  use(5000, 'agent-1'),
  issue(6000, 'agent-3', -5),
];
const run = fakeRun(story);
const livesOf = (calls: readonly number[], killedBy: ReadonlyMap<string, number> = new Map()): TicketLives =>
  complete(livesPass(run, Uint32Array.from(calls), killedBy), run.columns.count);
const lives = livesOf([1, 2, 9], new Map([['agent-2', 6]]));

describe('the life of a ticket', () => {
  test('ends at its exp, in whole seconds of its issue, and is used by calls that name its agent', () => {
    expect(lifeOfTicket(lives, 0)).toEqual({
      index: 0,
      call: 1,
      grant: 'g',
      agentId: 'agent-1',
      issuedMs: START + 500,
      expiresMs: START + 2000,
      killed: null,
      uses: 1,
      firstUseMs: START + 1000,
      usesAfterKill: 0,
    });
  });

  test('outlives the kill switch thrown after its issue', () => {
    expect(lifeOfTicket(lives, 1)).toMatchObject({
      expiresMs: START + 300_000,
      killed: { call: 6, atMs: START + 3000 },
      uses: 1,
      usesAfterKill: 1,
    });
  });

  test('is none when it had expired at its issue', () => {
    expect(lifeOfTicket(lives, 2)).toMatchObject({ expiresMs: START + 1000, uses: 0, firstUseMs: null, killed: null });
    expect(validAt(lives, START + 6000)).toBe(1);
  });

  test('a kill switch before its issue, or after its end, does not count', () => {
    expect(lifeOfTicket(livesOf([2], new Map([['agent-2', 0]])), 0).killed).toBeNull();
    expect(lifeOfTicket(livesOf([1], new Map([['agent-1', 6]])), 0).killed).toBeNull();
  });

  test('summed up', () => {
    expect(complete(totalsPass(lives), 3)).toEqual({
      issued: 3,
      expired: 2,
      validAtEnd: 1,
      outlived: 1,
      usedAfterKill: 1,
      unused: 1,
      firstMs: START + 500,
      lastExpiresMs: START + 300_000,
    });
  });
});

describe('tickets valid at once', () => {
  test.each([
    [499, 0, null],
    [500, 1, 2000],
    [600, 2, 300_000],
    [1999, 2, 300_000],
    [2000, 1, 300_000],
    [299_999, 1, 300_000],
    [300_000, 0, null],
  ])('%d ms into the run: %d', (atMs, valid, last) => {
    expect(validAt(lives, START + atMs)).toBe(valid);
    expect(lastExpiryAt(lives, START + atMs)).toBe(last === null ? null : START + last);
  });

  test('is what counting one by one gives', () => {
    const calls = fc.array(fc.tuple(fc.nat(9000), fc.integer({ min: -2, max: 6 })), { maxLength: 30 });
    fc.assert(
      fc.property(calls, fc.nat(20_000), (made, atMs) => {
        const sorted = [...made].sort(([a], [b]) => a - b);
        const of = fakeRun(sorted.map(([at, life]) => issue(at, 'a', life)));
        const all = complete(livesPass(of, Uint32Array.from(sorted.keys()), new Map()), sorted.length);
        const one = sorted.filter(([at, life]) => at <= atMs && (Math.floor(at / 1000) + life) * 1000 > atMs);
        expect(validAt(all, START + atMs)).toBe(one.length);
      }),
    );
  });
});

describe('beside the policy', () => {
  const limited = fakeRun(story, {
    limits: [fakeLimit(TOOL), fakeLimit(TOOL, { counter: 'sum', amount: { kind: 'static', value: 2 }, max: 9 })],
  });
  const changes = (limit: number, owner: number, used: readonly number[]): CounterChanges => ({
    limit,
    owner,
    atMs: Float64Array.from(used, (_, i) => START + i * 1000),
    used: Float64Array.from(used),
    size: used.length,
    grainMs: 0,
  });
  const room = new TicketRoom(limited, TOOL, [
    changes(0, 0, [1, 30, 0]),
    changes(0, 1, [5, 5, 5]),
    changes(1, 0, [2, 8, 9]),
  ]);

  test('new tickets that every limit still lets be issued, over its owners', () => {
    expect(room.limits).toMatchObject([
      { max: 30, owners: 2, weight: 1, windowMs: 60_000 },
      { max: 9, owners: 1, weight: 2 },
    ]);
    expect(room.at(START - 1)).toEqual([60, 4]);
    expect(room.at(START)).toEqual([54, 3]);
    expect(room.at(START + 1999.5)).toEqual([25, 0]);
    expect(room.least(START + 5000)).toBe(0);
  });

  test('without limits there is no bound but the tickets themselves', () => {
    const free = new TicketRoom(run, TOOL, []);
    expect([free.least(START), free.others]).toEqual([null, 0]);
    expect(new TicketRoom(run, 'no_such_tool', []).limits).toEqual([]);
  });

  test.each([
    [3, 5, 'tickets'],
    [5, 3, 'policy'],
    [4, 4, 'equal'],
    [0, 0, 'equal'],
    [9, null, 'tickets'],
  ] as const)('%d valid, %s to issue: %s', (valid, left, tighter) => {
    expect(tighterOf(valid, left)).toBe(tighter);
  });

  test('the story holds both, at every moment and page', () => {
    const totals = complete(totalsPass(lives), 3);
    const request = { fromMs: START, toMs: START + 6000, bins: 6, atMs: START + 1000, first: 1, count: 9 };
    const told = tellStory(lives, totals, room, request);
    expect([...told.valid]).toEqual([0, 2, 1, 1, 1, 1, 1]);
    expect([...(told.room ?? [])]).toEqual([3, 0, 0, 0, 0, 0, 0]);
    expect(told.moment).toEqual({ atMs: START + 1000, valid: 2, untilMs: START + 300_000, rooms: [25, 0] });
    expect(told.rows.map(({ index }) => index)).toEqual([1, 2]);
    const odd = tellStory(lives, totals, new TicketRoom(run, TOOL, []), { ...request, toMs: 0, bins: NaN, first: NaN });
    expect([odd.valid.length, odd.room, odd.rows.length]).toEqual([2, null, 3]);
  });
});
