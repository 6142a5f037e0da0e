import { describe, expect, test } from 'vitest';
import { SEED_POLICY_TEXT } from '../../src/core/catalogue/seed.ts';
import type { Pass } from '../../src/core/simulator/pass.ts';
import type { PolicySource, RunInput } from '../../workers/engine-api.ts';
import { Policies } from '../../workers/policies.ts';
import { Abandoned, nextTask, Slices, STRIDE } from '../../workers/slices.ts';
import { connect, seedInput, told } from './connect.ts';

describe('policies', () => {
  const seed: PolicySource = { dialect: 'auto', text: SEED_POLICY_TEXT };

  test('a text is parsed once for its check and its run', async () => {
    const policies = new Policies();
    const first = await policies.parse(seed);
    await policies.check(seed);
    expect(await policies.parse({ ...seed })).toBe(first);
  });

  test('another text or dialect is parsed anew, and old ones are let go', async () => {
    const policies = new Policies();
    const first = await policies.parse(seed);
    expect(await policies.parse({ ...seed, dialect: 'policylayer' })).not.toBe(first);
    expect(await policies.parse(seed)).toBe(first);
    await policies.parse({ dialect: 'auto', text: '{}' });
    await policies.parse({ dialect: 'auto', text: '[]' });
    expect(await policies.parse(seed)).not.toBe(first);
  });
});

describe('slices', () => {
  /** A pass that uses up a slice with every stride and remembers what it was shown. */
  function slowPass(): Pass<readonly number[]> {
    const ends: number[] = [];
    return {
      add(from, to) {
        for (const start = performance.now(); performance.now() - start < 30;);
        ends.push(to - from);
      },
      finish: () => ends,
    };
  }

  test('show every call once, in strides', async () => {
    const pass = slowPass();
    await new Slices(() => true).run([pass], 10, 10 + 2 * STRIDE + 1);
    expect(pass.finish()).toEqual([STRIDE, STRIDE, 1]);
  });

  test('let waiting messages through', async () => {
    const order: string[] = [];
    const work = new Slices(() => true).run([slowPass()], 0, 3 * STRIDE).then(() => order.push('work'));
    await nextTask();
    order.push('message');
    await work;
    expect(order).toEqual(['message', 'work']);
  });

  test('leave work that nobody wants', async () => {
    let wanted = true;
    const pass = slowPass();
    const work = new Slices(() => wanted).run([pass], 0, 100 * STRIDE);
    wanted = false;
    await expect(work).rejects.toBeInstanceOf(Abandoned);
    expect(pass.finish()).toEqual([STRIDE]);
  });
});

describe('a fault in the worker', () => {
  const broken = JSON.parse('{"policy":{"dialect":"auto","text":5},"windows":"calendar"}') as RunInput;

  test('is an answer to a run', async () => {
    const engine = connect();
    expect(await engine.run(broken, told())).toMatchObject({ kind: 'failed' });
    expect(await engine.run(seedInput(), told())).toMatchObject({ kind: 'done' });
  });

  test('is an answer to a check', async () => {
    const checked = await connect().check(broken.policy);
    expect(checked).toMatchObject({ policy: null, diagnostics: [{ code: 'reader-failed', severity: 'error' }] });
  });
});
