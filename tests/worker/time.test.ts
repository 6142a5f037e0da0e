import { describe, expect, test } from 'vitest';
import type { Scenario } from '../../src/core/scenario/model.ts';
import type { AnalysisAnswer } from '../../workers/analysis-api.ts';
import type { RunInput } from '../../workers/engine-api.ts';
import { ANY_CALL, connect, finish, seedInput, ticketScenario, valueOf } from './connect.ts';

const START = Date.UTC(2026, 0, 1, 23, 59, 58);

async function held(change: Partial<RunInput> = {}) {
  const engine = connect();
  const { runId, calls } = await finish(engine, seedInput(change));
  const ask = async (question: Parameters<typeof momentQuestion>[1]) =>
    momentOf(await engine.analyse(momentQuestion(runId, question)));
  return { engine, runId, calls, ask };
}

function momentQuestion(
  runId: number,
  question:
    | { to: 'moment'; atMs: number }
    | { to: 'denial'; afterCall: number }
    | { to: 'boundary'; afterMs: number; leadMs: number },
) {
  return { kind: 'moment', runId, question } as const;
}

function momentOf(answer: AnalysisAnswer) {
  if (answer.kind !== 'moment') throw new Error(`no moment: ${JSON.stringify(answer)}`);
  return answer.moment;
}

const retrying: Scenario = {
  version: '1',
  start: '2026-01-01T00:00:00.000Z',
  approvals: { mode: 'approve', after: '3s' },
  agents: [
    {
      name: 'patient',
      onDenied: { retry: { max: 1, delay: '2s' } },
      steps: [
        { call: 'guard_input', args: { input: 'x' } },
        { wait: '10s' },
        { call: 'guard_input', args: { input: 'y' } },
      ],
    },
    {
      name: 'asker',
      onApproval: { retryAfter: '4s' },
      steps: [{ call: 'create_escrow', args: { amount: 1 } }],
    },
  ],
};
const approving = JSON.stringify({
  version: '1',
  default: 'deny',
  tools: { create_escrow: { action: 'require_approval' } },
});

describe('lanes of agents', () => {
  test('hold the calls of each grant and session', async () => {
    const { engine, runId } = await held();
    const timeline = valueOf(
      await engine.timeline({ runId, fromMs: START, toMs: START + 6000, bins: 60, by: 'agent' }),
    );
    expect(timeline.lanes.map(({ agent, calls }) => [agent?.grant, agent?.session, calls])).toEqual([
      ['planner', 's1', 113],
      ['settler', 's1', 20],
    ]);
    expect(timeline.lanes.map(({ counts }) => counts.reduce((a, b) => a + b, 0))).toEqual([113, 20]);
    expect(timeline.lanes[0]?.marks?.call.length).toBe(113);
  });

  test('stay true in a run too large for marks', async () => {
    const { engine, runId } = await held({ scenario: ticketScenario(300_000) });
    const view = { runId, fromMs: START, toMs: START + 300_000, bins: 400, by: 'agent' } as const;
    const [lane] = valueOf(await engine.timeline(view)).lanes;
    expect(lane?.marks).toBeNull();
    expect(lane?.counts.reduce((a, b) => a + b, 0)).toBe(300_000);
  });

  test('tell why an agent waits', async () => {
    const { engine, runId } = await held({ policy: { dialect: 'auto', text: approving }, scenario: retrying });
    const fromMs = Date.UTC(2026, 0, 1);
    const { lanes } = valueOf(await engine.timeline({ runId, fromMs, toMs: fromMs + 60_000, bins: 60, by: 'agent' }));
    const waits = lanes.map(({ agent }) =>
      agent?.waits.map(({ kind, fromMs: from, toMs }) => [kind, from - fromMs, toMs - fromMs]),
    );
    expect(waits).toEqual([
      [
        ['retry', 0, 2000],
        ['wait', 0, 10_000],
        ['retry', 10_000, 12_000],
      ],
      [['approval', 0, 4000]],
    ]);
  });
});

