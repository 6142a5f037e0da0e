import { describe, expect, test } from 'vitest';
import type { Anchor, RuleCoverage } from '../../../workers/engine-api.ts';
import { anchorAt, coverWords, idleWords } from '../../../src/ui/policy/rule-at.ts';

const anchor = (kind: Anchor['kind'], start: number, end: number): Anchor => {
  return { kind, pointer: `${kind} ${String(start)}`, rule: '', tool: 'x', range: { start, end } };
};

describe('the place at an offset', () => {
  const anchors = [anchor('tool', 10, 90), anchor('rule', 20, 40), anchor('limit', 50, 60)];
  test.each([
    [9, null],
    [10, 'tool 10'],
    [20, 'rule 20'],
    [40, 'rule 20'],
    [45, 'tool 10'],
    [60, 'limit 50'],
    [91, null],
  ])('at %i is %s', (offset, pointer) => {
    expect(anchorAt(anchors, offset)?.pointer ?? null).toBe(pointer);
  });
});

describe('what a rule did', () => {
  const cover = (kind: RuleCoverage['kind'], reached: number, decided: number): RuleCoverage => {
    return { pointer: '', kind, reached, decided };
  };
  test.each([
    [cover('deny_if', 0, 0), 'never reached'],
    [cover('deny_if', 53, 0), 'never matched, 53 calls passed'],
    [cover('require', 1, 0), 'never denied, 1 call passed'],
    [cover('limit', 1000, 0), 'never denied, 1,000 calls passed'],
    [cover('approval', 2, 0), 'never asked, 2 calls passed'],
    [cover('limit', 120, 40), 'decided 40 of 120 calls'],
  ])('%j: %s', (coverage, words) => {
    expect(coverWords(coverage)).toBe(words);
    expect(idleWords(coverage)).toBe(coverage.decided > 0 ? null : words);
  });
});
