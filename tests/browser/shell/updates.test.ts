import { afterEach, beforeEach, expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import type { Playground } from '../../../src/state/playground.svelte.ts';
import App from '../../../src/ui/App.svelte';
import { openPlayground, SEED } from './open-playground.ts';

let playground: Playground;
const strip = page.getByRole('status').filter({ hasText: 'A new version of the page is ready' });

beforeEach(async () => {
  playground = openPlayground();
  await render(App, { playground });
  playground.show(SEED);
});
afterEach(() => playground.close());

test('a new version is said, and waits until it is wanted', async () => {
  await expect.poll(() => strip.query()).toBeNull();
  playground.updates.ready = true;
  await expect.element(strip).toHaveTextContent('Your work is kept.');
  await expect.element(strip.getByRole('button', { name: 'Reload' })).toBeVisible();
  await strip.getByRole('button', { name: 'Later' }).click();
  await expect.poll(() => strip.query()).toBeNull();
});
