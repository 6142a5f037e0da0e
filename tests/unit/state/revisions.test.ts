import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { SEED_POLICY_TEXT, SEED_SCENARIO } from '../../../src/core/catalogue/seed.ts';
import {
  changedParts,
  countToDrop,
  isGathered,
  kindOfChange,
  LEAST_REVISIONS,
  MOST_BYTES,
  MOST_REVISIONS,
  ROOMY_BYTES,
  type Revision,
} from '../../../src/state/revisions.ts';
import type { Work } from '../../../src/state/workspace.svelte.ts';

const work: Work = {
  title: 'Seed',
  policyText: SEED_POLICY_TEXT,
  dialect: 'auto',
  scenario: SEED_SCENARIO,
  windows: 'calendar',
};
const compare = { dialect: 'policylayer', text: '{}' } as const;

describe('the kind of a change', () => {
  test.each([
    ['title', { title: 'Other' }, ['title']],
    ['policy', { policyText: '{}' }, ['policy']],
    ['policy', { dialect: 'intercept' }, ['policy']],
    ['scenario', { scenario: { ...SEED_SCENARIO, seed: 99 } }, ['scenario']],
    ['windows', { windows: 'sliding' }, ['windows']],
    ['compare', { compare }, ['compare']],
    ['several', { policyText: '{}', windows: 'anchored' }, ['policy', 'windows']],
    [null, {}, []],
  ] as const)('is %s', (kind, change, parts) => {
    const after: Work = { ...work, ...change };
    expect(kindOfChange(work, after)).toBe(kind);
    expect(changedParts(work, after)).toEqual(parts);
    expect(changedParts(after, work)).toEqual(parts);
  });

  test('is the first where nothing came before', () => {
    expect(kindOfChange(null, work)).toBe('first');
  });
});

describe('edits are gathered', () => {
  const last: Revision = { n: 4, atMs: 100_000, sinceMs: 40_000, kind: 'policy', isStep: false };
  test.each([
    ['soon after, in the same part', { atMs: 110_000, kind: 'policy', isStep: false }, last, true],
    ['not after a pause', { atMs: 110_001, kind: 'policy', isStep: false }, last, false],
    ['not in another part', { atMs: 101_000, kind: 'scenario', isStep: false }, last, false],
    ['not when they came whole', { atMs: 101_000, kind: 'policy', isStep: true }, last, false],
    ['not onto what came whole', { atMs: 101_000, kind: 'policy', isStep: false }, { ...last, isStep: true }, false],
    ['not for ever', { atMs: 101_000, kind: 'policy', isStep: false }, { ...last, sinceMs: -20_000 }, false],
  ] as const)('%s', (_name, next, before, expected) => {
    expect(isGathered(before, next)).toBe(expected);
  });
});

describe('history is bounded', () => {
  const kept = (sizes: readonly number[]): readonly number[] => sizes.slice(countToDrop(sizes));
  const sum = (sizes: readonly number[]): number => sizes.reduce((total, size) => total + size, 0);

  test('keeps all that is small, up to a number', () => {
    expect(kept(Array.from({ length: MOST_REVISIONS }, () => 1000))).toHaveLength(MOST_REVISIONS);
    expect(kept(Array.from({ length: MOST_REVISIONS + 3 }, () => 1000))).toHaveLength(MOST_REVISIONS);
  });

  test('keeps 50 of large ones', () => {
    expect(kept(Array.from({ length: 80 }, () => 1_000_000))).toHaveLength(LEAST_REVISIONS);
  });

  test('keeps the newest of any size', () => {
    expect(kept([MOST_BYTES * 2])).toHaveLength(1);
    expect(kept([5, MOST_BYTES * 2])).toHaveLength(1);
  });

  test('keeps its bounds for any sizes, and drops no more than it must', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 4_000_000 }), { minLength: 1, maxLength: 300 }), (sizes) => {
        const left = kept(sizes);
        expect(left.length).toBeGreaterThan(0);
        expect(left.length).toBeLessThanOrEqual(MOST_REVISIONS);
        expect(left.length === 1 || sum(left) <= MOST_BYTES).toBe(true);
        expect(left.length <= LEAST_REVISIONS || sum(left) <= ROOMY_BYTES).toBe(true);
        if (left.length === sizes.length) return;
        const more = sizes.slice(countToDrop(sizes) - 1);
        const isOver = more.length > MOST_REVISIONS || sum(more) > MOST_BYTES;
        expect(isOver || (more.length > LEAST_REVISIONS && sum(more) > ROOMY_BYTES)).toBe(true);
      }),
    );
  });
});
