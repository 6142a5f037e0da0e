import { mount } from 'svelte';
import { SEED_POLICY_TEXT, SEED_SCENARIO } from './core/catalogue/seed.ts';
import { ENGINE_VERSION } from './core/version.ts';
import { Playground } from './state/playground.svelte.ts';
import { Preferences } from './state/preferences.svelte.ts';
import { openStorage } from './state/saved-work.svelte.ts';
import type { Work } from './state/workspace.svelte.ts';
import App from './ui/App.svelte';
import { findExample } from './ui/header/find-example.ts';
import './ui/styles/tokens.css';
import './ui/styles/base.css';
import './ui/styles/components.css';

const SEED: Work = {
  title: SEED_SCENARIO.name ?? '',
  policyText: SEED_POLICY_TEXT,
  dialect: 'auto',
  scenario: SEED_SCENARIO,
  windows: 'calendar',
};

/** Opens what the address, this tab or this browser hold, in this order; else the seed. */
async function openWork(playground: Playground): Promise<void> {
  const { saved, link } = playground;
  const mine = (await saved.load(SEED)) ?? SEED;
  if (await link.read()) return;
  const name = new URLSearchParams(location.search).get('example');
  const example = name === null ? null : await findExample(name);
  if (example !== null) {
    link.show(example, location.href);
    return;
  }
  saved.opened(mine, saved.beside);
  playground.show(mine);
}

async function start(): Promise<void> {
  const { dataset } = document.documentElement;
  const target = document.querySelector('#app');
  if (target === null) return;
  dataset.engine = ENGINE_VERSION;
  try {
    const preferences = new Preferences(openStorage('localStorage'), matchMedia('(prefers-color-scheme: dark)'));
    const playground = new Playground(preferences, SEED);
    await openWork(playground);
    mount(App, { target, props: { playground } });
    dataset.app = 'ready';
  } catch {
    dataset.app = 'error';
    target.textContent = 'The page could not start. Reload it to try again; saved work is kept.';
  }
}

void start();
