import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import type { Playground } from '../../../src/state/playground.svelte.ts';
import App from '../../../src/ui/App.svelte';
import { openPlayground, SEED } from './open-playground.ts';

let playground: Playground;

const run = () => document.querySelector<HTMLElement>('[data-part="run"]')?.dataset;
const done = () => expect.poll(() => run()?.['state'], { timeout: 20_000 }).toBe('done');
const region = (name: string) => page.getByRole('region', { name, exact: true });
const runButton = () => page.getByRole('button', { name: 'Run', exact: true });
const sideways = () => document.documentElement.scrollWidth - document.documentElement.clientWidth;

async function show(width = 1440, height = 900): Promise<void> {
  await page.viewport(width, height);
  playground = openPlayground();
  playground.show(SEED);
  await render(App, { playground });
  await done();
}

beforeEach(() => {
  document.documentElement.dataset['theme'] = 'light';
});
afterEach(() => {
  playground.close();
});

describe('the page', () => {
  test('tells programs what a run came to', async () => {
    await show();
    expect(run()).toMatchObject({ calls: '133', allowed: '80', denied: '53', approvals: '0' });
    expect(run()?.['digest']).toMatch(/^[0-9a-f]+$/);
    expect(document.documentElement.dataset['link']).toBe('none');
  });

  test('has its landmarks, one Run, and a skip link that leads to the results', async () => {
    await show();
    for (const name of ['Policy', 'Scenario', 'Results']) await expect.element(region(name)).toBeVisible();
    expect(runButton().elements().length).toBe(1);
    const skip = page.getByRole('link', { name: 'Skip to results' });
    skip.element().focus();
    await userEvent.keyboard('{Enter}');
    await expect.poll(() => document.activeElement?.contains(region('Results').element())).toBe(true);
    expect(location.hash).toBe('');
  });

  test('says the outcome of a run once, politely', async () => {
    await show();
    const said = document.querySelector('[data-part="announcement"]');
    await expect.poll(() => said?.textContent).toMatch(/^133 calls: 80 allowed, 53 denied, \d findings?$/);
    expect(said?.getAttribute('aria-live')).toBe('polite');
  });

  test('runs with Ctrl and Enter from anywhere', async () => {
    await show();
    playground.preferences.set({ auto: false });
    playground.workspace.windows = 'sliding';
    playground.edited();
    await expect.poll(() => run()?.['state']).toBe('stale');
    await userEvent.keyboard('{Control>}{Enter}{/Control}');
    await done();
    expect(run()?.['allowed']).toBe('50');
  });

  test('keeps the theme a person chose', async () => {
    await show();
    await page.getByRole('button', { name: 'Dark theme' }).click();
    await expect.poll(() => document.documentElement.dataset['theme']).toBe('dark');
    await page.getByRole('button', { name: 'Light theme' }).click();
    await expect.poll(() => document.documentElement.dataset['theme']).toBe('light');
  });
});

describe('results that are out of date', () => {
  const setMax = (max: number) => {
    playground.workspace.policyText = SEED.policyText.replace('30', String(max));
    playground.edited();
  };

  test('are replaced by themselves after a quick run', async () => {
    await show();
    setMax(10);
    await expect.poll(() => run()?.['state']).toBe('stale');
    await done();
    expect(run()?.['allowed']).toBe('40');
  });

  test('say so without Auto; Undo edits makes them true again, Run again replaces them', async () => {
    await show();
    playground.preferences.set({ auto: false });
    setMax(10);
    await expect.element(page.getByText('Results are out of date.')).toBeVisible();
    await page.getByRole('button', { name: 'Undo edits' }).click();
    await done();
    expect(playground.workspace.policyText).toBe(SEED.policyText);
    setMax(5);
    await page.getByRole('button', { name: 'Run again' }).click();
    await done();
    expect(run()?.['allowed']).toBe('20');
  });

  test('stay while the policy has errors; Run is off and says why', async () => {
    await show();
    playground.workspace.policyText = '{';
    playground.edited();
    await expect.element(runButton()).toBeDisabled();
    await expect.element(runButton()).toHaveAccessibleDescription(/^The policy has \d errors?\.$/);
    expect(run()).toMatchObject({ state: 'stale', calls: '133', allowed: '80' });
    await expect.element(region('Policy').getByRole('status')).toHaveTextContent(/error/);
    await expect.element(page.getByText('Results are out of date.')).toBeVisible();
  });

  test('a simulator that was restarted is said, and a run mends it', async () => {
    await show();
    playground.run.workerLost();
    await expect.element(page.getByText(/restarted\. Your work is kept/)).toBeVisible();
    expect(run()?.['state']).toBe('failed');
    await page.getByRole('button', { name: 'Run again' }).click();
    await done();
    await expect.element(page.getByText(/restarted\. Your work is kept/)).not.toBeInTheDocument();
  });
});

