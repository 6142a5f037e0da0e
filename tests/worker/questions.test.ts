import { describe, expect, test } from 'vitest';
import { SEED_POLICY_TEXT } from '../../src/core/catalogue/seed.ts';
import type { RunSummary } from '../../workers/engine-api.ts';
import { ANY_CALL, connect, finish, seedInput, ticketScenario, valueOf } from './connect.ts';

const START = Date.UTC(2026, 0, 1, 23, 59, 58);
const INTERCEPT =
  'version: "1"\ndefault: deny\ntools:\n  create_escrow:\n    rules:\n      - name: few\n        rate_limit: 5/minute\n';

describe('check', () => {
  test('says what a policy does', async () => {
    const checked = await connect().check({ dialect: 'auto', text: SEED_POLICY_TEXT });
    expect(checked).toMatchObject({
      dialect: 'policylayer',
      policy: { defaultAction: 'deny', words: 'default deny, 1 tool, 1 limit' },
    });
    expect(checked.policy?.effects).toHaveLength(14);
    expect(checked.policy?.anchors.map(({ kind }) => kind)).toEqual(['default', 'tool', 'limit']);
  });

  test('says where a text is broken', async () => {
    const { policy, diagnostics } = await connect().check({ dialect: 'auto', text: '{ "version": "1", ' });
    expect(policy).toBeNull();
    expect(diagnostics.length).toBeGreaterThan(0);
  });

  test('loads the reader of the other dialect', async () => {
    const checked = await connect().check({ dialect: 'auto', text: INTERCEPT });
    expect(checked).toMatchObject({ dialect: 'intercept', diagnostics: [] });
    expect(checked.policy).not.toBeNull();
  });

  test('loads the pattern engine, and says what it refuses', async () => {
    const rule = { conditions: [{ path: 'args.a', op: 'regex', value: '(?=x)' }] };
    const text = JSON.stringify({ version: '1', default: 'allow', tools: { t: { require: [rule] } } });
    const { policy, diagnostics } = await connect().check({ dialect: 'auto', text });
    expect(policy).toBeNull();
    expect(diagnostics[0]?.pointer).toBe('/tools/t/require/0/conditions/0/value');
  });

  test('finds a pointer in a text', async () => {
    const range = await connect().locate(
      { dialect: 'auto', text: SEED_POLICY_TEXT },
      '/tools/issue_audit_ticket/limits/0',
    );
    expect(SEED_POLICY_TEXT.slice(range?.start, range?.end)).toMatch(/^\{[^]*"max": 30[^]*\}$/);
    expect(await connect().locate({ dialect: 'auto', text: '{' }, '/nowhere')).toBeNull();
  });

  test('checks scenarios of any kind', async () => {
    const engine = connect();
    expect(await engine.checkScenario(seedInput().scenario)).toEqual({ diagnostics: [] });
    for (const wrong of [null, 5, 'x', [], {}, { agents: 'x' }]) {
      expect((await engine.checkScenario(wrong)).diagnostics.length).toBeGreaterThan(0);
    }
  });
});

