import { expect, test } from 'vitest';
import { SEED_SCENARIO } from '../../src/core/catalogue/seed.ts';
import type { Assertion } from '../../src/core/scenario/model.ts';
import { connect, finish, seedInput, ticketScenario, told, valueOf } from './connect.ts';

const TICKETS = { tool: 'issue_audit_ticket', outcome: 'allow' } as const;
const PLANNERS = { ...TICKETS, grant: 'planner' } as const;
const EXPECT: readonly Assertion[] = [
  { that: 'count', where: PLANNERS, within: '60s', atMost: 30 },
  { that: 'count', where: TICKETS, exactly: 80 },
  { that: 'decision', call: 36, is: 'deny' },
];

test('a run comes with what its assertions came to, in their order', async () => {
  const { assertions } = await finish(connect(), seedInput({ scenario: { ...SEED_SCENARIO, expect: EXPECT } }));
  expect(assertions?.map(({ passes }) => passes)).toEqual([false, true, true]);
  expect(assertions?.[0]).toMatchObject({ seen: 60, words: 'at most 60 in any 1 min' });
  expect(assertions?.[0]?.call).toBeGreaterThan(30);
  expect(assertions?.[1]).toMatchObject({ seen: 80, call: null });
});

test('a run without assertions says nothing of them', async () => {
  const engine = connect();
  expect(await finish(engine)).not.toHaveProperty('assertions');
  expect(await finish(engine, seedInput({ scenario: { ...SEED_SCENARIO, expect: [] } }))).not.toHaveProperty(
    'assertions',
  );
});

test('assertions do not change what is decided', async () => {
  const engine = connect();
  const { digest } = await finish(engine);
  const asserted = await finish(engine, seedInput({ scenario: { ...SEED_SCENARIO, expect: EXPECT } }));
  expect(asserted.digest).toBe(digest);
});

test('other assertions are looked at over the run that is held, and only over that', async () => {
  const engine = connect();
  const { runId } = await finish(engine);
  const [seen] = valueOf(await engine.assertions(runId, [{ ...EXPECT[0]!, atMost: 0 } as Assertion]));
  expect(seen).toMatchObject({ passes: false, seen: 60, call: 0 });
  expect(await engine.assertions(runId + 1, EXPECT)).toEqual({ kind: 'gone' });
});

test('a newer run takes the place of one whose assertions are being looked at', async () => {
  const engine = connect();
  const many = Array.from({ length: 200 }, (_, i): Assertion => ({ that: 'count', within: '1s', atMost: i }));
  const first = engine.run(seedInput({ scenario: { ...ticketScenario(100_000), expect: many } }), told());
  const second = await finish(engine);
  expect(await first).toMatchObject({ kind: 'cancelled' });
  expect(second.calls).toBe(133);
});