describe('work that is replaced', () => {
  test('can be brought back', async () => {
    await show();
    playground.workspace.policyText = '{"version":"1","default":"allow"}';
    playground.edited();
    await page.getByRole('button', { name: /^Example/ }).click();
    await page.getByRole('button', { name: 'Open Burst at midnight' }).click();
    expect(playground.workspace.title).toBe('Burst at midnight');
    await page.getByRole('button', { name: 'Bring back' }).click();
    expect(playground.workspace.policyText).toBe('{"version":"1","default":"allow"}');
    expect(playground.workspace.title).toBe(SEED.title);
  });
});

describe('the drawer and the maximised results', () => {
  test('close with Esc, the topmost first, and the focus goes back', async () => {
    await show();
    const opener = page.getByRole('button', { name: 'Maximise results' });
    await opener.click();
    await expect.element(region('Policy')).not.toBeInTheDocument();
    page.getByRole('button', { name: 'Restore results' }).element().focus();
    await playground.selection.open(40);
    const drawer = page.getByRole('complementary', { name: /^Call 41/ });
    await expect.element(drawer).toBeVisible();
    await userEvent.keyboard('{Escape}');
    await expect.poll(() => drawer.query()).toBeNull();
    await expect.element(page.getByRole('button', { name: 'Restore results' })).toHaveFocus();
    await userEvent.keyboard('{Escape}');
    await expect.element(region('Policy')).toBeVisible();
  });
});

describe('narrower pages', () => {
  test('below 1120 one part shows at a time', async () => {
    await show(900, 800);
    await expect.element(region('Policy')).toBeVisible();
    expect(region('Results').query()).toBeNull();
    await page.getByRole('tab', { name: 'Run', exact: true }).click();
    await expect.element(region('Scenario')).toBeVisible();
    await expect.element(region('Policy')).not.toBeInTheDocument();
    await page.getByRole('tab', { name: 'Results', exact: true }).click();
    await expect.element(region('Results')).toBeVisible();
    await expect.element(region('Scenario')).not.toBeInTheDocument();
  });

  test('showing a rule brings the policy forward', async () => {
    await show(900, 800);
    await page.getByRole('tab', { name: 'Results', exact: true }).click();
    playground.selection.showRule('/default');
    await expect.element(region('Policy')).toBeVisible();
  });

  test.each([390, 320])('at %i everything is stacked, folds, and nothing scrolls sideways', async (width) => {
    await show(width, 700);
    expect(sideways()).toBe(0);
    expect(runButton().elements().length).toBe(1);
    const box = runButton().element().getBoundingClientRect();
    expect(box.height).toBeGreaterThanOrEqual(44);
    expect(box.bottom).toBeLessThanOrEqual(700);
    const fold = page.getByRole('button', { name: /^Policy/ });
    await expect.element(fold).toHaveAttribute('aria-expanded', 'false');
    await fold.click();
    await expect.element(page.getByRole('textbox', { name: 'Policy text' })).toBeVisible();
    expect(sideways()).toBe(0);
    await page.getByRole('button', { name: 'Scenario', exact: true }).click();
    await expect.element(page.getByRole('button', { name: 'Agent', exact: true })).not.toBeInTheDocument();
  });

  test('at 1680 the drawer stands beside the results', async () => {
    await show(1700, 900);
    await playground.selection.open(0);
    const drawer = page.getByRole('complementary', { name: /^Call 1\b/ });
    await expect.element(drawer).toBeVisible();
    const leftOf = () =>
      drawer.element().getBoundingClientRect().left - region('Results').element().getBoundingClientRect().right;
    await expect.poll(leftOf).toBeGreaterThanOrEqual(-1);
  });
});
