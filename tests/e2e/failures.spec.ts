import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { burst, fragment, longRun, pretty, seedPolicy } from './documents.ts';
import { expect, test } from './test.ts';

const EDITED = pretty(seedPolicy(7));
const AGAIN = pretty(seedPolicy(9));

/** Scripts that a page in trouble does not get. */
async function refuseScripts(page: Page, loaded: () => boolean): Promise<void> {
  await page.route('**/*.js', (route) => (loaded() ? route.abort() : route.continue()));
}

test.describe('scripts that cannot be fetched', () => {
  test.use({ expectedErrors: [/Failed to load resource|net::ERR_FAILED/] });

  test('without the code editor the plain one stays, with everything written in it', async ({ playground, page }) => {
    await page.route('**/assets/full-editor-*.js', (route) => route.abort());
    await playground.openDecided();
    await expect(page.getByText('The full editor could not be loaded. Everything else works.')).toBeVisible();
    await playground.setPolicy(EDITED);
    await playground.expectRun({ state: 'done', allowed: 28 });
    expect(await playground.policyText()).toBe(EDITED);
  });

  test('parts that cannot be fetched say so, and the text is kept', async ({ playground, page }) => {
    let offline = false;
    await refuseScripts(page, () => offline);
    await playground.openDecided();
    await playground.setPolicy(EDITED);
    await playground.expectRun({ state: 'done', allowed: 28 });
    offline = true;
    await page.getByRole('button', { name: /^Example/ }).click();
    await expect(page.getByText(/could not be loaded/).first()).toBeVisible();
    await page.getByRole('button', { name: 'Commands' }).click();
    await expect(page.getByRole('alert').filter({ hasText: 'your work is kept' })).toBeVisible();
    await playground.openTab('Compare');
    await expect(playground.results.getByText(/could not be loaded/)).toBeVisible();
    expect(await playground.policyText()).toBe(EDITED);
    await playground.setPolicy(AGAIN);
    await playground.expectRun({ state: 'done', allowed: 36 });
  });

  test('a load that breaks off leaves words and the work for the next visit', async ({ playground, page }) => {
    await playground.openDecided();
    await playground.setPolicy(EDITED);
    await playground.expectRun({ state: 'done', allowed: 28 });
    await page.reload();
    await playground.expectRun({ state: 'done', allowed: 28 });
    await page.route('**/assets/*.js', (route) => route.abort());
    await page.reload();
    await expect(page.getByText('Reload the page to try again; saved work is kept.')).toBeVisible();
    await page.unroute('**/assets/*.js');
    await page.reload();
    await playground.expectRun({ state: 'done', allowed: 28 });
    expect(await playground.policyText()).toBe(EDITED);
  });
});

test('leaving in the middle of a run keeps what was written', async ({ playground, page }) => {
  await playground.open(fragment(seedPolicy(), longRun()));
  await expect(playground.cancelButton).toBeVisible();
  await playground.setPolicy(EDITED);
  await page.goto('about:blank');
  await page.goBack();
  await expect(playground.html).toHaveAttribute('data-app', 'ready');
  await expect(playground.cancelButton).toBeVisible();
  await playground.cancelButton.click();
  await playground.expectRun({ state: 'done' });
  expect(await playground.policyText()).toBe(EDITED);
});

test('storage that is full is said once, and the page goes on', async ({ playground, page }) => {
  await page.addInitScript(() => {
    const refuse = (): never => {
      throw new DOMException('full', 'QuotaExceededError');
    };
    Storage.prototype.setItem = refuse;
    IDBObjectStore.prototype.put = refuse;
    IDBObjectStore.prototype.add = refuse;
  });
  await playground.openDecided();
  await playground.setPolicy(EDITED);
  await playground.expectRun({ state: 'done', allowed: 28 });
  const said = page.getByRole('status').filter({ hasText: 'storage is full, so your work is not saved here' });
  await expect(said).toBeVisible();
  await said.getByRole('button', { name: 'Dismiss' }).click();
  await playground.setPolicy(AGAIN);
  await playground.expectRun({ state: 'done', allowed: 36 });
  await expect(said).toBeHidden();
  expect(await playground.policyText()).toBe(AGAIN);
});

