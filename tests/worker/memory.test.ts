import { afterEach, describe, expect, test, vi } from 'vitest';
import { failed } from '../../workers/failed.ts';
import { ANY_CALL, connect, finish, seedInput, ticketScenario, told, valueOf } from './connect.ts';

/** Lists of more numbers than this find no room. */
const MOST = 100_000;

/** Makes lists of one kind of number fail as they do in a browser that has no memory left. */
function fillMemory(kind: 'Float64Array' | 'Uint32Array'): void {
  const Original = globalThis[kind];
  const Full = new Proxy(Original, {
    construct(target, args: unknown[], newTarget) {
      if (Number(args[0]) > MOST) throw new RangeError('Array buffer allocation failed');
      return Reflect.construct(target, args, newTarget) as object;
    },
  });
  vi.stubGlobal(kind, Full);
}

afterEach(() => {
  vi.unstubAllGlobals();
});

describe('memory that runs out', () => {
  test('is an answer to a run; the run before it stays, and the next one goes through', async () => {
    const engine = connect();
    const before = await finish(engine);
    fillMemory('Float64Array');
    const answer = await engine.run(seedInput({ scenario: ticketScenario(MOST + 1) }), told());
    expect(answer).toMatchObject({ kind: 'failed', reason: 'memory' });
    expect(answer).toHaveProperty('message', expect.stringMatching(/use fewer calls/));
    expect(valueOf(await engine.log(before.runId, ANY_CALL, 0, 10)).total).toBe(133);
    expect(await finish(engine)).toMatchObject({ digest: before.digest });
  });

  test('is an answer to a question; the run it is about stays', async () => {
    const engine = connect();
    const { runId } = await finish(engine, seedInput({ scenario: ticketScenario(2 * MOST) }));
    fillMemory('Uint32Array');
    const allowed = { ...ANY_CALL, outcomes: ['deny' as const] };
    expect(await engine.log(runId, allowed, 0, 10)).toMatchObject({ kind: 'failed', reason: 'memory' });
    expect(await engine.explain(runId, 7)).toMatchObject({ kind: 'ok' });
  });

  test('in the middle of a question leaves nothing behind that the next one would go on from', async () => {
    const policy = {
      version: '1',
      default: 'allow',
      tools: { issue_audit_ticket: { limits: [{ counter: 'c', window: 'day', max: 70_000 }] } },
    };
    const input = { windows: 'sliding', policy: { dialect: 'auto', text: JSON.stringify(policy) } } as const;
    const engine = connect();
    const { runId } = await finish(engine, seedInput({ ...input, scenario: ticketScenario(MOST) }));
    const last = async () => valueOf(await engine.entries(runId, ANY_CALL, 69_990, 20));
    const summaryAt = (call: number) =>
      engine.analyse({ kind: 'moment-summary', runId, atMs: Date.UTC(2026, 0, 1, 23, 59, 58, call) });
    // why: a stretch that begins anywhere else would break off at its first call.
    valueOf(await engine.entries(runId, ANY_CALL, 5, 1));
    expect(await summaryAt(5)).toMatchObject({ summary: { calls: 6 } });
    fillMemory('Float64Array');
    expect(await engine.entries(runId, ANY_CALL, 69_990, 20)).toMatchObject({ kind: 'failed', reason: 'memory' });
    expect(await summaryAt(69_000)).toMatchObject({ kind: 'failed', reason: 'memory' });
    vi.unstubAllGlobals();
    const outcomes = (await last()).match(/"outcome":"\w+"/g);
    expect(outcomes?.map((one) => one.includes('allow'))).toEqual(Array.from({ length: 20 }, (_, i) => i < 10));
    expect(await summaryAt(69_000)).toMatchObject({ summary: { calls: 69_001, counters: [{ used: 69_001 }] } });
  });

  test.each([
    'Array buffer allocation failed',
    'Invalid typed array length: 4294967296',
    'Invalid array length',
    'invalid array length',
    'Invalid string length',
    'Map maximum size exceeded',
    'Data cannot be cloned, out of memory.',
    'out of memory',
    'Out of memory',
    'allocation size overflow',
    'Invalid array buffer length',
    'Set maximum size exceeded',
  ])('is told apart where a browser says “%s”', (words) => {
    expect(failed(new RangeError(words))).toMatchObject({ reason: 'memory' });
  });

  test('is told apart where Firefox throws its words bare', () => {
    expect(failed('out of memory')).toMatchObject({ reason: 'memory' });
    expect(failed('no such allocation')).toEqual({ kind: 'failed', reason: 'fault', message: 'no such allocation' });
  });

  test.each([
    new RangeError('Maximum call stack size exceeded'),
    new RangeError('call 7 is counted already'),
    new RangeError('toString() radix argument must be between 2 and 36'),
    new RangeError('Invalid typed array length: -1'),
    new RangeError('Invalid typed array length: NaN'),
    new RangeError('Invalid count value: -1'),
    new RangeError('the run has no call 9 for allocation'),
    new TypeError('x is not a function'),
    new TypeError('Failed to fetch dynamically imported module: /assets/allocation-1.js'),
    new SyntaxError('Unexpected token in "out of memory"'),
    new Error('out of memory'),
  ])('is not what %o means', (error) => {
    expect(failed(error)).toEqual({ kind: 'failed', reason: 'fault', message: error.message });
  });
});
