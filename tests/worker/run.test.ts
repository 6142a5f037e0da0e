import { describe, expect, test } from 'vitest';
import { SEED_POLICY_TEXT } from '../../src/core/catalogue/seed.ts';
import type { Scenario } from '../../src/core/scenario/model.ts';
import { connect, finish, seedInput, ticketScenario, told } from './connect.ts';

const CATASTROPHIC = JSON.stringify({
  version: '1',
  default: 'allow',
  tools: { guard_input: { deny_if: [{ conditions: [{ path: 'args.input', op: 'regex', value: '^(a+)+$' }] }] } },
});

describe('the seed', () => {
  test('lets 80 calls pass and denies 53', async () => {
    const summary = await finish(connect());
    expect(summary).toMatchObject({ calls: 133, allowed: 80, denied: 53, approvals: 0, hidden: 0, tickets: 80 });
    expect(summary).toMatchObject({ plannedCalls: 133, partial: false, moreCounters: 0 });
    expect(summary.digest).toMatchInlineSnapshot(`"7b18804f08c3fdde"`);
  });

  test('by tool, grant, rule and counter window', async () => {
    const { tools, grants, rules, counters } = await finish(connect());
    expect(tools).toHaveLength(14);
    expect(tools[0]).toMatchObject({ tool: 'issue_audit_ticket', calls: 120, allowed: 80, denied: 40 });
    expect(grants.map(({ grant, allowed, denied }) => [grant, allowed, denied])).toEqual([
      ['planner', 60, 53],
      ['settler', 20, 0],
    ]);
    expect(rules.map(({ rule, calls }) => [rule, calls])).toEqual([
      ['/tools/issue_audit_ticket/limits/issue_audit_ticket_rate', 40],
      ['(default deny)', 13],
    ]);
    expect(counters.map(({ owner, used, max, denied }) => [owner, used, max, denied])).toEqual([
      ['planner', 30, 30, 20],
      ['planner', 30, 30, 20],
      ['settler', 10, 30, 0],
      ['settler', 10, 30, 0],
    ]);
  });

  test('shows what stands out', async () => {
    const { findings } = await finish(connect());
    expect(findings.map(({ title, detail }) => `${title}: ${detail}`)).toEqual([
      'Boundary burst: 60 of 100 calls in 3.96 s pass a limit of 30 a minute.',
      '13 denied tools stay in tools/list: Agents see them and keep trying: 13 calls did. Hide the tools that no agent should see.',
    ]);
  });

  test('gives the same digest every time, another for another max', async () => {
    const engine = connect();
    const first = await finish(engine);
    const other = await finish(
      engine,
      seedInput({ policy: { dialect: 'auto', text: SEED_POLICY_TEXT.replace('30', '10') } }),
    );
    const again = await finish(connect());
    expect(again.digest).toBe(first.digest);
    expect(other.digest).not.toBe(first.digest);
    expect(other.runId).toBeGreaterThan(first.runId);
    expect(other).toMatchObject({ allowed: 40, denied: 93 });
  });

  test('sliding windows are a what-if', async () => {
    const { allowed, findings } = await finish(connect(), seedInput({ windows: 'sliding' }));
    expect(allowed).toBe(50);
    expect(findings.map(({ code }) => code)).toEqual(['denied-but-listed']);
  });

  test('grants may lack a policy', async () => {
    const { grants } = await finish(connect(), seedInput({ noPolicy: ['settler'] }));
    expect(grants.find(({ grant }) => grant === 'settler')).toMatchObject({ allowed: 0, denied: 20 });
  });
});

describe('what cannot be run', () => {
  test('a policy with errors gives its diagnostics', async () => {
    const result = await connect().run(seedInput({ policy: { dialect: 'auto', text: '{"version":"2"}' } }), told());
    expect(result.kind).toBe('policy-invalid');
    expect(result).toHaveProperty('diagnostics.0.severity', 'error');
  });

  test('a scenario that is too large gives its diagnostics', async () => {
    const result = await connect().run(seedInput({ scenario: ticketScenario(10_000_001) }), told());
    expect(result.kind).toBe('scenario-invalid');
    expect(result).toHaveProperty('diagnostics.0.severity', 'error');
  });

  test('a refused run leaves the one before', async () => {
    const engine = connect();
    const { runId } = await finish(engine);
    await engine.run(seedInput({ policy: { dialect: 'auto', text: 'not json {' } }), told());
    expect(await engine.explain(runId, 0)).toMatchObject({ kind: 'ok' });
  });

  test('a pattern that backtracking engines choke on decides in time linear in the text', async () => {
    const input = `${'a'.repeat(10_000)}!`;
    const scenario: Scenario = {
      version: '1',
      start: '2026-01-01T00:00:00.000Z',
      agents: [{ name: 'a', steps: [{ call: 'guard_input', args: { input } }] }],
    };
    const { allowed } = await finish(
      connect(),
      seedInput({ policy: { dialect: 'auto', text: CATASTROPHIC }, scenario }),
    );
    expect(allowed).toBe(1);
  });
});

