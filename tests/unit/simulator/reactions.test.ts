import { describe, expect, test } from 'vitest';
import { type Call, type Circumstances, columnsOf, readPolicy, runCalls, verdictsOf } from './arrange.ts';

const START = Date.UTC(2026, 0, 1);
const at = (ms: number, more: Partial<Call> = {}): Call => ({ atMs: START + ms, tool: 'pay', ...more });
const LIMIT = '/tools/pay/limits/c';

const perMinute = (max: number) =>
  readPolicy({ version: '1', default: 'allow', tools: { pay: { limits: [{ counter: 'c', window: 'minute', max }] } } });

/** `<ms since the start> <verdict>` of every call made. */
function story(max: number, calls: readonly Call[], circumstances: Circumstances): string[] {
  const run = runCalls(perMinute(max), calls, circumstances);
  const { atMs } = columnsOf(run);
  return verdictsOf(run).map((verdict, i) => `${atMs![i]! - START} ${verdict}`);
}

const retry = (terms: { max: number; delayMs: number; factor?: number; respectRetryAt?: boolean }) => ({
  retry: { factor: 1, respectRetryAt: false, ...terms },
});

describe('an agent that stops', () => {
  test('makes no further call; others go on', () => {
    const calls = [at(0), at(1), at(2), at(3, { grant: 'h' }), at(4)];
    expect(story(1, calls, { reactions: { g: { stopOnDenied: true } } })).toEqual(['0 allow', `1 ${LIMIT}`, '3 allow']);
  });

  test('does not stop at a request for approval', () => {
    const policy = readPolicy({ version: '1', default: 'allow', tools: { pay: { action: 'require_approval' } } });
    const run = runCalls(policy, [at(0), at(1)], { reactions: { g: { stopOnDenied: true } } });
    expect(run.columns.count).toBe(2);
  });
});

describe('an agent that tries again', () => {
  test('waits longer each time, at most `max` times for one call', () => {
    const reactions = { g: retry({ max: 3, delayMs: 100, factor: 2 }) };
    expect(story(0, [at(0)], { reactions })).toEqual([`0 ${LIMIT}`, `100 ${LIMIT}`, `300 ${LIMIT}`, `700 ${LIMIT}`]);
  });

  test('ends with the first success, and its calls stand where they happen', () => {
    const reactions = { g: retry({ max: 9, delayMs: 30_000 }) };
    const calls = [at(0), at(1000), at(50_000, { grant: 'h' })];
    expect(story(1, calls, { reactions })).toEqual([
      '0 allow',
      `1000 ${LIMIT}`,
      `31000 ${LIMIT}`,
      '50000 allow',
      '61000 allow',
    ]);
  });

  test('takes its turn among the calls of the same millisecond: by agent, then as planned', () => {
    const reactions = { g: retry({ max: 1, delayMs: 10 }), h: retry({ max: 1, delayMs: 5 }) };
    const calls = [
      at(0, { args: { n: 0 } }),
      at(5, { grant: 'h', args: { n: 1 } }),
      at(10, { args: { n: 2 } }),
      at(10, { grant: 'h', args: { n: 3 } }),
      at(10, { grant: 'i', args: { n: 4 } }),
    ];
    const { atMs, args } = columnsOf(runCalls(perMinute(0), calls, { reactions }));
    expect(atMs!.map((ms, i) => [ms - START, args![i]])).toEqual([
      [0, 0],
      [5, 1],
      [10, 0],
      [10, 2],
      [10, 1],
      [10, 3],
      [10, 4],
      [15, 3],
      [20, 2],
    ]);
  });

  test('waits for the time it was told, if that is later', () => {
    const told = { g: retry({ max: 5, delayMs: 100, respectRetryAt: true }) };
    expect(story(1, [at(0), at(10)], { reactions: told })).toEqual(['0 allow', `10 ${LIMIT}`, '60000 allow']);
    expect(story(1, [at(0), at(59_950)], { reactions: told })).toEqual(['0 allow', `59950 ${LIMIT}`, '60050 allow']);
  });

  test('with no time told, keeps to its own delay', () => {
    const told = { g: retry({ max: 1, delayMs: 100, respectRetryAt: true }) };
    expect(story(0, [at(0)], { reactions: told })).toEqual([`0 ${LIMIT}`, `100 ${LIMIT}`]);
  });

  test('repeats the call as it was: arguments, answer and latency', () => {
    const calls = [at(0), at(10, { args: { n: 7 }, upstream: 'timeout', latencyMs: 25 })];
    const run = runCalls(perMinute(1), calls, { reactions: { g: retry({ max: 1, delayMs: 60_000 }) } });
    const { args, latencyMs, status } = columnsOf(run);
    expect([args![2], latencyMs![2], status![2]]).toEqual([args![1], 25, 4]);
    expect(verdictsOf(run)).toEqual(['allow', LIMIT, 'allow']);
  });

  test('makes no call later than 31 days after the first, whatever the delay grows to', () => {
    const day = 86_400_000;
    expect(story(0, [at(0)], { reactions: { g: retry({ max: 50, delayMs: day, factor: 2 }) } })).toEqual(
      [0, 1, 3, 7, 15, 31].map((days) => `${days * day} ${LIMIT}`),
    );
    const endless = { g: retry({ max: 2000, delayMs: 0, factor: 1e300 }) };
    expect(story(0, [at(0)], { reactions: endless })).toHaveLength(3);
  });

  test('does not depend on how the calls are cut', () => {
    const reactions = { g: retry({ max: 4, delayMs: 7, factor: 1.5 }), h: { stopOnDenied: true } };
    const calls = Array.from({ length: 60 }, (_, i) => at(i, { grant: i % 3 ? 'g' : 'h' }));
    const whole = columnsOf(runCalls(perMinute(9), calls, { reactions }));
    for (const slice of [1, 2, 7])
      expect(columnsOf(runCalls(perMinute(9), calls, { reactions, slice }))).toEqual(whole);
    expect(whole['atMs']!.length).toBeGreaterThan(60);
    expect(whole['atMs']).toEqual([...whole['atMs']!].sort((a, b) => a - b));
  });
});

describe('an agent that waits for approval', () => {
  const policy = readPolicy({ version: '1', default: 'allow', tools: { pay: { action: 'require_approval' } } });
  const outcomes = (afterMs: number, mode: 'approve' | 'deny') =>
    columnsOf(
      runCalls(policy, [at(0)], { approvals: { mode, afterMs }, reactions: { g: { approvalRetryAfterMs: 30 } } }),
    );

  test('asks again until a person has decided', () => {
    expect(outcomes(70, 'approve')).toMatchObject({
      atMs: [0, 30, 60, 90].map((ms) => START + ms),
      outcome: [2, 2, 2, 0],
    });
    expect(outcomes(20, 'deny')).toMatchObject({ atMs: [START, START + 30], outcome: [2, 1] });
  });
});
