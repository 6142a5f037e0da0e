import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { convertPolicy } from '../../../src/core/policy/convert/convert.ts';
import type { ConversionNote } from '../../../src/core/policy/convert/notes.ts';
import type { Dialect, Policy } from '../../../src/core/policy/model.ts';
import { firstDifference, firstMorePermissive, isAlike, isBounded, withinNotes } from './agreement.ts';
import { calls } from './arbitrary-calls.ts';
import { nativeText } from './arbitrary-native.ts';
import { yamlText } from './arbitrary-yaml.ts';
import { decide, otherDialect, policyOf } from './decide.ts';

const RUNS = { seed: 20_260_101, numRuns: 250 };

const dialects: readonly { readonly from: Dialect; readonly texts: fc.Arbitrary<string> }[] = [
  { from: 'policylayer', texts: nativeText },
  { from: 'intercept', texts: yamlText },
];

const count = (notes: readonly ConversionNote[], isOf: (note: ConversionNote) => boolean): number =>
  notes.filter(isOf).length;

describe.each(dialects)('from $from', ({ from, texts }) => {
  const to = otherDialect(from);

  test('the document has no errors, and is the same every time', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const source = policyOf(text, from);
        const converted = convertPolicy(source, to);
        expect(policyOf(converted.text, to).dialect).toBe(to);
        expect(convertPolicy(policyOf(text, from), to)).toEqual(converted);
      }),
      RUNS,
    );
  });

  test('without a note that says otherwise, every call is decided alike', () => {
    const seen = { alike: 0, bounded: 0 };
    fc.assert(
      fc.property(texts, calls, (text, given) => {
        const source = policyOf(text, from);
        const converted = convertPolicy(source, to);
        if (!isBounded(converted.losses)) return;
        const target = policyOf(converted.text, to);
        seen[isAlike(converted.losses) ? 'alike' : 'bounded']++;
        const within = withinNotes(source, converted.losses, given);
        expect(firstDifference(source, target, converted.losses, within)).toBeNull();
      }),
      { ...RUNS, numRuns: 500 },
    );
    expect(seen.alike).toBeGreaterThan(60);
    expect(seen.bounded).toBeGreaterThan(60);
  });

  test('what is impossible is never more permissive', () => {
    let seen = 0;
    fc.assert(
      fc.property(texts, calls, (text, given) => {
        const source = policyOf(text, from);
        const { text: written, losses } = convertPolicy(source, to);
        if (count(losses, ({ code }) => code === 'number-text') > 0) return;
        if (count(losses, ({ severity }) => severity === 'impossible') > 0) seen++;
        const within = withinNotes(source, losses, given).slice(0, 15);
        expect(firstMorePermissive(source, policyOf(written, to), within)).toBeNull();
      }),
      RUNS,
    );
    expect(seen).toBeGreaterThan(40);
  });

  test('there and back again, every call is decided alike', () => {
    let seen = 0;
    fc.assert(
      fc.property(texts, calls, (text, given) => {
        const source = policyOf(text, from);
        const there = convertPolicy(source, to);
        const back = convertPolicy(policyOf(there.text, to), from);
        const notes = [...there.losses, ...back.losses];
        if (!isBounded(notes)) return;
        seen++;
        const target = policyOf(back.text, from);
        const within = withinNotes(source, notes, given);
        expect(firstDifference(source, target, notes, within)).toBeNull();
      }),
      RUNS,
    );
    expect(seen).toBeGreaterThan(50);
  });

  test('in its own dialect, nothing is lost', () => {
    fc.assert(
      fc.property(texts, calls, (text, given) => {
        const source = policyOf(text, from);
        const { text: written, losses } = convertPolicy(source, from);
        expect(losses).toEqual([]);
        const told = (policy: Policy) =>
          decide(policy, given).map(({ outcome, rule, message }) => [outcome, rule, message]);
        expect(told(policyOf(written, from))).toEqual(told(source));
      }),
      { ...RUNS, numRuns: 200 },
    );
  });
});
