import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { EngineClient } from '../../../src/client/engine-client.ts';
import { RunState } from '../../../src/state/run.svelte.ts';
import { SEED } from '../shell/open-playground.ts';

type Tell = (decided: number, planned: number) => void;

/** A client whose run goes on until `end` is called. */
function heldClient() {
  const held = { tell: null as Tell | null, end: (): void => undefined };
  const client = {
    run: (_input: unknown, tell: Tell) => {
      held.tell = tell;
      return new Promise((resolve) => (held.end = () => resolve({ kind: 'restarted' })));
    },
  };
  return { held, run: new RunState(client as Partial<EngineClient> as EngineClient, () => SEED) };
}

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

test('Run becomes Cancel 150 ms after a run’s first progress, not while the worker is loading', async () => {
  const { held, run } = heldClient();
  const ended = run.start();
  vi.advanceTimersByTime(5000);
  expect([run.phase, run.slow]).toEqual(['running', false]);
  held.tell?.(0, 1000);
  vi.advanceTimersByTime(149);
  held.tell?.(10, 1000);
  expect(run.slow).toBe(false);
  vi.advanceTimersByTime(1);
  expect([run.slow, run.progress]).toEqual([true, { decided: 10, planned: 1000 }]);
  held.end();
  await ended;
  expect([run.phase, run.slow, run.progress]).toEqual(['idle', false, null]);
});

test('progress that comes after the result changes nothing', async () => {
  const { held, run } = heldClient();
  const ended = run.start();
  held.end();
  await ended;
  held.tell?.(10, 1000);
  vi.advanceTimersByTime(1000);
  expect([run.slow, run.progress]).toEqual([false, null]);
});
