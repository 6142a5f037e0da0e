import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { WindowMode } from '../../src/core/engine/decision.ts';
import type { Scenario } from '../../src/core/scenario/model.ts';
import type { MomentSummary, RunInput } from '../../workers/engine-api.ts';
import { ANY_CALL, connect, finish, seedInput, valueOf } from './connect.ts';

const START = Date.UTC(2026, 0, 1, 23, 59, 58);

async function held(change: Partial<RunInput> = {}) {
  const engine = connect();
  const summary = await finish(engine, seedInput(change));
  const at = async (atMs: number): Promise<MomentSummary> => {
    const answer = await engine.analyse({ kind: 'moment-summary', runId: summary.runId, atMs });
    if (answer.kind !== 'moment-summary') throw new Error(`no summary: ${JSON.stringify(answer)}`);
    return answer.summary;
  };
  return { engine, summary, at };
}

/** Answers that come late and are failures, so that counters go down between calls; money beside calls. */
const escrow = { agentId: 'agent-7', target: 'agent-8', task: 'Translate a page' };
const failing = { failures: 0.5, kind: 'rpc_error', latency: '25s' } as const;
const late: Scenario = {
  version: '1',
  start: '2026-01-01T23:59:30.000Z',
  agents: [
    {
      name: 'buyer',
      steps: [{ call: 'create_escrow', times: 24, every: '9s', args: { ...escrow, amount: 30 }, upstream: failing }],
    },
    { name: 'other', steps: [{ call: 'create_escrow', times: 16, every: '13s', args: { ...escrow, amount: 7 } }] },
  ],
};
const limited = JSON.stringify({
  version: '1',
  default: 'allow',
  tools: {
    create_escrow: {
      limits: [
        { counter: 'calls', window: 'minute', scope: 'session', max: 3 },
        { counter: 'money', window: 'hour', max: 200, increment_from: 'args.amount' },
      ],
    },
  },
});

