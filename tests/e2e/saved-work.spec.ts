import { readFile } from 'node:fs/promises';
import type { Download, Locator, Page } from '@playwright/test';
import { burst, fragment, pretty, seedPolicy } from './documents.ts';
import { Playground } from './playground.ts';
import { expect, test } from './test.ts';

/** Opens a dialog from the Export menu. */
async function fromMenu(page: Page, name: 'History…' | 'Projects…'): Promise<Locator> {
  await page.getByRole('button', { name: 'Export', exact: true }).click();
  await page.getByRole('menuitem', { name }).click();
  return page.getByRole('dialog', { name: name.replace('…', '') });
}

/** Edits the policy and waits for what it decides. */
async function edit(playground: Playground, limit: number, allowed: number): Promise<void> {
  await playground.setPolicy(pretty(seedPolicy(limit)));
  await playground.expectRun({ state: 'done', allowed });
}

async function textOf(download: Download): Promise<string> {
  return readFile(await download.path(), 'utf8');
}

test('two tabs never clobber each other, and each comes back to its own', async ({ playground, page }) => {
  await playground.openDecided();
  await edit(playground, 10, 40);
  const other = new Playground(await page.context().newPage());
  await other.openDecided();
  await other.expectRun({ allowed: 40 });
  await edit(other, 7, 28);
  await edit(playground, 9, 36);
  await other.page.reload();
  await other.expectRun({ state: 'done', allowed: 28 });
  await page.reload();
  await playground.expectRun({ state: 'done', allowed: 36 });
  const projects = await fromMenu(page, 'Projects…');
  await expect(projects.getByRole('listitem')).toHaveCount(2);
  await expect(projects.getByRole('listitem').filter({ hasText: 'open in another tab' })).toHaveCount(1);
  await other.page.close();
  await page.close();
});

test('a version of the history is shown line by line, restored, and taken back', async ({ playground, page }) => {
  await playground.openDecided();
  await edit(playground, 10, 40);
  const history = await fromMenu(page, 'History…');
  const versions = history.getByRole('list', { name: 'Versions' }).getByRole('button');
  await expect(versions).toHaveCount(2);
  await expect(versions.first()).toContainText(/Policy: \d+ lines? added, \d+ lines? removed/);
  await expect(history.getByRole('region', { name: 'Changes to the policy' })).toBeVisible();
  await versions.last().click();
  await expect(versions.last()).toHaveAttribute('aria-pressed', 'true');
  await expect(versions.last()).toContainText('First version');
  await history.getByRole('button', { name: 'Restore' }).click();
  await playground.expectRun({ state: 'done', allowed: 80 });
  await page.getByRole('button', { name: 'Bring back' }).click();
  await playground.expectRun({ state: 'done', allowed: 40 });
  const after = await fromMenu(page, 'History…');
  await expect(after.getByRole('list', { name: 'Versions' }).getByRole('button')).toHaveCount(4);
});

test('projects are begun, renamed, opened and deleted', async ({ playground, page }) => {
  await playground.openDecided();
  await edit(playground, 10, 40);
  await (await fromMenu(page, 'Projects…')).getByRole('button', { name: 'New project' }).click();
  await playground.expectRun({ state: 'done', allowed: 80 });
  const projects = await fromMenu(page, 'Projects…');
  await expect(projects.getByRole('listitem')).toHaveCount(2);
  const older = projects.getByRole('listitem').last();
  await older.getByRole('button', { name: 'Rename' }).click();
  await older.getByRole('textbox', { name: 'Name' }).fill('Ten tickets');
  await page.keyboard.press('Enter');
  await projects.getByRole('listitem', { name: 'Ten tickets' }).getByRole('button', { name: 'Open' }).click();
  await playground.expectRun({ state: 'done', allowed: 40 });
  const again = await fromMenu(page, 'Projects…');
  const begun = again.getByRole('listitem').filter({ hasNotText: 'Ten tickets' });
  await begun.getByRole('button', { name: 'Delete' }).click();
  await begun.getByRole('button', { name: 'Delete' }).click();
  await expect(again.getByRole('listitem')).toHaveCount(1);
  await page.reload();
  await playground.expectRun({ state: 'done', allowed: 40 });
});

