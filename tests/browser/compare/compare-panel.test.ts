import { afterEach, describe, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { SEED_POLICY_TEXT } from '../../../src/core/catalogue/seed.ts';
import type { Playground } from '../../../src/state/playground.svelte.ts';
import { workOf } from '../../../src/state/link.svelte.ts';
import { SavedWork } from '../../../src/state/saved-work.svelte.ts';
import type { Work } from '../../../src/state/workspace.svelte.ts';
import { linkContent } from '../../../src/ui/header/link-content.ts';
import ResultsTabs from '../../../src/ui/results/ResultsTabs.svelte';
import { openPlayground, SEED } from '../shell/open-playground.ts';

const TIGHTER = SEED_POLICY_TEXT.replace('"max": 30', '"max": 20');
const KEPT = { dialect: 'policylayer', text: SEED_POLICY_TEXT } as const;

let playground: Playground;

async function show(work: Partial<Work> = {}, auto = true): Promise<void> {
  await page.viewport(1000, 800);
  playground = openPlayground(work);
  playground.preferences.set({ auto });
  await playground.workspace.recheck();
  await playground.run.start();
  playground.selection.tab = 'compare';
  const { container } = await render(ResultsTabs, { playground });
  container.style.height = '700px';
  await expect.element(page.getByRole('group', { name: 'Compare with' })).toBeVisible();
}

const status = page.getByRole('tabpanel').getByRole('status').last();
const button = (name: string) => page.getByRole('button', { name, exact: true });
const words = () => page.getByRole('tabpanel').element().textContent;

afterEach(() => {
  playground.close();
});

describe('another dialect', () => {
  test('lists what converting changed, and the summary holds it', async () => {
    await show();
    await button('Other dialect').click();
    const notes = page.getByRole('region', { name: 'What converting changed' });
    await expect.element(notes).toBeVisible();
    await expect.element(notes).toHaveTextContent('may be decided differently.');
    await notes
      .getByRole('button', { name: /^Line \d+$/ })
      .first()
      .click();
    expect(playground.selection.place?.pointer).toMatch(/^\//);
  });
});

describe('another policy', () => {
  test('is compared by itself once it is there: sentence, kinds, tables, first calls', async () => {
    await show({ policyText: TIGHTER, compare: KEPT });
    await expect.poll(words).toContain('20 of 133 calls are decided differently.');
    await expect
      .element(page.getByRole('list', { name: 'Differences by kind' }))
      .toHaveTextContent('20 Allowed → denied');
    await expect
      .element(page.getByRole('table', { name: 'Differences by tool' }))
      .toHaveTextContent('issue_audit_ticket');
    await expect.element(page.getByRole('table', { name: 'Differences by grant' })).toBeVisible();
    const explains = page.getByRole('button', { name: /^Explain Call/ });
    await expect.poll(() => explains.elements()).toHaveLength(10);
    await button('Show 10 more').click();
    await expect.poll(() => explains.elements()).toHaveLength(20);
  });

  test('explains both sides beside each other', async () => {
    await show({ policyText: TIGHTER, compare: KEPT });
    await page
      .getByRole('button', { name: /^Explain Call/ })
      .first()
      .click();
    await expect.element(page.getByRole('region', { name: 'Side A' })).toHaveTextContent('Allowed');
    await expect.element(page.getByRole('region', { name: 'Side B' })).toHaveTextContent('Denied');
    await expect.element(page.getByRole('region', { name: 'Side B' })).toHaveTextContent('issue_audit_ticket_rate');
  });

  test('can be kept from the editor, and the result is out of date at once', async () => {
    await show({}, false);
    await expect.element(button('Compare')).toBeDisabled();
    await button('Keep the present text as A').click();
    expect(playground.workspace.compare).toEqual(KEPT);
    await button('Compare').click();
    await expect.poll(words).toContain('No difference: 133 calls, all decided alike.');
    playground.workspace.policyText = TIGHTER;
    await expect.poll(words).toContain('Out of date: No difference');
    await expect.element(button('Copy as Markdown')).toBeDisabled();
    await button('Compare').click();
    await expect.poll(words).toContain('20 of 133 calls');
    await expect.element(button('Copy as Markdown')).toBeEnabled();
  });

  test('can be pasted, and with errors says so by its side', async () => {
    await show();
    await userEvent.fill(page.getByRole('textbox', { name: /^Policy A/ }).element(), '{"version": 1');
    await expect.element(page.getByRole('alert')).toHaveTextContent(/^Other policy \(PolicyLayer\) has errors/);
    expect(playground.workspace.policyText).toBe(SEED_POLICY_TEXT);
  });

  test('can be the text of the last run or one of the gallery', async () => {
    await show({}, false);
    playground.workspace.policyText = TIGHTER;
    await button('Text of the last run').click();
    expect(playground.workspace.compare?.text).toBe(SEED_POLICY_TEXT);
    await button('From the gallery').click();
    await page
      .getByRole('menuitem', { name: /Intercept/ })
      .first()
      .click();
    expect(playground.workspace.compare?.dialect).toBe('intercept');
  });

  test('shows what changed in the text', async () => {
    await show({ policyText: TIGHTER, compare: KEPT });
    await button('Show what changed in the text').click();
    await expect.element(page.getByText('1 line added, 1 line removed')).toBeVisible();
    await expect.element(page.getByRole('region', { name: 'Changes from A to B' })).toBeVisible();
  });
});

test('the same policy under other windows', async () => {
  await show();
  await button('Other windows').click();
  await expect.poll(words).toContain('30 of 133 calls are decided differently.');
  await expect.element(status).toBeVisible();
  expect(words()).toContain('sliding windows');
  await button('Anchored').click();
  await expect.poll(words).toContain('anchored windows');
});

test('the same policy in the other dialect', async () => {
  await show();
  await button('Other dialect').click();
  await expect.poll(words).toContain('Converted (Intercept)');
  expect(words()).toMatch(/calls (?:are|is) decided differently|all decided alike/);
});

describe('the policy to compare with', () => {
  test('does not make results stale, stays when edits are undone, and travels in links', async () => {
    await show();
    playground.workspace.compare = KEPT;
    expect(playground.run.phase).toBe('done');
    playground.workspace.policyText = TIGHTER;
    playground.undoEdits();
    expect(playground.workspace.compare).toEqual(KEPT);
    const content = linkContent(playground, playground.workspace.work, true);
    expect(content.compare).toEqual(KEPT);
    expect(content.view?.tab).toBe('compare');
    expect(workOf(content).compare).toEqual(KEPT);
    const { compare: _, ...old } = content;
    expect(workOf(old).compare).toBeUndefined();
  });

  test('is saved with the work, and left out where it does not fit', async () => {
    await show();
    const visit = () => new SavedWork(localStorage, sessionStorage);
    visit().adopt({ ...SEED, compare: KEPT });
    expect((await visit().load(SEED))?.compare).toEqual(KEPT);
    localStorage.clear();
    sessionStorage.clear();
    localStorage.setItem('policy-playground/work', JSON.stringify({ ...SEED, compare: { dialect: 'none', text: 1 } }));
    const saved = visit();
    expect((await saved.load(SEED))?.compare).toBeUndefined();
    expect(saved.trouble).toBe('unreadable');
  });
});