describe('the summary at a moment', () => {
  test.each(['calendar', 'sliding', 'anchored'] as const)(
    'agrees with log and timeline anywhere in a run, in any order, with %s windows',
    async (windows) => {
      await agrees({ windows });
      await agrees({ windows, scenario: late, policy: { dialect: 'auto', text: limited } });
    },
  );

  test('agrees for Intercept, whose counters denied calls may change', async () => {
    const text = `version: "1"
default: allow
tools:
  create_escrow:
    rules:
      - name: few
        rate_limit: 5/minute
        on_deny: Wait.
`;
    await agrees({ scenario: late, policy: { dialect: 'auto', text } });
  });

  test('is nothing before the first call, and the whole run at its end', async () => {
    const { summary, at } = await held();
    const before = await at(START - 1);
    expect(before).toMatchObject({ calls: 0, tickets: 0, pending: 0 });
    expect(before.tools.map(({ tool, calls, rules }) => [tool, calls, rules])).toEqual(
      summary.tools.map(({ tool }) => [tool, 0, []]),
    );
    expect(before.counters.map(({ used, denied }) => [used, denied])).toEqual(before.counters.map(() => [0, 0]));
    const after = await at(summary.lastMs);
    const { calls, allowed, denied, tools, grants, rules, tickets } = summary;
    expect(after).toMatchObject({ calls, allowed, denied, tools, grants, rules, tickets });
    expect(await at(START - 1)).toEqual(before);
  });

  test('of calls that share a millisecond stands on the one that was stepped to', async () => {
    const { engine, summary } = await held();
    const { runId } = summary;
    const at = async (call: number) => engine.analyse({ kind: 'moment-summary', runId, atMs: START, call });
    expect(await at(0)).toMatchObject({ summary: { calls: 1, tickets: 1 } });
    expect(await at(1)).toMatchObject({ summary: { calls: 2, tickets: 2 } });
    expect(await at(0)).toMatchObject({ summary: { calls: 1, tickets: 1 } });
    expect(await at(-1)).toMatchObject({ summary: { calls: 2 } });
  });

  test('counts what a limit denied in the window that is open', async () => {
    const { summary, at } = await held();
    const rows = (one: MomentSummary) => one.counters.filter(({ counter }) => counter === 'issue_audit_ticket_rate');
    const [before] = rows(await at(START + 1999));
    expect(before).toMatchObject({ used: 30, max: 30, windowStartMs: START - 58_000, windowEndMs: START + 2000 });
    expect(before?.denied).toBe(20);
    const [boundary] = rows(await at(START + 2000));
    expect(boundary).toMatchObject({ used: 1, denied: 0, windowStartMs: START + 2000 });
    const atEnd = summary.counters.filter(({ windowStartMs }) => windowStartMs === START + 2000);
    expect(rows(await at(summary.lastMs)).map(({ owner, used, denied }) => [owner, used, denied])).toEqual(
      expect.arrayContaining(atEnd.map(({ owner, used, denied }) => [owner, used, denied])),
    );
  });

  test('shows an anchored window as long as it is open, even when it holds nothing', async () => {
    const failed: Scenario = {
      ...late,
      agents: [
        {
          name: 'buyer',
          steps: [
            { call: 'create_escrow', args: { ...escrow, amount: 30 }, upstream: { ...failing, failures: 1 } },
            { wait: '2h' },
            { call: 'create_escrow', args: { ...escrow, amount: 7 } },
          ],
        },
      ],
    };
    const { at } = await held({ windows: 'anchored', scenario: failed, policy: { dialect: 'auto', text: limited } });
    const first = Date.UTC(2026, 0, 1, 23, 59, 30);
    const rows = async (atMs: number) =>
      (await at(atMs)).counters.map(({ used, windowStartMs, windowEndMs }) => [used, windowStartMs, windowEndMs]);
    const calls = [first, first + 60_000];
    const money = [first, first + 3_600_000];
    expect(await rows(first + 1000)).toEqual([
      [1, ...calls],
      [30, ...money],
    ]);
    expect(await rows(first + 59_999)).toEqual([
      [0, ...calls],
      [0, ...money],
    ]);
    expect(await rows(first + 60_000)).toEqual([
      [0, null, null],
      [0, ...money],
    ]);
  });

  test('a later call of a millisecond is decided as it was, also after a look beyond it', async () => {
    const create = { call: 'create_escrow', args: { ...escrow, amount: 7 } } as const;
    const failed = { ...create, upstream: { ...failing, failures: 1 } };
    const scenario: Scenario = {
      ...late,
      agents: [{ name: 'buyer', steps: [failed, { wait: '10s' }, create, create] }],
    };
    const text = limited.replace('"max":3', '"max":1');
    const { engine, summary, at } = await held({ scenario, policy: { dialect: 'auto', text } });
    expect([summary.allowed, summary.denied]).toEqual([1, 2]);
    const { runId, firstMs } = summary;
    const returned = firstMs + 25_000;
    await engine.analyse({ kind: 'moment-summary', runId, atMs: returned, call: 1 });
    expect((await at(returned)).counters.map(({ used }) => used)).toEqual([0, 0]);
  });

  test('belongs to a run that is held', async () => {
    const { engine, summary } = await held();
    const runId = summary.runId + 1;
    expect(await engine.analyse({ kind: 'moment-summary', runId, atMs: START })).toEqual({ kind: 'gone' });
  });
});

/** Holds summaries at any moments against the log, the counters the timeline draws and the explained calls. */
async function agrees(change: Partial<RunInput> & { readonly windows?: WindowMode }): Promise<void> {
  const { engine, summary, at } = await held(change);
  const { runId, firstMs, lastMs } = summary;
  const log = valueOf(await engine.log(runId, ANY_CALL, 0, summary.calls));
  const wide = { runId, fromMs: firstMs - 1000, toMs: lastMs + 1000, bins: 4096 };
  const { counters } = valueOf(await engine.timeline(wide));
  const moment = fc.oneof(
    fc.integer({ min: firstMs - 500, max: lastMs }),
    fc.constantFrom(...log.atMs),
    fc.double({ min: firstMs, max: lastMs, noNaN: true }),
  );
  await fc.assert(
    fc.asyncProperty(moment, async (atMs) => {
      const told = await at(atMs);
      const made = [...log.atMs].filter((one) => one <= atMs).length;
      const outcomes = [...log.outcome].slice(0, made);
      const count = (code: number) => outcomes.filter((one) => one === code).length;
      expect([told.calls, told.allowed, told.denied, told.approvals]).toEqual([made, count(0), count(1), count(2)]);
      expect(told.counters.length).toBe(counters.length);
      for (const [i, drawn] of counters.entries()) {
        const row = told.counters[i];
        const last = [...drawn.atMs].findLastIndex((one) => one <= atMs);
        expect([row?.counter, row?.owner, row?.used]).toEqual([drawn.counter, drawn.owner, drawn.used[last] ?? 0]);
      }
    }),
    { numRuns: 40 },
  );
}
