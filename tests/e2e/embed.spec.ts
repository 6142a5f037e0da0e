import type { FrameLocator, Page } from '@playwright/test';
import { burst, fragment, pretty, seedPolicy } from './documents.ts';
import { docsPage, serve } from './host-pages.ts';
import { expect, expectDone, test } from './host-test.ts';

const elements = (page: Page) => page.locator('policy-playground iframe');
const run = (frame: FrameLocator) => frame.locator('[data-part="run"]');
const link = fragment(seedPolicy(10), burst(100));
const element = (playground: string, attributes = '') =>
  `<script src="${playground}embed.js" defer></script><policy-playground src="${playground}${link}" ${attributes}></policy-playground>`;
const framed = (playground: string, query = '', attributes = '') =>
  `<iframe width="720" height="420" src="${playground}?embed${query}${link}" ${attributes}></iframe>`;

/** A frame beside the embed that runs a line of script. */
const other = (script: string) => `<iframe srcdoc="<script>${script}</script>"></iframe>`;
const PRETEND =
  "onmessage = ({ data }) => data === 'go' ? parent.postMessage({ source: 'policy-playground', type: 'ready', v: 1 }, '*') : (document.title = 'answered')";

test('the height follows the content between its bounds, and themes follow the page', async ({
  page,
  playground,
  open,
}) => {
  await open(element(playground) + framed(playground, '&theme=light'));
  const frame = page.frameLocator('policy-playground iframe');
  await expectDone(frame, 20);
  const height = async (): Promise<number> => (await elements(page).boundingBox())?.height ?? 0;
  const before = await height();
  expect(before).toBeGreaterThanOrEqual(320);
  await frame.getByRole('button', { name: /^1 / }).click();
  await expect(frame.getByRole('region', { name: 'Call 1' })).toBeVisible();
  await expect.poll(height).toBeGreaterThan(before);
  expect(await height()).toBeLessThanOrEqual(720);
  await expect(frame.getByRole('button', { name: 'Down' })).toBeHidden();
  await frame.getByRole('button', { name: /^1 / }).click();
  await expect.poll(height).toBe(before);
  await expect(frame.locator('html')).toHaveAttribute('data-theme', 'light');
  await page.evaluate(() => (document.documentElement.dataset['theme'] = 'dark'));
  await expect(frame.locator('html')).toHaveAttribute('data-theme', 'dark');
  await page.locator('policy-playground').evaluate((node) => node.setAttribute('theme', 'light'));
  await expect(frame.locator('html')).toHaveAttribute('data-theme', 'light');
  await expect(page.locator('iframe[src*="theme=light"]').last().contentFrame().locator('html')).toHaveAttribute(
    'data-theme',
    'light',
  );
});

test('the element hears its own frame only', async ({ page, playground, open }) => {
  await open(element(playground) + other(PRETEND));
  await expectDone(page.frameLocator('policy-playground iframe'), 20);
  const before = (await elements(page).boundingBox())?.height;
  const answered = await page.evaluate(async () => {
    const pretender = frames[0]!;
    for (let turn = 0; turn < 2; turn++) {
      const reached = new Promise((resolve) => addEventListener('message', resolve, { once: true }));
      pretender.postMessage('go', '*');
      await reached;
    }
    return pretender.document.title;
  });
  expect(answered).toBe('');
  expect((await elements(page).boundingBox())?.height).toBe(before);
});

test('parameters come from their lists; what is wrong is named, and a narrow frame folds the policy', async ({
  page,
  playground,
  open,
}) => {
  await open(framed(playground, '&theme=pink&view=all&run=click&readonly=0').replace('720', '360'));
  const frame = page.frameLocator('iframe');
  await expect(frame.locator('html')).toHaveAttribute('data-embed-error', 'theme view');
  await expect(frame.locator('html')).toHaveAttribute('data-app', 'ready');
  await expect(run(frame)).toHaveAttribute('data-state', 'idle');
  await expect(frame.getByRole('list', { name: 'Policy' })).toBeHidden();
  await frame.getByText('Policy', { exact: true }).click();
  await frame.getByRole('button', { name: 'Edit' }).click();
  await frame.getByRole('textbox', { name: 'Policy' }).fill(pretty(seedPolicy(20)));
  await frame.getByRole('button', { name: 'Run', exact: true }).click();
  await expectDone(frame, 40);
});

test('an example that is not there is named, and one line of half a megabyte is cut', async ({
  page,
  playground,
  open,
}) => {
  const line = fragment(`{"version":"${'\u202e<b>'.repeat(120_000)}"}`, burst(3));
  await open(
    `<iframe src="${playground}?embed&example=none"></iframe><iframe width="720" src="${playground}?embed${line}"></iframe>`,
  );
  await expect(page.frameLocator('iframe >> nth=0').locator('html')).toHaveAttribute('data-embed-error', 'example');
  const long = page.frameLocator('iframe >> nth=1');
  await expect(long.locator('html')).toHaveAttribute('data-app', 'ready');
  await expect(long.getByText(/and [\d,]+ more characters, in the playground/)).toBeAttached();
  await expect(long.getByRole('list', { name: 'Policy' })).toContainText('‹U+202E›<b>');
});

test('“Open in playground” opens the same decisions in a tab, from a sandbox too', async ({
  page,
  playground,
  browser,
}) => {
  const plain = await browser.newPage();
  const host = await serve(docsPage(framed(playground, '', 'sandbox="allow-scripts allow-popups"')));
  await plain.goto(host.url);
  const frame = plain.frameLocator('iframe');
  await expectDone(frame, 20);
  const digest = await run(frame).getAttribute('data-digest');
  const opened = plain.waitForEvent('popup');
  await frame.getByRole('link', { name: 'Open in playground' }).click();
  const tab = await opened;
  await expect(tab.locator('[data-part="run"]')).toHaveAttribute('data-digest', digest ?? '');
  await expect(tab.getByRole('region', { name: 'Scenario', exact: true })).toBeVisible();
  await plain.close();
  host.close();
  await page.close();
});

test('the dialog gives the text that embeds what is on screen', async ({ page, playground }) => {
  await page.goto(`${playground}${link}`);
  await expect(page.locator('[data-part="run"]')).toHaveAttribute('data-state', 'done');
  await page.getByRole('button', { name: 'Embed', exact: true }).click();
  const text = page.getByRole('dialog').getByRole('textbox', { name: 'Text to embed' });
  const snippets: string[] = [];
  for (const form of ['Markdown', '<iframe>', '<policy-playground>']) {
    await page.getByRole('dialog').getByRole('button', { name: form, exact: true }).click();
    await expect(page.getByRole('button', { name: `Copy as ${form}` })).toBeVisible();
    snippets.push(await text.inputValue());
  }
  expect(snippets[0]).toContain(`](${playground}#v1.`);
  const host = await serve(docsPage(snippets.slice(1).join('')));
  await page.goto(host.url);
  await expectDone(page.locator('iframe[sandbox]').first().contentFrame(), 20);
  await expectDone(page.frameLocator('policy-playground iframe'), 20);
  host.close();
});
