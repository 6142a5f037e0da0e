import { fileURLToPath } from 'node:url';
import type { Locator } from '@playwright/test';
import { readCodeExamples, readExamples, type Example } from '../../src/docs/examples.ts';
import { PAGES } from '../../src/docs/page-list.ts';
import { graveFindings } from './axe-findings.ts';
import { expect, test } from './test.ts';

const folder = fileURLToPath(new URL('../../src/docs/examples/', import.meta.url));
const examples = new Map([...(await readCodeExamples()), ...(await readExamples(folder))]);

function exampleOf(name: string | null): Example {
  const example = examples.get(name ?? '');
  if (example === undefined) throw new Error(`no example ${String(name)}`);
  return example;
}

/** Waits for the run in `html` to be decided as the example says; what has errors opens and is not decided. */
async function expectExample(html: Locator, { expected }: Example): Promise<void> {
  await expect(html).toHaveAttribute('data-link', 'opened');
  const run = html.locator('[data-part="run"]');
  const counts = (['calls', 'allowed', 'denied', 'approvals'] as const).filter((name) => expected[name] !== undefined);
  if (counts.length > 0) await expect(run).toHaveAttribute('data-state', 'done');
  for (const name of counts) await expect(run).toHaveAttribute(`data-${name}`, String(expected[name]));
}

for (const { name, words } of PAGES) {
  test(`${name}: every embed decides as its example says, and every link holds its example`, async ({
    playground,
    page,
  }) => {
    test.setTimeout(240_000);
    await page.goto(`./docs/${name}.html`);
    await expect(playground.html).toHaveAttribute('data-theme', 'light');
    const embeds = page.locator('main iframe');
    for (const embed of await embeds.all()) {
      await embed.scrollIntoViewIfNeeded();
      const html = embed.contentFrame().locator('html');
      await expect(html).toHaveAttribute('data-app', 'ready');
      const example = await embed.evaluate((node) =>
        (node.getRootNode() as ShadowRoot).host?.getAttribute('data-example'),
      );
      if (example) await expectExample(html, exampleOf(example));
      else await expect(html.locator('[data-part="run"]')).toHaveAttribute('data-state', 'done');
      await expect(html).toHaveAttribute('data-theme', 'light');
    }
    const links = await page
      .locator('main a[data-example]')
      .evaluateAll((found) => found.map((link) => [link.dataset['example'] ?? '', (link as HTMLAnchorElement).href]));
    for (const [example = '', href = ''] of links) expect(new URL(href).hash).toBe(exampleOf(example).fragment);
    await expect(page.getByRole('navigation', { name: 'Documentation' }).locator('[aria-current="page"]')).toHaveText(
      words,
    );
  });
}

test('a link of the docs opens in the whole page and decides', async ({ playground, page }) => {
  await page.goto('./docs/policy.html');
  const link = page.locator('main a[data-example]').first();
  const example = exampleOf(await link.getAttribute('data-example'));
  // why: embeds above it that grow as they load may move it from under a pointer.
  await link.press('Enter');
  await expectExample(playground.html, example);
  await expect(playground.policy).toBeVisible();
});

test('no serious axe finding in either theme, and no way sideways at any width', async ({ playground, page }) => {
  test.setTimeout(240_000);
  for (const { name } of PAGES) {
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await page.goto(`./docs/${name}.html`);
      await expect(playground.html).toHaveAttribute('data-theme', colorScheme);
      expect.soft(await graveFindings(page), `${name}, ${colorScheme}`).toEqual([]);
    }
    for (const width of [900, 320, 1440]) {
      await page.setViewportSize({ width, height: 900 });
      const sideways = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect.soft(sideways, `${name} at ${width} px`).toBe(0);
    }
  }
});

test('the choice of theme that the playground remembers is that of the docs', async ({ playground, page }) => {
  await playground.openDecided();
  await page.getByRole('button', { name: 'Dark theme' }).click();
  await expect(playground.html).toHaveAttribute('data-theme', 'dark');
  await page.goto('./docs/index.html');
  await expect(playground.html).toHaveAttribute('data-theme', 'dark');
  await expect(page.locator('main iframe').first().contentFrame().locator('html')).toHaveAttribute(
    'data-theme',
    'dark',
  );
});

test('the keyboard reaches everything, and the first stop skips to the words', async ({ page, playground }) => {
  await page.goto('./docs/hosting.html');
  await expect(playground.html).toHaveAttribute('data-theme', 'light');
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'Skip to content' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('main')).toBeFocused();
  const stops = page.locator('main :is(a, button, [tabindex="0"])');
  await expect(page.getByRole('button', { name: 'Copy Shell' })).toBeVisible();
  for (const stop of await stops.all()) {
    await page.keyboard.press('Tab');
    await expect(stop).toBeFocused();
    await expect(stop).toBeInViewport();
  }
});

test('a snippet is copied by its button', async ({ page, context, playground }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.goto('./docs/hosting.html');
  await expect(playground.html).toHaveAttribute('data-theme', 'light');
  await page.getByRole('button', { name: 'Copy Shell' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Copied' })).toBeAttached();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('npm ci\nnpm run build\n');
});

test('without scripts the words and useful links are there', async ({ browser, baseURL }) => {
  const context = await browser.newContext({ javaScriptEnabled: false, ...(baseURL ? { baseURL } : {}) });
  const page = await context.newPage();
  for (const { name, words } of PAGES) {
    await page.goto(`./docs/${name}.html`);
    await expect(page.getByRole('main').getByRole('heading', { level: 1 })).toBeVisible();
    await expect(page.getByRole('link', { name: words, exact: true }).first()).toBeVisible();
    for (const embed of await page.locator('main policy-playground').all()) {
      await expect(embed.getByRole('link').first()).toBeVisible();
      await expect(embed.getByRole('link').first()).toHaveAttribute('href', /^\.\.\/(#v1\.|$)/);
    }
  }
  await context.close();
});

test('links between the pages and to the playground lead to what they name', async ({ page, request, playground }) => {
  const asked = new Set<string>();
  for (const { name } of PAGES) {
    await page.goto(`./docs/${name}.html`);
    await expect(playground.html).toHaveAttribute('data-theme', 'light');
    const hrefs = await page
      .locator('a[href], link[href], img[src]')
      .evaluateAll((found) =>
        found.map((node) => (node instanceof HTMLImageElement ? node.src : String(Reflect.get(node, 'href')))),
      );
    const { origin } = new URL(page.url());
    for (const href of hrefs) if (href.startsWith(origin)) asked.add(href.replace(/#.*/, ''));
  }
  expect(asked.size).toBeGreaterThan(PAGES.length);
  for (const address of asked) {
    const answer = await request.get(address);
    const isPage = /(\.html|\/)$/.test(address);
    // why: the server of the build answers what it does not know with the playground.
    expect((answer.headers()['content-type'] ?? '').includes('text/html'), address).toBe(isPage);
    if (isPage)
      expect(await answer.text(), address).toContain(address.endsWith('/') ? 'id="app"' : 'aria-label="Documentation"');
  }
});
