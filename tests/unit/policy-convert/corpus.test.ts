import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { convertPolicy } from '../../../src/core/policy/convert/convert.ts';
import { type DecideCase, parseCase } from '../../conformance/cases.ts';
import { firstDifference, firstMorePermissive, isBounded, withinNotes } from './agreement.ts';
import { otherDialect, policyOf } from './decide.ts';

const FOLDER = new URL('../../conformance/', import.meta.url);

function casesOf(file: string): readonly DecideCase[] {
  const lines = readFileSync(new URL(file, FOLDER), 'utf8').split('\n').filter(Boolean);
  return lines.map(parseCase).filter((each) => each.kind === 'decide');
}

/** How many cases of a file, at least, hold nothing but what converts to the letter or within bounds. */
test.each([
  ['policylayer-edge.jsonl', 5],
  ['policylayer-random.jsonl', 300],
  ['intercept-random.jsonl', 300],
])('%s: policies convert, and calls are decided alike where no note says otherwise', (file, least) => {
  let compared = 0;
  for (const { id, dialect, policy, calls } of casesOf(file)) {
    const source = policyOf(policy, dialect);
    const { text, losses } = convertPolicy(source, otherDialect(dialect));
    const target = policyOf(text, otherDialect(dialect));
    const sorted = [...calls].sort((a, b) => a.atMs - b.atMs);
    const within = withinNotes(source, losses, sorted).filter(({ tool }) => tool !== '*');
    if (isBounded(losses)) {
      compared++;
      expect({ id, difference: firstDifference(source, target, losses, within) }).toEqual({ id, difference: null });
    } else if (!losses.some(({ code }) => code === 'number-text')) {
      const more = firstMorePermissive(source, target, within.slice(0, 3));
      expect({ id, more }).toEqual({ id, more: null });
    }
  }
  expect(compared).toBeGreaterThan(least);
});
