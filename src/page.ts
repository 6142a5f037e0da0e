import { mount } from 'svelte';
import { SEED_POLICY_TEXT, SEED_SCENARIO } from './core/catalogue/seed.ts';
import { Playground } from './state/playground.svelte.ts';
import { Preferences } from './state/preferences.svelte.ts';
import { openStorage } from './state/saved-work.svelte.ts';
import type { Work } from './state/workspace.svelte.ts';
import App from './ui/App.svelte';
import { findExample } from './ui/header/find-example.ts';

const SEED: Work = {
  title: SEED_SCENARIO.name ?? '',
  policyText: SEED_POLICY_TEXT,
  dialect: 'auto',
  scenario: SEED_SCENARIO,
  windows: 'calendar',
};

/** Opens what the address, this tab or this browser hold, in this order; else the seed. Gives what to say of it, or null. */
async function openWork(playground: Playground): Promise<string | null> {
  const { saved, link } = playground;
  const mine = (await saved.load(SEED)) ?? SEED;
  if (await link.read()) return null;
  const name = new URLSearchParams(location.search).get('example');
  const example = name === null ? null : await findExample(name);
  if (example?.ok === true) {
    link.show(example.work, location.href);
    return null;
  }
  saved.opened(mine, saved.beside);
  playground.show(mine);
  return example?.words ?? null;
}

/** Mounts the whole page. Rejects when a part of it cannot start. */
export async function start(target: Element): Promise<void> {
  const preferences = new Preferences(openStorage('localStorage'), matchMedia('(prefers-color-scheme: dark)'));
  // why: a tab opened from a sandboxed frame has no origin either.
  const worker = origin === 'null' ? (await import('./client/framed-worker.ts')).startFramedWorker : undefined;
  const playground = new Playground(preferences, SEED, worker);
  const opening = await openWork(playground);
  mount(App, { target, props: { playground, opening } });
}