test('calls kept from one run to the next change no decision', async () => {
  const engine = connect();
  const inputs = [100, 5, 100].flatMap((max) =>
    [ticketScenario(3000), ticketScenario(2000)].map((scenario) =>
      seedInput({ scenario, policy: { dialect: 'auto', text: SEED_POLICY_TEXT.replace('30', String(max)) } }),
    ),
  );
  const order = [0, 2, 2, 3, 1, 5, 4];
  for (const i of order) {
    const { digest, calls } = await finish(engine, inputs[i]);
    const alone = await finish(connect(), inputs[i]);
    expect([digest, calls]).toEqual([alone.digest, alone.calls]);
  }
});

describe('long runs', () => {
  test('tell how far they are, never going back', async () => {
    const steps: [number, number][] = [];
    const result = await connect().run(
      seedInput({ scenario: ticketScenario(400_000) }),
      told((decided, planned) => steps.push([decided, planned])),
    );
    expect(result.kind).toBe('done');
    expect(steps.length).toBeGreaterThan(0);
    for (const [decided, planned] of steps) expect([decided <= planned, planned]).toEqual([true, 400_000]);
    expect(steps.map(([decided]) => decided)).toEqual(steps.map(([decided]) => decided).sort((a, b) => a - b));
  });

  test('answer pings and checks meanwhile', async () => {
    const engine = connect();
    const order: string[] = [];
    // why: the first check fetches a part of its own, and that is not what is looked at here.
    await engine.check({ dialect: 'auto', text: SEED_POLICY_TEXT });
    const run = engine.run(seedInput({ scenario: ticketScenario(1_000_000) }), told()).then(() => order.push('run'));
    await engine.ping();
    order.push('ping');
    await engine.check({ dialect: 'auto', text: SEED_POLICY_TEXT });
    order.push('check');
    await run;
    expect(order).toEqual(['ping', 'check', 'run']);
  });

  test('are cancelled with what was decided so far', async () => {
    const engine = connect();
    let cancelled = false;
    const result = await engine.run(
      seedInput({ scenario: ticketScenario(5_000_000) }),
      told((decided) => {
        if (decided === 0 || cancelled) return;
        cancelled = true;
        void engine.cancel();
      }),
    );
    if (result.kind !== 'cancelled') throw new Error(result.kind);
    const { summary } = result;
    expect(summary).toMatchObject({ partial: true, plannedCalls: 5_000_000 });
    expect(summary.calls).toBeGreaterThan(0);
    expect(summary.calls).toBeLessThan(5_000_000);
    expect(await engine.explain(summary.runId, summary.calls - 1)).toMatchObject({ kind: 'ok' });
  });

  test('are cancelled before anything is decided too', async () => {
    const engine = connect();
    let cancelled = false;
    const result = await engine.run(
      seedInput({ scenario: ticketScenario(5_000_000) }),
      told(() => {
        if (cancelled) return;
        cancelled = true;
        void engine.cancel();
      }),
    );
    expect(result).toMatchObject({ kind: 'cancelled', summary: { partial: true, plannedCalls: 5_000_000 } });
  });

  test('give way to a newer run', async () => {
    const engine = connect();
    const older = engine.run(seedInput({ scenario: ticketScenario(5_000_000) }), told());
    const newer = finish(engine);
    const result = await older;
    expect(result).toMatchObject({ kind: 'cancelled', summary: { calls: 0, partial: true } });
    const { calls, runId } = await newer;
    expect(calls).toBe(133);
    expect(await engine.explain(runId, 132)).toMatchObject({ kind: 'ok' });
  });

  test('a cancel without a run does nothing', async () => {
    const engine = connect();
    await engine.cancel();
    expect((await finish(engine)).partial).toBe(false);
  });
});