describe('questions about a run', () => {
  async function held() {
    const engine = connect();
    const summary: RunSummary = await finish(engine);
    return { engine, summary, runId: summary.runId };
  }

  test('the audit log, a page at a time', async () => {
    const { engine, runId } = await held();
    const page = valueOf(await engine.log(runId, ANY_CALL, 100, 50));
    expect([page.total, page.from, page.call.length]).toEqual([133, 100, 33]);
    const denied = { ...ANY_CALL, outcomes: ['deny'] as const, text: 'RATE' };
    const filtered = valueOf(await engine.log(runId, denied, 0, 500));
    expect(filtered.total).toBe(40);
    expect(filtered.tables.rules).toEqual(['/tools/issue_audit_ticket/limits/issue_audit_ticket_rate']);
    expect(valueOf(await engine.find(runId, denied, filtered.call[7]!))).toBe(7);
    expect(valueOf(await engine.find(runId, denied, 999))).toBe(-1);
  });

  test('the same page twice, since pages are given away', async () => {
    const { engine, runId } = await held();
    const filter = { ...ANY_CALL, grants: ['settler'] };
    const first = valueOf(await engine.log(runId, filter, 0, 20));
    const second = valueOf(await engine.log(runId, filter, 0, 20));
    expect([...second.call]).toEqual([...first.call]);
    expect(second.call.length).toBe(20);
  });

  test('the reason for any call, in any order', async () => {
    const { engine, runId } = await held();
    const denied = valueOf(await engine.log(runId, { ...ANY_CALL, outcomes: ['deny'] }, 0, 1)).call[0]!;
    const explained = valueOf(await engine.explain(runId, denied));
    expect(explained).toMatchObject({
      headline: 'The limit for this minute is used up',
      grant: 'planner',
      decision: { outcome: 'deny', counters: [{ usedBefore: 30, amount: 1, max: 30 }] },
      entry: { requestId: `req-${String(denied + 1).padStart(6, '0')}` },
    });
    expect(SEED_POLICY_TEXT.slice(explained.ruleRange?.start, explained.ruleRange?.end)).toContain('"max": 30');
    const [last, first] = await Promise.all([engine.explain(runId, 132), engine.explain(runId, 0)]);
    expect(valueOf(last).headline).toBe('This tool is not listed, and the default is deny');
    expect(valueOf(first).headline).toBe('Allowed, and the server answered');
  });

  test('a call the run does not have is an answer, not a fault', async () => {
    const { engine, runId } = await held();
    expect(await engine.explain(runId, 133)).toMatchObject({ kind: 'failed' });
    expect(await engine.explain(runId, -1)).toMatchObject({ kind: 'failed' });
    expect(await engine.explain(runId, 5)).toMatchObject({ kind: 'ok' });
  });

  test('the timeline', async () => {
    const { engine, runId } = await held();
    const timeline = valueOf(await engine.timeline({ runId, fromMs: START, toMs: START + 6000, bins: 600 }));
    expect(timeline.lanes).toHaveLength(14);
    expect(timeline.lanes[0]).toMatchObject({ tool: 'issue_audit_ticket', grants: ['planner', 'settler'], calls: 120 });
    expect(timeline.lanes[0]?.marks?.call.length).toBe(120);
    expect(timeline.lanes[0]?.counts.length).toBe(2400);
    expect(timeline.boundaries).toEqual([{ atMs: START + 2000, starts: ['minute', 'hour', 'day'] }]);
    expect(timeline.counters.map(({ owner, max }) => [owner, max])).toEqual([
      ['planner', 30],
      ['settler', 30],
    ]);
    const [planner] = timeline.counters;
    expect(Math.max(...planner!.used)).toBe(30);
    expect([...planner!.atMs].filter((at) => at === START + 2000)).toHaveLength(3);
  });

  test('the tickets', async () => {
    const { engine, runId } = await held();
    const page = valueOf(await engine.tickets(runId, 78, 10));
    expect([page.total, page.tickets.length]).toEqual([80, 2]);
    expect(page.tickets[1]).toMatchObject({ index: 79, claims: { iss: 'agntor.com' } });
  });

  test('about a run that is gone', async () => {
    const { engine, runId } = await held();
    await finish(engine);
    const gone = { kind: 'gone' };
    expect(await engine.log(runId, ANY_CALL, 0, 1)).toEqual(gone);
    expect(await engine.find(runId, ANY_CALL, 0)).toEqual(gone);
    expect(await engine.explain(runId, 0)).toEqual(gone);
    expect(await engine.tickets(runId, 0, 1)).toEqual(gone);
    expect(await engine.timeline({ runId, fromMs: 0, toMs: 1, bins: 1 })).toEqual(gone);
  });

  test('before any run', async () => {
    expect(await connect().explain(1, 0)).toEqual({ kind: 'gone' });
  });
});

test('of a large run the newest timeline is answered, and calls at its end are explained', async () => {
  const engine = connect();
  const { runId, calls } = await finish(engine, seedInput({ scenario: ticketScenario(300_000) }));
  const view = { runId, fromMs: START, toMs: START + calls, bins: 400 };
  const [older, newer] = await Promise.all([engine.timeline(view), engine.timeline(view)]);
  expect(['gone', 'ok']).toContain(older.kind);
  const lane = valueOf(newer).lanes[0];
  expect(lane?.marks).toBeNull();
  expect(lane?.counts.reduce((a, b) => a + b, 0)).toBe(300_000);
  expect(valueOf(await engine.explain(runId, 299_999)).decision.outcome).toBe('deny');
});