test('a clock that jumps while the page is open changes nothing', async ({ playground, page }) => {
  await page.clock.setFixedTime(new Date('2026-03-01T00:00:00Z'));
  await playground.openDecided();
  const digest = await playground.digest();
  await page.clock.setFixedTime(new Date('2001-01-01T00:00:00Z'));
  await playground.runButton.click();
  await playground.expectRun({ state: 'done', allowed: 80 });
  await page.clock.setFixedTime(new Date('2038-01-20T00:00:00Z'));
  await playground.setPolicy(EDITED);
  await playground.expectRun({ state: 'done', allowed: 28 });
  await playground.setPolicy(pretty(seedPolicy()));
  await playground.expectRun({ state: 'done', allowed: 80 });
  expect(await playground.digest()).toBe(digest);
});

test('a browser that cannot pack links says so and offers a file', async ({ playground, page }) => {
  await page.addInitScript(() => {
    Reflect.deleteProperty(globalThis, 'CompressionStream');
  });
  await playground.openDecided();
  await playground.shareButton.click();
  const dialog = page.getByRole('dialog', { name: 'Share' });
  await expect(dialog).toContainText('It lacks CompressionStream');
  await expect(dialog).not.toContainText('Making the link');
  const saving = page.waitForEvent('download');
  await dialog.getByRole('button', { name: 'Save as file' }).click();
  const path = await (await saving).path();
  expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject({ v: 1, policy: { dialect: 'policylayer' } });
});

test('a browser that cannot unpack links says so and gives the text of the link', async ({ playground, page }) => {
  await page.addInitScript(() => {
    Reflect.deleteProperty(globalThis, 'DecompressionStream');
  });
  await playground.openDecided(fragment(seedPolicy(7), burst(10)));
  await expect(playground.html).toHaveAttribute('data-link-error', 'unsupported');
  await expect(playground.linkAlert).toContainText('It lacks DecompressionStream');
  await playground.expectRun({ calls: 133 });
});

/** What the dialog of projects says where the browser's database is of no use. */
async function expectNoProjects(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Export', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Projects…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Projects' });
  await expect(dialog.getByRole('status')).toHaveText(/does not let this page reach its storage/);
  await expect(dialog).not.toContainText(/No projects yet|Looking for projects/);
}

test('a database that is refused is said once, and nothing else', async ({ playground, page }) => {
  await page.addInitScript(() => {
    IDBFactory.prototype.open = () => {
      throw new DOMException('refused', 'SecurityError');
    };
  });
  await playground.openDecided();
  await expectNoProjects(page);
});

test('a database that never answers is waited for, then said to be out of reach', async ({ playground, page }) => {
  await page.addInitScript(() => {
    IDBFactory.prototype.open = () => new EventTarget() as IDBOpenDBRequest;
  });
  await playground.openDecided();
  await expectNoProjects(page);
});

/** Holds back files until the function it gives is called. */
async function holdBack(page: Page, files: RegExp): Promise<() => void> {
  let release: () => void = () => undefined;
  const released = new Promise<void>((resolve) => (release = resolve));
  await page.route(files, async (route) => {
    await released;
    await route.continue();
  });
  return release;
}

test('a slow network shows what is awaited, never an empty page', async ({ playground, page }) => {
  const giveWorker = await holdBack(page, /assets\/engine\.worker-.*\.js/);
  const givePage = await holdBack(page, /assets\/(?!engine\.worker)[^/]*\.js/);
  await page.goto('./', { waitUntil: 'commit' });
  await expect(page.getByText('Policy Playground is loading.')).toBeVisible();
  givePage();
  await expect(playground.results.getByText('Deciding the calls.')).toBeVisible();
  await expect(page.getByText('Policy Playground is loading.')).toBeHidden();
  giveWorker();
  await playground.expectRun({ state: 'done', allowed: 80 });
  await expect(page.getByText('Deciding the calls.')).toBeHidden();
});

test('locks that never answer keep nothing back: the page opens, and its projects', async ({ playground, page }) => {
  await playground.openDecided();
  await playground.setPolicy(EDITED);
  await playground.expectRun({ state: 'done', allowed: 28 });
  await page.addInitScript(() => {
    LockManager.prototype.request = () => new Promise(() => undefined);
    LockManager.prototype.query = () => new Promise(() => undefined);
  });
  await page.reload();
  await playground.expectRun({ state: 'done', allowed: 28 });
  await page.getByRole('button', { name: 'Export', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Projects…' }).click();
  await expect(page.getByRole('list', { name: 'Projects' }).getByRole('listitem')).toHaveCount(1);
});
