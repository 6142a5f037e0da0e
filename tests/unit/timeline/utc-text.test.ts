import { describe, expect, it } from 'vitest';
import {
  amountText,
  clockText,
  dateText,
  durationText,
  limitText,
  shortClockText,
  spanText,
} from '../../../src/ui/timeline/utc-text.ts';
import { denialReason, laneText, timelineSentence } from '../../../src/ui/timeline/timeline-words.ts';

const MIDNIGHT = Date.UTC(2026, 0, 2);

describe('times for people', () => {
  it('are UTC', () => {
    expect(clockText(MIDNIGHT - 800)).toBe('23:59:59.200');
    expect(shortClockText(MIDNIGHT)).toBe('00:00:00');
    expect(shortClockText(MIDNIGHT + 5)).toBe('00:00:00.005');
    expect(dateText(MIDNIGHT)).toBe('2 Jan 2026');
  });

  it('name the second day only when it is another', () => {
    expect(spanText(MIDNIGHT - 2000, MIDNIGHT + 1960)).toBe('1 Jan 2026 23:59:58.000 to 2 Jan 2026 00:00:01.960');
    expect(spanText(MIDNIGHT, MIDNIGHT + 1960)).toBe('2 Jan 2026 00:00:00.000 to 00:00:01.960');
  });

  it.each([
    [800, '800 ms'],
    [3960, '3.96 s'],
    [90_000, '1.5 min'],
    [7_200_000, '2 h'],
    [172_800_000, '2 d'],
  ])('%i ms last %s', (ms, text) => {
    expect(durationText(ms)).toBe(text);
  });

  it.each([
    [30, 60_000, '30 a minute'],
    [5, 3_600_000, '5 an hour'],
    [1000, 86_400_000, '1,000 a day'],
    [10, 90_000, '10 in 1.5 min'],
  ])('%i in %i ms is %s', (max, windowMs, text) => {
    expect(limitText(max, windowMs)).toBe(text);
  });

  it('keep fractions of amounts', () => {
    expect(amountText(1234.5)).toBe('1,234.5');
  });
});

describe('words of the timeline', () => {
  const counts = (allowed: number, denied: number) => ({
    calls: allowed + denied,
    allowed,
    denied,
    approvals: 0,
    hidden: 0,
  });
  const rule = (name: string) => ({ rule: name, pointer: '', calls: 1 });

  it('state the result in a sentence', () => {
    const tools = [
      { ...counts(60, 40), tool: 'issue_audit_ticket', grants: ['planner'], rules: [] },
      { ...counts(0, 10), tool: 'create_escrow', grants: ['settler'], rules: [] },
    ];
    const summary = {
      ...counts(60, 50),
      runId: 1,
      partial: false,
      plannedCalls: 110,
      firstMs: MIDNIGHT - 2000,
      lastMs: MIDNIGHT + 1960,
      digest: '',
      tools,
      grants: [],
      rules: [],
      counters: [],
      moreCounters: 0,
      findings: [],
      tickets: 0,
      decideMs: 0,
    };
    expect(timelineSentence(summary)).toBe(
      '110 calls from 1 Jan 2026 23:59:58.000 to 2 Jan 2026 00:00:01.960 UTC: 60 allowed, 50 denied. ' +
        'issue_audit_ticket: 60 allowed, 40 denied; create_escrow: 0 allowed, 10 denied.',
    );
    expect(timelineSentence(summary, { most: 60 })).toMatch(/10 denied\. At most 60 tickets valid at once\.$/);
    expect(timelineSentence({ ...summary, tools: [] }, { most: 1 })).toMatch(
      /50 denied\. At most 1 ticket valid at once\.$/,
    );
  });

  it('name up to two grants of a lane', () => {
    expect(laneText(['planner', 'settler'], 120)).toBe('planner, settler, 120 calls');
    expect(laneText(['a', 'b', 'c'], 1)).toBe('3 grants, 1 call');
  });

  it('give the reason when all denials have the same', () => {
    const tool = (...rules: string[]) => ({ ...counts(0, 2), tool: 't', grants: [], rules: rules.map(rule) });
    expect(denialReason(tool('(default deny)'), 1)).toBe('not in tools');
    expect(denialReason(tool('(no policy)'), 1)).toBe('no policy');
    expect(denialReason(tool('(default deny)', '/tools/t/limits/x'), 1)).toBe('');
    expect(denialReason(tool('(default deny)'), 0)).toBe('');
  });
});