test('everything goes into one file and comes back beside what is there', async ({ playground, page }) => {
  await playground.openDecided();
  await edit(playground, 10, 40);
  const projects = await fromMenu(page, 'Projects…');
  const saving = page.waitForEvent('download');
  await projects.getByRole('button', { name: 'Export all' }).click();
  const download = await saving;
  expect(download.suggestedFilename()).toBe('policy-playground-all.json');
  const text = await textOf(download);
  const file = (content: string) => ({
    name: 'policy-playground-all.json',
    mimeType: 'application/json',
    buffer: Buffer.from(content),
  });
  const picker = projects.getByLabel('File of projects');
  await picker.setInputFiles(file(text.slice(0, -40)));
  await expect(projects.getByRole('status')).toContainText('not whole JSON');
  await expect(projects.getByRole('listitem')).toHaveCount(1);
  await projects.getByRole('button', { name: 'Clear all data…' }).click();
  await projects.getByRole('button', { name: 'Clear all data', exact: true }).click();
  await expect(projects.getByRole('listitem')).toHaveCount(0);
  await page.reload();
  await playground.expectRun({ state: 'done', allowed: 80 });
  await page.getByLabel('File to import').setInputFiles(file(text));
  await expect(page.getByRole('alert').filter({ hasText: '1 project with 2 versions added' })).toBeVisible();
  const back = await fromMenu(page, 'Projects…');
  await back.getByRole('button', { name: 'Open' }).click();
  await playground.expectRun({ state: 'done', allowed: 40 });
});

test('cleared data is gone from every storage', async ({ playground, page }) => {
  await playground.openDecided();
  await edit(playground, 10, 40);
  const projects = await fromMenu(page, 'Projects…');
  await projects.getByRole('button', { name: 'Clear all data…' }).click();
  await projects.getByRole('button', { name: 'Keep everything' }).click();
  await expect(projects.getByRole('listitem')).toHaveCount(1);
  await projects.getByRole('button', { name: 'Clear all data…' }).click();
  await projects.getByRole('button', { name: 'Clear all data', exact: true }).click();
  await expect(projects.getByRole('status')).toContainText('All data is cleared');
  expect(await page.evaluate(() => [localStorage.length, sessionStorage.length])).toEqual([0, 0]);
  await page.reload();
  await playground.expectRun({ state: 'done', allowed: 80 });
});

test('storage that is forbidden is said once and the page goes on', async ({ playground, page }) => {
  await page.addInitScript(() => {
    const refuse = (): never => {
      throw new DOMException('forbidden', 'SecurityError');
    };
    for (const name of ['localStorage', 'sessionStorage', 'indexedDB']) {
      Object.defineProperty(window, name, { get: refuse });
    }
  });
  await playground.openDecided();
  await edit(playground, 10, 40);
  const said = page.getByRole('status').filter({ hasText: 'does not let this page save' });
  await expect(said).toBeVisible();
  await said.getByRole('button', { name: 'Dismiss' }).click();
  await edit(playground, 9, 36);
  await expect(said).toBeHidden();
  const projects = await fromMenu(page, 'Projects…');
  await expect(projects.getByRole('status')).toContainText('does not let this page reach its storage');
});

test('an edit right before the page is left is there again, and in the history', async ({ playground, page }) => {
  await playground.openDecided();
  await playground.setPolicy(pretty(seedPolicy(10)));
  await page.reload();
  await playground.expectRun({ state: 'done', allowed: 40 });
  const history = await fromMenu(page, 'History…');
  await expect(history.getByRole('list', { name: 'Versions' }).getByRole('button').first()).toBeVisible();
});

test('a link opens on its tab, call, moment and lines, and gives them on', async ({ playground, page, browser }) => {
  await playground.openDecided(fragment(seedPolicy(7), burst(100)));
  await playground.explain(9);
  await playground.editor.focus();
  await page.keyboard.press('ControlOrMeta+Home');
  for (let line = 0; line < 3; line++) await page.keyboard.press('Shift+ArrowDown');
  const link = await playground.shareLink();
  const dialog = page.getByRole('dialog', { name: 'Share' });
  await expect(dialog.getByRole('region', { name: 'What it holds' })).toContainText(
    'Tab Audit log, call 9, lines 1 to 3',
  );
  const stranger = new Playground(await (await browser.newContext()).newPage());
  await stranger.page.goto(link);
  await expect(stranger.tab('Audit log')).toHaveAttribute('aria-selected', 'true');
  await expect(stranger.explanation).toHaveAccessibleName(/^Call 9\b/);
  const again = await stranger.shareLink();
  expect(again).toBe(link);
  await dialog.getByRole('checkbox', { name: 'Open on what is in view' }).uncheck();
  const field = dialog.getByRole('textbox', { name: /link/i });
  await expect(field).not.toHaveValue(link);
  await expect(dialog.getByRole('region', { name: 'What it holds' })).not.toContainText('call 9');
  await stranger.page.context().close();
});
