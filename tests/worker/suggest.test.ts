import { expect, test } from 'vitest';
import { connect, finish, seedInput, valueOf } from './connect.ts';

const OPTIONS = { window: 'minute', headroomPercent: 0 } as const;

test('learns a policy from the calls that were allowed, and denies none of them', async () => {
  const engine = connect();
  const { runId } = await finish(engine);
  const { text, ...counts } = valueOf(await engine.suggest(runId, { ...OPTIONS, calls: 'allowed' }));
  expect(counts).toEqual({ calls: 80, tools: 1, denied: 0 });
  const again = await finish(engine, seedInput({ policy: { dialect: 'auto', text } }));
  expect([again.allowed, again.denied]).toEqual([80, 53]);
});

test('learns a policy from all calls, after which all are allowed', async () => {
  const engine = connect();
  const { runId } = await finish(engine);
  const { text, ...counts } = valueOf(await engine.suggest(runId, { ...OPTIONS, calls: 'all' }));
  expect(counts).toEqual({ calls: 133, tools: 14, denied: 0 });
  const again = await finish(engine, seedInput({ policy: { dialect: 'auto', text } }));
  expect([again.allowed, again.denied]).toEqual([133, 0]);
});

test('gives a policy that denies everything when no call was allowed, and nothing for a run that is gone', async () => {
  const engine = connect();
  const { runId } = await finish(
    engine,
    seedInput({ policy: { dialect: 'auto', text: '{"version":"1","default":"deny"}' } }),
  );
  const { text, ...counts } = valueOf(await engine.suggest(runId, { ...OPTIONS, calls: 'allowed' }));
  expect(counts).toEqual({ calls: 0, tools: 0, denied: 0 });
  expect(JSON.parse(text)).toEqual({ version: '1', default: 'deny', tools: {} });
  expect(await engine.suggest(runId + 1, { ...OPTIONS, calls: 'all' })).toEqual({ kind: 'gone' });
});
