import { flushSync } from 'svelte';
import { expect, it } from 'vitest';

it('runs effects, as the page does and a server render does not', () => {
  let count = $state(0);
  const seen: number[] = [];
  const stop = $effect.root(() => {
    $effect(() => {
      seen.push(count);
    });
  });
  flushSync();
  count = 1;
  flushSync();
  stop();
  expect(seen).toEqual([0, 1]);
});

it('starts module workers', async () => {
  const url = URL.createObjectURL(new Blob(['postMessage(21 * 2)'], { type: 'text/javascript' }));
  const worker = new Worker(url, { type: 'module' });
  const answer = await new Promise((resolve) => {
    worker.addEventListener('message', ({ data }) => resolve(data), { once: true });
  });
  worker.terminate();
  URL.revokeObjectURL(url);
  expect(answer).toBe(42);
});
