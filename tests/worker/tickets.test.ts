import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Scenario } from '../../src/core/scenario/model.ts';
import { createSigningKey } from '../../src/tickets/issue.ts';
import { verifyTicket } from '../../src/tickets/verify.ts';
import type { EngineApi, TicketRequest } from '../../workers/engine-api.ts';
import { connect, finish, seedInput, ticketScenario, valueOf } from './connect.ts';

const START = Date.UTC(2026, 0, 1, 23, 59, 58);
const OPEN = { dialect: 'auto', text: JSON.stringify({ version: '1', default: 'allow', tools: {} }) } as const;

function storyRequest(change: Partial<TicketRequest & { kind: 'story' }> = {}): TicketRequest & { kind: 'story' } {
  return { kind: 'story', fromMs: START, toMs: START + 6000, bins: 60, atMs: START, first: 0, count: 50, ...change };
}
async function storyOf(engine: EngineApi, runId: number, change: Partial<TicketRequest & { kind: 'story' }> = {}) {
  const answer = valueOf(await engine.ticketWork(runId, storyRequest(change)));
  if (answer.kind !== 'story') throw new Error('no story');
  return answer.story;
}
async function linesOf(engine: EngineApi, runId: number, request: Omit<TicketRequest & { kind: 'lines' }, 'kind'>) {
  const answer = valueOf(await engine.ticketWork(runId, { kind: 'lines', ...request }));
  if (answer.kind !== 'lines') throw new Error('no lines');
  const lines = answer.lines.split('\n').filter((line) => line !== '');
  expect(lines).toHaveLength(answer.count);
  return lines.map((line) => JSON.parse(line) as { ticket: number; call: number; claims: object; token?: string });
}

let signatures = vi.spyOn(crypto.subtle, 'sign');
beforeEach(() => {
  signatures = vi.spyOn(crypto.subtle, 'sign');
});
afterEach(() => {
  vi.restoreAllMocks();
});

test('a hundred thousand tickets are signed when they are asked for, and only those', async () => {
  const engine = connect();
  const { runId, tickets } = await finish(engine, seedInput({ policy: OPEN, scenario: ticketScenario(100_000) }));
  expect(tickets).toBe(100_000);
  await engine.tickets(runId, 50_000, 200);
  const story = await storyOf(engine, runId, { first: 99_990 });
  expect([story.totals.issued, story.rows.length]).toEqual([100_000, 10]);
  expect(await linesOf(engine, runId, { from: 0, count: 1000, signer: null })).toHaveLength(1000);
  expect(signatures).toHaveBeenCalledTimes(0);
  const key = await createSigningKey();
  await linesOf(engine, runId, { from: 70_000, count: 3, signer: key.signer() });
  expect(signatures).toHaveBeenCalledTimes(3);
});

describe('a file of tickets', () => {
  test.each(['HS256', 'RS384'] as const)('signed with %s verifies, and holds no key', async (algorithm) => {
    const engine = connect();
    const { runId } = await finish(engine);
    const key = await createSigningKey(algorithm);
    const [line, ...more] = await linesOf(engine, runId, { from: 78, count: 1000, signer: key.signer() });
    expect([line?.ticket, more.length]).toEqual([79, 1]);
    const question = { key: key.checkingKey(), algorithm, issuer: 'agntor.com', nowSeconds: START / 1000 };
    expect(await verifyTicket({ ...question, token: line?.token ?? '' })).toEqual({
      valid: true,
      payload: line?.claims,
    });
    const checking = key.checkingKey();
    const text = 'secret' in checking ? checking.secret : 'PRIVATE';
    expect(JSON.stringify([line, ...more])).not.toContain(text);
  });

  test('of a run that is gone is gone', async () => {
    const engine = connect();
    const { runId } = await finish(engine);
    await finish(engine);
    expect(await engine.ticketWork(runId, storyRequest())).toEqual({ kind: 'gone' });
  });
});

describe('the lives of tickets', () => {
  test('of the run the page opens with, beside its limit', async () => {
    const engine = connect();
    const { runId } = await finish(engine);
    const story = await storyOf(engine, runId, { atMs: START + 1999 });
    expect(story.totals).toMatchObject({ issued: 80, expired: 0, validAtEnd: 80, outlived: 0 });
    expect(story.limits).toMatchObject([{ max: 30, windowMs: 60_000, owners: 2, weight: 1 }]);
    const [room] = story.moment.rooms;
    expect(story.moment.valid + (room ?? 0)).toBe(60);
    expect(story.valid.at(-1)).toBe(80);
    expect(await storyOf(engine, runId, { atMs: START + 1999 })).toEqual(story);
  });

  test('outlive a kill switch thrown after they were issued', async () => {
    const step = { call: 'issue_audit_ticket', times: 3, every: '1s', args: { agentId: 'agent-5' } };
    const scenario: Scenario = {
      version: '1',
      start: '2026-01-01T00:00:00.000Z',
      agents: [
        {
          name: 'operator',
          steps: [
            step,
            { call: 'activate_kill_switch', args: { agentId: 'agent-5', reason: 'r', revokeTickets: true } },
            { call: 'get_agent_card', times: 2, every: '1s', args: { agentId: 'agent-5' } },
          ],
        },
      ],
    };
    const engine = connect();
    const { runId } = await finish(engine, seedInput({ policy: OPEN, scenario }));
    const { totals, rows, limits } = await storyOf(engine, runId);
    expect(totals).toMatchObject({ issued: 3, outlived: 3, usedAfterKill: 3 });
    expect(rows[0]).toMatchObject({ killed: { call: 3 }, uses: 2, usesAfterKill: 2 });
    expect(limits).toEqual([]);
  });
});
