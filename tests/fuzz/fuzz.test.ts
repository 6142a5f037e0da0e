import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { faultOf, fuzz, inputOf } from './fuzz.ts';
import { TARGETS } from './targets.ts';

/** Inputs of a short run, so that all of them take a few seconds. */
const FEW = 150;

/** An input that once broke something. `about` says what. */
interface Kept {
  readonly target: string;
  readonly about: string;
  readonly input: string;
}

const FOLDER = fileURLToPath(new URL('corpus', import.meta.url));
const CORPUS = readdirSync(FOLDER).map((name): [string, Kept] => [
  name,
  JSON.parse(readFileSync(`${FOLDER}/${name}`, 'utf8')) as Kept,
]);

describe('what strangers write breaks nothing', () => {
  test.each(TARGETS.map((target) => [target.name, target] as const))('%s', async (_name, target) => {
    const { inputs, refused, failures } = await fuzz(target, { seed: 1, count: FEW });
    expect(failures).toEqual([]);
    expect(inputs).toBe(FEW);
    // why: inputs that are all refused, or all taken, would try little.
    expect(refused).toBeGreaterThan(0);
    expect(refused).toBeLessThan(FEW);
  });

  test.each(CORPUS)('again: %s', async (_name, { target: name, input }) => {
    const target = TARGETS.find((one) => one.name === name);
    if (target === undefined) throw new Error(`no target ${name}`);
    expect(await faultOf(target, input)).toBeNull();
  });
});

test('the same seed makes the same inputs, another one others', async () => {
  for (const target of TARGETS) {
    const input = await inputOf(target, 7, 3);
    expect(await inputOf(target, 7, 3)).toBe(input);
    expect(await inputOf(target, 8, 3)).not.toBe(input);
  }
});

test('a broken promise is found, and told with its input', async () => {
  const broken = {
    name: 'broken',
    make: (): string => 'x',
    check: (): never => {
      throw new Error('out of range');
    },
  };
  const { failures } = await fuzz(broken, { seed: 1, count: 50 });
  expect(failures).toHaveLength(20);
  expect(failures[0]).toMatchObject({ at: 0, input: 'x' });
  expect(await faultOf(broken, 'x')).toMatch('out of range');
});
