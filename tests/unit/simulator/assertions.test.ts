import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Assertion, CountAssertion } from '../../../src/core/scenario/model.ts';
import { assertionPass, type AssertionResult } from '../../../src/core/simulator/assertions.ts';
import type { Run } from '../../../src/core/simulator/run.ts';
import { readPolicy, runCalls, type Call } from './arrange.ts';

const POLICY = readPolicy({
  version: '1',
  default: 'deny',
  tools: {
    a: { limits: [{ counter: 'c', window: 'minute', max: 2 }] },
    b: { action: 'require_approval' },
    h: {},
  },
  hide: ['h'],
});

function run(calls: readonly (readonly [number, string, string?])[]): Run {
  return runCalls(
    POLICY,
    calls.map(([atMs, tool, grant = 'g']): Call => ({ atMs, tool, grant })),
  );
}

function look(of: Run, assertion: Assertion, cut = of.columns.count): AssertionResult {
  const pass = assertionPass(of, assertion);
  for (let from = 0; from < of.columns.count; from += cut) {
    pass.add(from, Math.min(from + cut, of.columns.count));
  }
  return pass.finish();
}

const STORY = run([
  [0, 'a'],
  [10, 'a'],
  [20, 'a'],
  [30, 'b'],
  [40, 'h'],
  [50, 'x', 'other'],
]);

describe('counts over the run', () => {
  test.each([
    ['tool', { tool: 'a' }, 3],
    ['outcome', { outcome: 'allow' }, 2],
    ['a hidden tool is denied', { tool: 'h', outcome: 'deny' }, 1],
    ['approval', { outcome: 'approval' }, 1],
    ['grant', { grant: 'other' }, 1],
    ['rule', { rule: '/tools/a/limits/c' }, 1],
    ['nothing of that name', { tool: 'nothing' }, 0],
    ['all', {}, 6],
  ] as const)('by %s', (_, where, count) => {
    expect(look(STORY, { that: 'count', where, exactly: count })).toMatchObject({ passes: true, seen: count });
    expect(look(STORY, { that: 'count', where, exactly: count + 1 })).toMatchObject({ passes: false, call: null });
  });

  test('the first call too many breaks it', () => {
    expect(look(STORY, { that: 'count', where: { tool: 'a' }, atMost: 1 })).toMatchObject({ passes: false, call: 1 });
  });
});

describe('a decision', () => {
  test.each([
    [{ call: 2, is: 'deny' }, true],
    [{ call: 2, is: 'deny', rule: '/tools/a/limits/c' }, true],
    [{ call: 2, is: 'deny', rule: '(hidden)' }, false],
    [{ call: 4, is: 'deny' }, true],
    [{ call: 3, is: 'allow' }, false],
  ] as const)('%o', (decision, passes) => {
    const result = look(STORY, { that: 'decision', ...decision });
    expect(result.passes).toBe(passes);
    expect(result.call).toBe(passes ? null : decision.call);
  });

  test('of a call that the run does not have fails and says so', () => {
    const result = look(STORY, { that: 'decision', call: 6, is: 'allow' });
    expect(result).toMatchObject({ passes: false, call: null });
    expect(result.words).toBe('the run has 6 calls, so there is no call 7');
  });
});

describe('over every span', () => {
  /** Counts of matching calls in every whole span, by trying each start. */
  function counted(times: readonly number[], all: readonly number[], length: number): number[] {
    const [first, last] = [all[0] ?? 0, all.at(-1) ?? 0];
    if (last + 1 - first < length) return [times.length];
    return Array.from({ length: last + 1 - length - first + 1 }, (_, index) => {
      const from = first + index;
      return times.filter((at) => at >= from && at < from + length).length;
    });
  }

  const story = fc
    .array(fc.tuple(fc.integer({ min: 0, max: 40 }), fc.constantFrom('a', 'x')), { minLength: 1, maxLength: 14 })
    .map((calls) => calls.sort(([a], [b]) => a - b));

  test('the most and the fewest are those of trying every span, however the run is cut', () => {
    fc.assert(
      fc.property(story, fc.integer({ min: 1, max: 50 }), fc.integer({ min: 1, max: 14 }), (calls, length, cut) => {
        const all = calls.map(([at]) => at);
        const times = calls.filter(([, tool]) => tool === 'x').map(([at]) => at);
        const inside = counted(times, all, length);
        const count = (bound: Partial<CountAssertion>): AssertionResult =>
          look(run(calls), { that: 'count', where: { tool: 'x' }, within: `${length}ms`, ...bound }, cut);
        const [least, most] = [Math.min(...inside), Math.max(...inside, ...counted(times, [0, 99], length))];
        expect(count({ atMost: most }).passes).toBe(true);
        expect(count({ atLeast: least }).passes).toBe(true);
        expect(count({ atLeast: least + 1 })).toMatchObject({ passes: false, seen: least });
        if (most > 0) expect(count({ atMost: most - 1 })).toMatchObject({ passes: false, seen: most });
      }),
      { numRuns: 300 },
    );
  });

  test('the call that makes one too many is named, and where its span starts', () => {
    const calls = [0, 5, 9, 30].map((at) => [at, 'x'] as const);
    const result = look(run(calls), { that: 'count', within: '10ms', atMost: 2 });
    expect(result).toEqual({ passes: false, seen: 3, call: 2, atMs: 0, words: 'at most 3 in any 10 ms' });
  });

  test('the call after which too few follow is named', () => {
    const calls = [0, 5, 9, 30].map((at) => [at, 'x'] as const);
    const result = look(run(calls), { that: 'count', within: '10ms', atLeast: 1 });
    expect(result).toMatchObject({ passes: false, seen: 0, call: 2, atMs: 10 });
  });
});
