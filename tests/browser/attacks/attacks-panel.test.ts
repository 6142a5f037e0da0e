import { afterEach, describe, expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { ATTACKS } from '../../../src/core/catalogue/attacks/list.ts';
import { SEED_POLICY_TEXT } from '../../../src/core/catalogue/seed.ts';
import type { Playground } from '../../../src/state/playground.svelte.ts';
import type { Work } from '../../../src/state/workspace.svelte.ts';
import ResultsTabs from '../../../src/ui/results/ResultsTabs.svelte';
import { openPlayground, SEED } from '../shell/open-playground.ts';

let playground: Playground;
let element: HTMLElement;

async function show(work: Partial<Work> = {}): Promise<void> {
  await page.viewport(1000, 800);
  playground = openPlayground(work);
  await playground.workspace.recheck();
  await playground.run.start();
  playground.selection.tab = 'attacks';
  const { container } = await render(ResultsTabs, { playground });
  container.style.height = '700px';
  element = container;
  await expect.element(runAll).toBeVisible();
}

const runAll = page.getByRole('button', { name: 'Run all attacks' });
const score = page.getByRole('status').first();
const verdict = (name: string) => element.querySelector(`[data-attack="${name}"] [data-verdict]`);
const fold = (title: string) => page.getByRole('button', { name: title, exact: true });

/** Runs all attacks and waits for the score. */
async function judge(): Promise<void> {
  await runAll.click();
  await expect.element(score).toHaveTextContent(/^Attacks stopped/);
}

afterEach(() => {
  playground.close();
});

describe('the list', () => {
  test('names every attack and all legitimate work, without verdicts', async () => {
    await show();
    await expect.element(score).toHaveTextContent('15 attacks and 5 kinds of legitimate work');
    await expect.poll(() => element.querySelectorAll('[data-attack]')).toHaveLength(20);
    expect(element.querySelectorAll('[data-verdict]')).toHaveLength(0);
  });

  test('explains an attack: mechanism, calls, harm, remedy', async () => {
    await show();
    await fold('Session hopping').click();
    await expect
      .element(page.getByText('After ten tickets it reconnects and starts with an empty counter.'))
      .toBeVisible();
    await expect.element(page.getByText('20 sessions of the grant')).toBeVisible();
    await expect.element(page.getByText('200 tickets in 40 seconds from one grant, in 20 sessions.')).toBeVisible();
    const remedy = page.getByRole('region', { name: 'Policy that stops Session hopping' });
    expect(remedy.elements()).toHaveLength(0);
    await page.getByRole('button', { name: 'Show the policy that stops it' }).click();
    await expect.element(remedy).toHaveTextContent('"max": 30');
  });
});

describe('verdicts', () => {
  test('come with glyph, word, numbers and the rule', async () => {
    await show();
    await judge();
    await expect.element(score).toHaveTextContent('Attacks stopped 11 of 15 · legitimate work let through 1 of 5');
    expect(verdict('runaway-loop')?.textContent).toContain('Stopped at call 31: 30 tickets issued');
    expect(verdict('boundary-burst')?.getAttribute('data-verdict')).toBe('got-through');
    expect(verdict('settlement-morning')?.textContent).toContain('Hindered: 8 of 32 calls let through');
    await expect.poll(() => element.querySelectorAll('[data-verdict] svg')).toHaveLength(20);
    await page.getByTitle('Show the rule /tools/issue_audit_ticket/limits/issue_audit_ticket_rate').first().click();
    expect(playground.selection.place?.pointer).toBe('/tools/issue_audit_ticket/limits/0');
  });

  test('are out of date at once when the policy changes, and come back with it', async () => {
    await show();
    await judge();
    playground.workspace.policyText = SEED_POLICY_TEXT.replace('30', '20');
    await expect.element(score).toHaveTextContent(/^Out of date: Attacks stopped 11 of 15/);
    expect(verdict('runaway-loop')?.textContent).toContain('Out of date: Stopped at call 31');
    await expect.poll(() => page.getByRole('button', { name: /^Show call/ }).elements()).toHaveLength(0);
    await runAll.click();
    await expect.element(score).toHaveTextContent(/^Attacks stopped 11 of 15/);
    expect(verdict('runaway-loop')?.textContent).toContain('Stopped at call 21: 20 tickets issued');
    playground.workspace.windows = 'sliding';
    await expect.element(score).toHaveTextContent(/^Out of date:/);
    playground.workspace.windows = 'calendar';
    await expect.element(score).toHaveTextContent(/^Attacks stopped/);
  });

  test('stay while other tabs are looked at', async () => {
    await show();
    await judge();
    await page.getByRole('tab', { name: 'Summary' }).click();
    await page.getByRole('tab', { name: 'Attacks' }).click();
    await expect.element(score).toHaveTextContent(/^Attacks stopped 11 of 15/);
  });

  test('are not made of a policy with errors', async () => {
    await show({ policyText: '{' });
    await expect.element(runAll).toBeDisabled();
    await expect.element(page.getByText('The policy has errors, so attacks cannot run against it.')).toBeVisible();
  });

  test('do not touch the run that is held', async () => {
    await show();
    const before = playground.run.summary;
    await judge();
    await playground.selection.open(45);
    expect(playground.run.summary).toBe(before);
    expect(playground.selection.explanation?.outcome).toBe('deny');
  });
});

describe('opening', () => {
  test('a verdict leads to its call, in its scenario, under the same policy', async () => {
    await show();
    await judge();
    await page.getByRole('button', { name: 'Show call 31 of Boundary burst' }).click();
    await expect.poll(() => playground.selection.explanation?.call).toBe(30);
    expect(playground.selection.explanation?.outcome).toBe('allow');
    expect(playground.workspace.scenario.name).toBe('Boundary burst');
    expect(playground.workspace.policyText).toBe(SEED_POLICY_TEXT);
    await expect.element(score).toHaveTextContent(/^Attacks stopped/);
  });

  test('one scenario after the other can be brought back to one’s own work', async () => {
    await show();
    for (const title of ['Runaway loop', 'Negative escrow']) {
      await fold(title).click();
      await page.getByRole('button', { name: 'Open as scenario' }).last().click();
      await expect.poll(() => playground.workspace.scenario.name).toBe(title);
    }
    playground.bringBack();
    expect(playground.workspace.work).toEqual(SEED);
  });

  test('the policy that stops an attack takes the place of the policy alone', async () => {
    await show();
    await judge();
    await fold('Boundary burst').click();
    await page.getByRole('button', { name: 'Show the policy that stops it' }).click();
    await page.getByRole('button', { name: 'Open as policy' }).click();
    const attack = ATTACKS.find(({ name }) => name === 'boundary-burst');
    expect(playground.workspace.policyText).toBe(attack?.stoppedBy);
    expect(playground.workspace.scenario).toBe(SEED.scenario);
    await expect.element(score).toHaveTextContent(/^Out of date:/);
    await runAll.click();
    await expect.element(score).toHaveTextContent(/^Attacks stopped/);
    expect(verdict('boundary-burst')?.getAttribute('data-verdict')).toBe('stopped');
    playground.bringBack();
    expect(playground.workspace.policyText).toBe(SEED_POLICY_TEXT);
  });
});