describe('tickets valid over time', () => {
  const policyOf = (action: string) =>
    ({ dialect: 'auto', text: JSON.stringify({ version: '1', default: action, tools: {} }) }) as const;
  const view = { fromMs: START, toMs: START + 6000, bins: 600 };

  test('are those that were issued; the same twice, since lines are given away', async () => {
    const { engine, runId } = await held();
    for (const by of ['tool', 'agent'] as const) {
      const { tickets } = valueOf(await engine.timeline({ ...view, runId, by }));
      expect(tickets?.most).toBe(80);
      expect([tickets?.used[0], tickets?.used.at(-1)]).toEqual([0, 80]);
      expect(tickets?.atMs.length).toBe(tickets?.used.length);
    }
  });

  test('are nothing in a run that issued none', async () => {
    const { engine, runId } = await held({ policy: policyOf('deny') });
    expect(valueOf(await engine.timeline({ ...view, runId }))).not.toHaveProperty('tickets');
  });

  test('of very many, some of which expire during the run, are thinned to what can be drawn, and exact close up', async () => {
    const { engine, runId, calls } = await held({ policy: policyOf('allow'), scenario: ticketScenario(400_000) });
    const whole = { runId, fromMs: START - 1000, toMs: START + calls, bins: 400 };
    const { tickets } = valueOf(await engine.timeline(whole));
    // why: a ticket a millisecond, each valid for 300 whole seconds of its issue.
    expect(tickets?.most).toBe(300_000);
    expect(Math.max(...(tickets?.used ?? []))).toBe(300_000);
    expect(tickets?.atMs.length).toBeLessThanOrEqual(4 * 400 + 1);
    const close = { runId, fromMs: START + 299_995, toMs: START + 300_005, bins: 400 };
    const near = valueOf(await engine.timeline(close)).tickets;
    const points = [...(near?.atMs ?? [])].map((atMs, i) => [atMs - START, near?.used[i]]);
    expect(points).toContainEqual([299_999, 300_000]);
    expect(points).toContainEqual([300_000, 299_001]);
  });
});

describe('a stretch of time', () => {
  test('is counted by outcome, beside the view', async () => {
    const { engine, runId } = await held();
    const stretch = { fromMs: START + 1000, toMs: START + 2000 };
    const view = { runId, fromMs: START, toMs: START + 6000, bins: 60, stretch };
    const timeline = valueOf(await engine.timeline(view));
    const log = valueOf(await engine.log(runId, { ...ANY_CALL, ...stretch }, 0, 500));
    expect(timeline.stretch).toMatchObject({ ...stretch, calls: log.total });
    const outcomes = [0, 1, 2, 3].map((code) => [...log.outcome].filter((one) => one === code).length);
    expect(timeline.stretch?.counts).toEqual(outcomes);
  });

  test('filters the log, beside everything else a filter asks', async () => {
    const { engine, runId } = await held();
    const all = valueOf(await engine.log(runId, { ...ANY_CALL, outcomes: ['deny'] }, 0, 500));
    const cut = { ...ANY_CALL, outcomes: ['deny'], fromMs: START + 1500, toMs: START + 3500 } as const;
    const part = valueOf(await engine.log(runId, cut, 0, 500));
    const expected = [...all.call].filter((_, i) => all.atMs[i]! >= cut.fromMs && all.atMs[i]! < cut.toMs);
    expect([...part.call]).toEqual(expected);
    expect(expected.length).toBeGreaterThan(5);
    expect(valueOf(await engine.find(runId, cut, expected[3]!))).toBe(3);
    expect(
      valueOf(await engine.entries(runId, cut, 0, 500))
        .trim()
        .split('\n'),
    ).toHaveLength(expected.length);
  });

  test('without other wishes is a span of the run', async () => {
    const { engine, runId } = await held();
    const cut = { ...ANY_CALL, fromMs: START + 1000, toMs: START + 1200 };
    const page = valueOf(await engine.log(runId, cut, 1, 3));
    expect([...page.call]).toEqual([page.call[0], page.call[0]! + 1, page.call[0]! + 2]);
    expect(valueOf(await engine.find(runId, cut, 0))).toBe(0);
    expect(valueOf(await engine.find(runId, cut, 132))).toBe(-1);
    expect(valueOf(await engine.log(runId, { ...ANY_CALL, fromMs: START + 9000, toMs: START }, 0, 5)).total).toBe(0);
  });
});

describe('the virtual clock', () => {
  test('knows what was made by a moment, and where to go next', async () => {
    const { ask, calls } = await held();
    expect(await ask({ to: 'moment', atMs: START - 1 })).toMatchObject({ call: -1 });
    expect(await ask({ to: 'moment', atMs: START + 60_000 })).toMatchObject({ call: calls - 1 });
    expect(await ask({ to: 'boundary', afterMs: START, leadMs: 0 })).toMatchObject({ atMs: START + 2000 });
    const denial = await ask({ to: 'denial', afterCall: -1 });
    expect(denial?.atMs).toBe(START + 1200);
  });

  test('belongs to a run that is held', async () => {
    const { engine, runId } = await held();
    const question = { to: 'moment', atMs: START } as const;
    expect(await engine.analyse({ kind: 'moment', runId: runId + 1, question })).toEqual({ kind: 'gone' });
  });
});
