import { proxy } from 'comlink';
import { expect, test } from 'vitest';
import { SEED_POLICY_TEXT } from '../../src/core/catalogue/seed.ts';
import type { CompareInput, GoOn } from '../../workers/engine-api.ts';
import { connect, finish, seedInput, ticketScenario, valueOf } from './connect.ts';

const always = () => proxy(() => true);
const TIGHTER = SEED_POLICY_TEXT.replace('"max": 30', '"max": 20');

function input(change: Partial<CompareInput> = {}): CompareInput {
  const { policy, windows, ...rest } = seedInput();
  return { ...rest, before: { policy, windows }, after: { policy: { ...policy, text: TIGHTER }, windows }, ...change };
}

test('a tighter limit: counts by kind, tool and grant, and both reasons of the first calls', async () => {
  const result = await connect().compare(input(), always());
  if (result.kind !== 'done') throw new Error(`it ended as ${result.kind}`);
  const { report } = result;
  expect(report.calls).toEqual({ before: 133, after: 133 });
  expect(report.total).toMatchObject({ 'allow-deny': 20, 'deny-allow': 0 });
  expect(report.tools.map(({ name }) => name)).toEqual(['issue_audit_ticket']);
  expect(report.flips).toHaveLength(20);
  const [first] = report.flips;
  expect(first?.before).toMatchObject({ outcome: 'allow', decision: { rule: '' } });
  expect(first?.after?.outcome).toBe('deny');
  expect(first?.after?.decision.rule).toContain('issue_audit_ticket_rate');
  expect(first?.after?.decision.message).not.toBe('');
});

test('the same policy under other windows', async () => {
  const { before } = input();
  const result = await connect().compare(input({ after: { ...before, windows: 'sliding' } }), always());
  if (result.kind !== 'done') throw new Error(`it ended as ${result.kind}`);
  expect(result.report.total).toMatchObject({ 'allow-deny': 30, 'deny-allow': 0 });
});

test('the reasons are those that the run itself gives, and the held run stays', async () => {
  const engine = connect();
  const { runId } = await finish(engine, seedInput({ policy: { dialect: 'auto', text: TIGHTER } }));
  const result = await engine.compare(input(), always());
  if (result.kind !== 'done') throw new Error(`it ended as ${result.kind}`);
  const after = result.report.flips[0]?.after;
  expect(valueOf(await engine.explain(runId, after?.call ?? -1))).toEqual(after);
});

test('a policy with errors is named by its side', async () => {
  const { before } = input();
  const broken = { policy: { dialect: 'auto', text: '{' }, windows: 'calendar' } as const;
  expect(await connect().compare(input({ before: broken }), always())).toMatchObject({
    kind: 'policy-invalid',
    side: 'before',
  });
  expect(await connect().compare({ ...input(), before, after: broken }, always())).toMatchObject({
    kind: 'policy-invalid',
    side: 'after',
  });
});

test('a scenario that cannot be run is said to be one', async () => {
  const scenario = ticketScenario(-1);
  expect(await connect().compare(input({ scenario }), always())).toEqual({ kind: 'scenario-invalid' });
});

test('it says how far it is, and stops when told to', async () => {
  const told: number[] = [];
  const goOn: GoOn = (done, total) => {
    told.push(total);
    return done === 0;
  };
  const result = await connect().compare(input({ scenario: ticketScenario(2_000_000) }), proxy(goOn));
  expect(result).toEqual({ kind: 'cancelled' });
  expect(told[0]).toBe(4_000_000);
});
