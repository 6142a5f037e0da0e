import { expect, test as base, type FrameLocator, type Page } from '@playwright/test';
import { burst, fragment, pretty, seedPolicy } from './documents.ts';
import { docsPage, readmeBlocks, serve } from './host-pages.ts';

/** Opens a page of another origin; the test fails when anything logs an error, or when storage of any kind is asked for. */
const test = base.extend<{ playground: string; open: (body: string, script?: string) => Promise<void> }>({
  playground: async ({ baseURL }, use) => use(baseURL ?? ''),
  open: async ({ page }, use) => {
    const errors: string[] = [];
    const servers: { close(): void }[] = [];
    page.on('pageerror', (error) => errors.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') errors.push(message.text());
    });
    await page.addInitScript(watchStorage);
    await use(async (body, script) => {
      const host = await serve(docsPage(body, script));
      servers.push(host);
      await page.goto(host.url);
    });
    for (const server of servers) server.close();
    expect(errors).toEqual([]);
  },
});

/** Runs in every frame: whoever reaches for storage, a cookie or a service worker is told on. */
function watchStorage(): void {
  const tell = (name: string): never => {
    console.error(`storage touched: ${name} in ${location.pathname}${location.search}`);
    throw new Error(name);
  };
  for (const name of ['localStorage', 'sessionStorage', 'indexedDB', 'caches', 'cookieStore']) {
    Object.defineProperty(window, name, { get: () => tell(name) });
  }
  Object.defineProperty(navigator, 'serviceWorker', { get: () => tell('serviceWorker') });
  Object.defineProperty(document, 'cookie', { get: () => tell('cookie'), set: () => tell('cookie') });
  document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => {
    console.error(`against the content security policy: ${violatedDirective} ${blockedURI}`);
  });
}

const elements = (page: Page) => page.locator('policy-playground iframe');
const run = (frame: FrameLocator) => frame.locator('[data-part="run"]');
const link = fragment(seedPolicy(10), burst(100));
const element = (playground: string, attributes = '') =>
  `<script src="${playground}embed.js" defer></script><policy-playground src="${playground}${link}" ${attributes}></policy-playground>`;
const framed = (playground: string, query = '', attributes = '') =>
  `<iframe width="720" height="420" src="${playground}?embed${query}${link}" ${attributes}></iframe>`;

/** A frame beside the embed that runs a line of script. */
const other = (script: string) => `<iframe srcdoc="<script>${script}</script>"></iframe>`;
const PASS_ON = "onmessage = ({ data, ports }) => parent.frames[0].postMessage(data, '*', [...ports])";
const PRETEND =
  "onmessage = ({ data }) => data === 'go' ? parent.postMessage({ source: 'policy-playground', type: 'ready', v: 1 }, '*') : (document.title = 'answered')";

async function expectDone(frame: FrameLocator, allowed: number): Promise<void> {
  await expect(run(frame)).toHaveAttribute('data-state', 'done');
  await expect(run(frame)).toHaveAttribute('data-allowed', String(allowed));
}

test('three embeds of the guide decide; focus and scroll of the page stay, and the wheel is the page’s', async ({
  page,
  playground,
  open,
}) => {
  const [own = '', locked = ''] = readmeBlocks('Embed it', 'html', playground);
  await open(`${locked}${own}${framed(playground)}`, "document.getElementById('search').focus()");
  const frames = [
    page.locator('iframe[sandbox]').first().contentFrame(),
    page.frameLocator('policy-playground iframe'),
  ];
  const [sandboxed, inElement] = [frames[0]!, frames[1]!];
  await expectDone(sandboxed, 20);
  await inElement.locator('html').scrollIntoViewIfNeeded();
  await page.evaluate(() => scrollTo(0, 0));
  await expectDone(inElement, 40);
  await expectDone(page.frameLocator('iframe:not([sandbox])'), 20);
  expect(await page.evaluate(() => [document.activeElement?.id, scrollY])).toEqual(['search', 0]);
  for (const box of [page.locator('iframe[sandbox]').first(), elements(page)]) {
    await page.evaluate(() => scrollTo(0, 0));
    const { x = 0, y = 0, width = 0 } = (await box.boundingBox()) ?? {};
    await page.mouse.move(x + width / 4, y + 100);
    await page.mouse.wheel(0, 240);
    await expect.poll(() => page.evaluate(() => scrollY)).toBe(240);
  }
  expect(await page.evaluate(() => document.activeElement?.id)).toBe('search');
});

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

test('a host that answers as the guide says is told, and may ask; nobody else is, and nonsense is not answered', async ({
  page,
  playground,
  open,
}) => {
  const [host = ''] = readmeBlocks('Embed it', 'js', playground);
  await open(framed(playground, '&theme=light', 'sandbox="allow-scripts"') + other(PASS_ON), host);
  const frame = page.locator('iframe').first().contentFrame();
  await expectDone(frame, 20);
  await expect(page.locator('iframe').first()).toHaveAttribute('data-allowed', '20');
  await expect(frame.locator('html')).toHaveAttribute('data-theme', 'dark');
  const heard = await page.evaluate(async (link) => {
    const target = frames[0]!;
    const said: unknown[] = [];
    const connect = { source: 'policy-playground-host', type: 'connect', v: 1 };
    const offer = (to: Window, message: unknown, ports = 1): void => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = ({ data }) => said.push(data);
      port1.postMessage({ type: 'set-theme', theme: 'light' });
      to.postMessage(message, '*', ports === 0 ? [] : [port2]);
    };
    // why: the other frame passes it on, so it comes from there.
    offer(frames[1]!, connect);
    for (const wrong of [null, 'connect', { ...connect, v: 2 }, { ...connect, more: 1 }, { ...connect, source: 'x' }]) {
      offer(target, wrong);
    }
    offer(target, connect, 0);
    const told = await new Promise<unknown>((resolve) => {
      const { port1, port2 } = new MessageChannel();
      const nonsense = [null, 7, {}, { type: 'eval' }, { type: 'set-theme', theme: 'pink' }, { type: 'load', link: 5 }];
      for (const message of [...nonsense, { type: 'load', link: { v: 1 } }, { type: 'run', more: 1 }]) {
        port1.postMessage(message);
      }
      port1.postMessage({ type: 'load', link });
      port1.onmessage = ({ data }: MessageEvent<{ type: string; calls: number }>) => {
        if (data.type === 'run' && data.calls === 3) resolve(data);
      };
      target.postMessage(connect, '*', [port2]);
    });
    return { said, told };
  }, sent);
  expect(heard.said).toEqual([]);
  expect(heard.told).toMatchObject({ type: 'run', calls: 3, allowed: 2, denied: 1, approvals: 0 });
  await expect(frame.locator('html')).toHaveAttribute('data-theme', 'dark');
  await expect(frame.getByRole('link', { name: 'Open in playground' })).toHaveAttribute('href', /^[^?]*#v1\./);
});

const sent = {
  v: 1,
  engine: '0.1.0',
  policy: { dialect: 'policylayer', text: pretty(seedPolicy(2)) },
  scenario: burst(3, '1s'),
};

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

test('without scripts a useful link is left', async ({ browser, playground }) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  const [own = ''] = readmeBlocks('Embed it', 'html', playground);
  const host = await serve(docsPage(own));
  await page.goto(host.url);
  await expect(page.getByRole('link', { name: 'Open the policy playground' })).toHaveAttribute('href', playground);
  await context.close();
  host.close();
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
