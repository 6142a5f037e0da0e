import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { pretty, seedPolicy } from './documents.ts';
import { serveFolder } from './site-server.ts';
import type { Playground } from './playground.ts';
import { expect, test as base } from './test.ts';

const DIST = fileURLToPath(new URL(`../../${process.env['E2E_DIST'] ?? 'dist'}`, import.meta.url));

/** The built page on a plain host, under a path with a blank. */
const test = base.extend<{ site: Awaited<ReturnType<typeof serveFolder>> }>({
  site: async ({ browserName: _ }, use) => {
    const site = await serveFolder(DIST, '/tools/policy page/');
    await use(site);
    site.close();
  },
  baseURL: async ({ site }, use) => use(site.url),
});
test.use({ serviceWorkers: 'allow' });

/** Waits until the page is kept for use offline. */
async function kept({ page }: Playground): Promise<void> {
  await page.evaluate(() => navigator.serviceWorker.ready);
  await page.reload();
  await expect.poll(() => page.evaluate(() => navigator.serviceWorker.controller?.state)).toBe('activated');
}

test('any host, any path: nothing is missing, and the page opens offline with any query', async ({
  site,
  playground,
  page,
  context,
}) => {
  await playground.openDecided();
  await kept(playground);
  await playground.expectRun({ state: 'done', allowed: 80 });
  expect(site.missed).toEqual([]);
  await context.setOffline(true);
  await playground.openDecided('?example=dodged-rule');
  await playground.expectRun({ calls: 30, allowed: 20 });
  await page.goto('./?embed&theme=dark');
  await expect(playground.html).toHaveAttribute('data-theme', 'dark');
  await playground.expectRun({ state: 'done', allowed: 80 });
  await context.setOffline(false);
});

test.describe('an address that is none', () => {
  test.use({ expectedErrors: [/status of 404/] });

  test('is said by the host, also once the page is kept, and there is a way to the page', async ({
    playground,
    page,
  }) => {
    await playground.openDecided();
    await kept(playground);
    const answer = await page.goto('./nothing/here');
    expect(answer?.status()).toBe(404);
    await expect(page.getByRole('heading', { name: 'No page here' })).toBeVisible();
    await page.getByRole('link', { name: 'look one level up' }).click();
    await playground.expectRun({ state: 'done', allowed: 80 });
  });
});

test('a new version is said, taken when wanted, and loses nothing', async ({ site, playground, page }) => {
  await playground.openDecided();
  await kept(playground);
  await playground.expectRun({ state: 'done', allowed: 80 });
  const worker = readFileSync(join(DIST, 'sw.js'), 'utf8');
  const next = worker.replace(/(["']?url["']?:["']index\.html["'],["']?revision["']?:["'])\w+/, '$1next');
  expect(next).not.toBe(worker);
  site.replaced.set('sw.js', next);
  const html = readFileSync(join(DIST, 'index.html'), 'utf8');
  site.replaced.set('index.html', html.replace('<title>', '<title>Next '));
  await page.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.update());
  const said = page.getByRole('status').filter({ hasText: 'A new version of the page is ready' });
  await expect(said).toBeVisible();
  await playground.setPolicy(pretty(seedPolicy(8)));
  await said.getByRole('button', { name: 'Reload' }).click();
  await expect(page).toHaveTitle(/^Next /);
  await playground.expectRun({ state: 'done', allowed: 32 });
});
