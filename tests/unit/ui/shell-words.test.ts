import { describe, expect, test } from 'vitest';
import type { RunSummary } from '../../../workers/engine-api.ts';
import { countOf, formatBytes, formatCount, formatTook } from '../../../src/ui/kit/format-number.ts';
import { outcomeWords } from '../../../src/ui/outcome-sentence.ts';
import { paneWidths } from '../../../src/ui/workbench.ts';

const finding = { code: 'x', severity: 'note', title: '', detail: '', pointer: '', fromMs: null, toMs: null } as const;
const summary: RunSummary = {
  runId: 1,
  partial: false,
  plannedCalls: 110,
  calls: 110,
  allowed: 60,
  denied: 48,
  approvals: 0,
  hidden: 2,
  firstMs: 0,
  lastMs: 0,
  digest: '',
  tools: [],
  grants: [],
  rules: [],
  counters: [],
  moreCounters: 0,
  findings: [finding, finding, finding, finding],
  tickets: 60,
  decideMs: 1,
};

describe('a run in one sentence', () => {
  test('counts hidden tools as denied', () => {
    expect(outcomeWords(summary)).toBe('110 calls: 60 allowed, 50 denied, 4 findings');
  });
  test('names approvals where there are any, and one of a thing as one', () => {
    const one = { ...summary, calls: 1, allowed: 0, denied: 0, hidden: 0, approvals: 1, findings: [finding] };
    expect(outcomeWords(one)).toBe('1 call: 0 allowed, 0 denied, 1 approval, 1 finding');
  });
  test('says when it was stopped', () => {
    expect(outcomeWords({ ...summary, partial: true, calls: 400_000, findings: [] })).toMatch(
      /^Stopped after 400,000 calls: /,
    );
  });
});

describe('numbers for people', () => {
  test.each([
    [formatCount(1_000_000), '1,000,000'],
    [formatBytes(265), '265 B'],
    [formatBytes(1232), '1.2 kB'],
    [formatBytes(1_048_576), '1.0 MB'],
    [formatTook(0), 'under 1 ms'],
    [formatTook(0.42), '0.4 ms'],
    [formatTook(12.3), '12 ms'],
    [formatTook(1234), '1.2 s'],
    [countOf(1, 'reply', 'replies'), '1 reply'],
    [countOf(2, 'reply', 'replies'), '2 replies'],
  ])('%s', (words, expected) => {
    expect(words).toBe(expected);
  });
});

describe('the width of the policy', () => {
  test.each([
    [1440, null, 547.2],
    [1120, null, 425.6],
    [1000, null, 400],
    [3000, null, 720],
    [1440, 50, 720],
    [1440, 10, 400],
  ])('on a page of %i with %s percent is %d', (page, percent, now) => {
    expect(paneWidths(page, percent).now).toBeCloseTo(now);
  });
});
