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
  ])('is told apart where a browser says “%s”', (words) => {
    expect(failed(new RangeError(words))).toMatchObject({ reason: 'memory' });
  });

  test.each(['Maximum call stack size exceeded', 'x is not a function', 'Failed to fetch'])(
    'is not what “%s” means',
    (words) => {
      expect(failed(new Error(words))).toEqual({ kind: 'failed', reason: 'fault', message: words });
    },
  );
});
