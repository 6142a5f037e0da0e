import { proxy } from 'comlink';
import { expect, test } from 'vitest';
import { SEED_POLICY_TEXT } from '../../src/core/catalogue/seed.ts';
import type { GoOn } from '../../workers/engine-api.ts';
import { connect, finish, valueOf } from './connect.ts';

const SEED = { dialect: 'auto', text: SEED_POLICY_TEXT } as const;
const INTERCEPT =
  'version: "1"\ntools:\n  issue_audit_ticket:\n    rules:\n      - name: few\n        rate_limit: 30/minute\n';
const always = () => proxy(() => true);

test('all attacks and all work get a verdict, in the order of the catalogue', async () => {
  const result = await connect().attacks(SEED, 'calendar', always());
  if (result.kind !== 'done') throw new Error(`it ended as ${result.kind}`);
  const { attacks, work, stopped, letThrough } = result.scorecard;
  expect(attacks.map(({ name }) => name).slice(0, 3)).toEqual(['runaway-loop', 'retry-storm', 'ping-pong']);
  expect([attacks.length, work.length, stopped, letThrough]).toEqual([15, 5, 11, 1]);
  expect(work.filter(({ kind }) => kind === 'through').map(({ name }) => name)).toEqual(['ticket-use']);
});

test('windows change verdicts', async () => {
  const result = await connect().attacks(SEED, 'sliding', always());
  if (result.kind !== 'done') throw new Error(`it ended as ${result.kind}`);
  expect(result.scorecard.attacks.find(({ name }) => name === 'boundary-burst')?.kind).toBe('stopped');
});

test('an Intercept policy is judged as Intercept decides', async () => {
  const result = await connect().attacks({ dialect: 'auto', text: INTERCEPT }, 'calendar', always());
  if (result.kind !== 'done') throw new Error(`it ended as ${result.kind}`);
  expect(result.scorecard.attacks.find(({ name }) => name === 'grant-hopping')).toMatchObject({
    kind: 'stopped',
    rule: 'few',
  });
});

test('it says how far it is, and stops when told to', async () => {
  const told: [number, number][] = [];
  const goOn: GoOn = (done, total) => {
    told.push([done, total]);
    return done < 4;
  };
  expect(await connect().attacks(SEED, 'calendar', proxy(goOn))).toEqual({ kind: 'cancelled' });
  expect(told).toEqual([0, 1, 2, 3, 4].map((done) => [done, 20]));
});

test('other questions are answered meanwhile, and the held run stays', async () => {
  const engine = connect();
  const { runId } = await finish(engine);
  const order: string[] = [];
  let pinged: Promise<unknown> = Promise.resolve();
  const goOn: GoOn = (done) => {
    if (done === 10) pinged = engine.ping().then(() => order.push('pinged'));
    return true;
  };
  await engine.attacks(SEED, 'calendar', proxy(goOn)).then(({ kind }) => order.push(kind));
  await pinged;
  expect(order).toEqual(['pinged', 'done']);
  expect(valueOf(await engine.explain(runId, 45)).outcome).toBe('deny');
});

test('a policy with errors is not judged', async () => {
  const result = await connect().attacks({ dialect: 'auto', text: '{' }, 'calendar', always());
  expect(result.kind).toBe('policy-invalid');
});

test('a page that cannot be asked any more ends it', async () => {
  const goOn = proxy(() => {
    throw new Error('the page is gone');
  });
  expect(await connect().attacks(SEED, 'calendar', goOn)).toEqual({
    kind: 'failed',
    reason: 'fault',
    message: 'the page is gone',
  });
});
