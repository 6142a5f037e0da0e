import { SEED_POLICY_TEXT, SEED_SCENARIO } from '../../../src/core/catalogue/seed.ts';
import { Playground } from '../../../src/state/playground.svelte.ts';
import { Preferences } from '../../../src/state/preferences.svelte.ts';
import type { Work } from '../../../src/state/workspace.svelte.ts';
import '../../../src/ui/styles/tokens.css';
import '../../../src/ui/styles/base.css';
import '../../../src/ui/styles/components.css';

export const SEED: Work = {
  title: 'Runaway ticket loop',
  policyText: SEED_POLICY_TEXT,
  dialect: 'auto',
  scenario: SEED_SCENARIO,
  windows: 'calendar',
};

/** A playground on the real worker, with nothing remembered from tests before. Close it when done. */
export function openPlayground(work: Partial<Work> = {}): Playground {
  localStorage.clear();
  sessionStorage.clear();
  const preferences = new Preferences(null, matchMedia('(prefers-color-scheme: dark)'));
  return new Playground(preferences, { ...SEED, ...work });
}
