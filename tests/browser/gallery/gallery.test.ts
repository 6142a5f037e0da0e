import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { EXAMPLES } from '../../../src/core/catalogue/examples.ts';
import { SEED_SCENARIO } from '../../../src/core/catalogue/seed.ts';
import type { Playground } from '../../../src/state/playground.svelte.ts';
import App from '../../../src/ui/App.svelte';
import { closeDialogs } from '../kit/close-dialogs.ts';
import { openPlayground, SEED } from '../shell/open-playground.ts';

let playground: Playground;
const gallery = page.getByRole('dialog', { name: 'Examples' });
const suggestion = page.getByRole('dialog', { name: 'Suggest a policy' });

beforeEach(async () => {
  await page.viewport(1440, 900);
  playground = openPlayground();
  await render(App, { playground });
  playground.show(SEED);
  await expect.poll(() => playground.run.phase, { timeout: 20_000 }).toBe('done');
});
afterEach(async () => {
  await closeDialogs();
  playground.close();
});

async function openGallery(): Promise<void> {
  await page.getByRole('button', { name: /^Example/ }).click();
  await expect.element(gallery).toBeVisible();
}

describe('the gallery', () => {
  test('lists every entry with its dialect, two sentences and two actions', async () => {
    await openGallery();
    const cards = gallery.getByRole('listitem');
    await expect.poll(() => cards.elements()).toHaveLength(EXAMPLES.length);
    for (const { title, dialect, about } of EXAMPLES) {
      const card = cards.filter({ has: page.getByRole('heading', { name: title, exact: true }) });
      await expect.element(card).toHaveTextContent(about.replaceAll('`', ''));
      await expect.element(card).toHaveTextContent(dialect === 'intercept' ? 'Intercept' : 'PolicyLayer');
      expect(card.getByRole('button').elements()).toHaveLength(2);
    }
    await expect.element(cards.first()).toHaveTextContent('On screen');
  });

  test('opens a policy with its scenario, and can be brought back', async () => {
    await openGallery();
    await gallery.getByRole('button', { name: 'Open Read only' }).click();
    await expect.poll(() => gallery.query()).toBeNull();
    await expect.poll(() => playground.run.summary?.calls).toBe(50);
    expect(playground.workspace.title).toBe('Read only');
    await page.getByRole('button', { name: 'Bring back' }).click();
    expect(playground.workspace.work).toEqual(SEED);
  });

  test('opens a policy alone and keeps the scenario', async () => {
    await openGallery();
    await gallery.getByRole('button', { name: 'Policy only: Hidden admin tools' }).click();
    await expect.poll(() => playground.run.summary?.hidden).toBe(3);
    expect(playground.workspace.scenario).toEqual(SEED_SCENARIO);
    await page.getByRole('button', { name: 'Bring back' }).click();
    expect(playground.workspace.work).toEqual(SEED);
  });

  test('opens the policy full of mistakes, and Run says why it waits', async () => {
    await openGallery();
    await gallery.getByRole('button', { name: 'Open A policy full of mistakes' }).click();
    await expect.poll(() => playground.blocked).toBe('The policy has 7 errors.');
  });

  test('is reached, read and left by keyboard', async () => {
    const button = page.getByRole('button', { name: /^Example/ });
    button.element().focus();
    await userEvent.keyboard('{Enter}');
    await expect.element(gallery).toBeVisible();
    await userEvent.keyboard('{Tab}');
    await expect.element(gallery.getByRole('button', { name: 'Suggest a policy…' })).toHaveFocus();
    await userEvent.keyboard('{Tab}');
    await expect.element(gallery.getByRole('button', { name: 'Open Runaway ticket loop' })).toHaveFocus();
    await userEvent.keyboard('{Escape}');
    await expect.poll(() => gallery.query()).toBeNull();
    await expect.element(button).toHaveFocus();
  });
});

describe('a suggested policy', () => {
  async function openSuggestion(): Promise<void> {
    await page.getByRole('tab', { name: /^Findings/ }).click();
    await page.getByRole('button', { name: 'Suggest a policy…' }).click();
    await expect.element(suggestion).toBeVisible();
  }
  const status = () => suggestion.getByRole('status');
  const changes = () => suggestion.getByRole('region', { name: 'Changes to the policy' });

  test('is shown as changes, with what it would have denied, and follows the choices', async () => {
    await openSuggestion();
    await expect.element(status()).toHaveTextContent('Would have denied none of the 80 calls to 1 tool');
    await expect.element(changes()).toHaveTextContent(/\+ +"path": "args\.validitySeconds"/);
    await suggestion.getByRole('button', { name: 'All, 133' }).click();
    await expect.element(status()).toHaveTextContent('Would have denied none of the 133 calls to 14 tools');
    await expect.element(changes()).toHaveTextContent(/"max": 50/);
    await suggestion.getByRole('button', { name: '100 %' }).click();
    await expect.element(changes()).toHaveTextContent(/"max": 100/);
    await suggestion.getByRole('button', { name: 'Hour' }).click();
    await expect.element(changes()).toHaveTextContent(/"window": "hour"/);
  });

  test('is used as one step of Undo', async () => {
    await openSuggestion();
    await suggestion.getByRole('button', { name: 'All, 133' }).click();
    await expect.element(status()).toHaveTextContent('133 calls');
    await suggestion.getByRole('button', { name: 'Use this policy' }).click();
    await expect.poll(() => suggestion.query()).toBeNull();
    await expect.poll(() => playground.run.summary?.allowed).toBe(133);
    await page.getByRole('button', { name: 'Undo', exact: true }).click();
    expect(playground.workspace.policyText).toBe(SEED.policyText);
    await expect.poll(() => playground.run.summary?.allowed).toBe(80);
  });

  test('changes nothing when it is left', async () => {
    await openSuggestion();
    await expect.element(status()).toHaveTextContent('80 calls');
    await suggestion.getByRole('button', { name: 'Cancel' }).click();
    await expect.poll(() => suggestion.query()).toBeNull();
    expect(playground.workspace.work).toEqual(SEED);
  });

  test('from the gallery closes both once it is used', async () => {
    await openGallery();
    await gallery.getByRole('button', { name: 'Suggest a policy…' }).click();
    await suggestion.getByRole('button', { name: 'Use this policy' }).click();
    await expect.poll(() => [suggestion.query(), gallery.query()]).toEqual([null, null]);
    expect(playground.workspace.policyText).toContain('"args.agentId"');
    await expect.element(page.getByRole('button', { name: /^Example/ })).toHaveFocus();
  });

  test('from the gallery closes alone when it is left', async () => {
    await openGallery();
    const open = gallery.getByRole('button', { name: 'Suggest a policy…' });
    await open.click();
    await expect.element(suggestion).toBeVisible();
    await userEvent.keyboard('{Escape}');
    await expect.poll(() => suggestion.query()).toBeNull();
    await expect.element(gallery).toBeVisible();
    await expect.element(open).toHaveFocus();
    await userEvent.keyboard('{Escape}');
    await expect.poll(() => gallery.query()).toBeNull();
    await expect.element(page.getByRole('button', { name: /^Example/ })).toHaveFocus();
  });

  test('says what to do when the run is gone', async () => {
    playground.client.close();
    await openSuggestion();
    await expect.element(suggestion.getByRole('alert')).toHaveTextContent(/run is gone.*press Run/i);
  });
});
