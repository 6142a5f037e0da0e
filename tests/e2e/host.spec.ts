import type { FrameLocator, Locator, Page } from '@playwright/test';
import { burst, pretty, seedPolicy } from './documents.ts';
import { publishedBlocks, serveSite, siteFile } from './host-pages.ts';
import { expect, expectDone, test } from './host-test.ts';

const PAGE = 'guides/missing-arguments/';

/** The three embeds of the page: the element's frame, the one with an origin of its own, the locked one. */
const boxes = (page: Page): readonly [Locator, Locator, Locator] => [
  page.locator('policy-playground iframe'),
  page.locator('iframe#talked'),
  page.getByTitle('A policy and its decisions'),
];
const frames = (page: Page): readonly FrameLocator[] => boxes(page).map((box) => box.contentFrame());

/** All three have decided, as the words around them say. */
async function expectAllDone(page: Page): Promise<void> {
  const [element, talked, locked] = frames(page);
  await expectDone(element!, 40);
  await expectDone(talked!, 80);
  await expectDone(locked!, 20);
}

/** Notes every time the page scrolls or something of it takes the focus, from before the first script on. */
function watchMoves(): void {
  const moves: string[] = [];
  Object.defineProperty(globalThis, 'moves', { value: moves });
  document.addEventListener('scroll', () => moves.push(`scrolled to ${scrollY}`), true);
  document.addEventListener('focusin', ({ target }) => moves.push(`focus on ${(target as Element).id}`));
}
const moves = (page: Page): Promise<unknown> => page.evaluate(() => Reflect.get(globalThis, 'moves') as unknown);

/** How high the content of a frame asks to be, and how high the frame is. */
async function heights(box: Locator): Promise<{ frame: number; cutOff: boolean }> {
  const { height = 0 } = (await box.boundingBox()) ?? {};
  const down = box.contentFrame().getByRole('button', { name: 'Down' });
  return { frame: height, cutOff: (await down.filter({ visible: true }).count()) > 0 };
}

// why: high enough that all three are near the screen without a scroll.
test.use({ viewport: { width: 1440, height: 2200 } });

const squeezed = (text: string): string => text.replace(/\s+/g, '');

test('the page holds the snippets as they are published', () => {
  const page = squeezed(siteFile(`${PAGE}index.html`));
  const published = ['The element', 'The frame', 'Talk to a frame yourself'].flatMap((section) => [
    ...publishedBlocks(section, 'html'),
    ...publishedBlocks(section, 'js'),
  ]);
  expect(published).toHaveLength(4);
  for (const block of published) expect(page).toContain(squeezed(block));
});

test('three embeds decide while focus and scroll of the page stay; the wheel is the page’s over each', async ({
  page,
  openSite,
}) => {
  await page.addInitScript(watchMoves);
  await openSite(PAGE);
  await expectAllDone(page);
  await expect(page.locator('policy-playground')).toHaveAttribute('data-allowed', '40');
  expect(await moves(page)).toEqual(['focus on search']);
  let scrolled = 0;
  for (const box of boxes(page)) {
    const { x = 0, y = 0, width = 0 } = (await box.boundingBox()) ?? {};
    await page.mouse.move(x + width / 4, y + 120);
    await page.mouse.wheel(0, 60);
    scrolled += 60;
    await expect.poll(() => page.evaluate(() => scrollY)).toBe(scrolled);
  }
  expect(await page.evaluate(() => document.activeElement?.id)).toBe('search');
});

test('heights follow the content where a script listens, and stay where none does', async ({ page, openSite }) => {
  await openSite(PAGE);
  await expectAllDone(page);
  const [element, talked, locked] = boxes(page);
  for (const box of [element, talked]) {
    await expect.poll(() => heights(box)).toMatchObject({ cutOff: false });
    const before = (await heights(box)).frame;
    expect(before).toBeGreaterThanOrEqual(320);
    await box.contentFrame().getByRole('button', { name: /^1 / }).click();
    await expect(box.contentFrame().getByRole('region', { name: 'Call 1' })).toBeVisible();
    await expect.poll(async () => (await heights(box)).frame).toBeGreaterThan(before);
    expect((await heights(box)).frame).toBeLessThanOrEqual(720);
  }
  expect((await heights(locked)).frame).toBe(420);
});

test('themes follow the page, the port, and the address', async ({ page, openSite }) => {
  await openSite(PAGE);
  await expectAllDone(page);
  const shown = (): Promise<(string | null)[]> =>
    Promise.all(frames(page).map((frame) => frame.locator('html').getAttribute('data-theme')));
  await expect.poll(shown).toEqual(['light', 'dark', 'light']);
  await page.getByRole('button', { name: 'Change theme' }).click();
  await expect.poll(shown).toEqual(['dark', 'dark', 'light']);
  await page.getByRole('button', { name: 'Change theme' }).click();
  await expect.poll(shown).toEqual(['light', 'dark', 'light']);
});

const SENT = {
  v: 1,
  engine: '0.1.0',
  policy: { dialect: 'policylayer', text: pretty(seedPolicy(2)) },
  scenario: burst(3, '1s'),
};

/**
 * Offers ports to the frame in every wrong way, then in the right one. Gives what the wrong ports heard, and what the
 * right one was told after it had sent nonsense and content.
 */
async function offerPorts(link: object): Promise<{ said: unknown[]; told: unknown }> {
  const frame = document.getElementById('talked');
  const target = frame instanceof HTMLIFrameElement ? frame.contentWindow : null;
  if (target === null) throw new Error('no frame');
  const stranger = document.createElement('iframe');
  stranger.srcdoc =
    "<script>onmessage = ({ data, ports }) => parent.frames[0].postMessage(data, '*', [...ports])</script>";
  await new Promise((ready) => {
    stranger.addEventListener('load', ready);
    document.body.append(stranger);
  });
  const said: unknown[] = [];
  const connect = { source: 'policy-playground-host', type: 'connect', v: 1 };
  const offer = (to: Window | null, message: unknown, ports = 1): void => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }) => said.push(data);
    port1.postMessage({ type: 'set-theme', theme: 'light' });
    to?.postMessage(message, '*', ports === 0 ? [] : [port2]);
  };
  offer(stranger.contentWindow, connect);
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
}

test('a host that answers as published is told and may ask; a wrong source and malformed messages are refused', async ({
  page,
  openSite,
}) => {
  await openSite(PAGE);
  await expectAllDone(page);
  const talked = page.locator('iframe#talked');
  await expect(talked).toHaveAttribute('data-allowed', '80');
  const html = talked.contentFrame().locator('html');
  await expect(html).toHaveAttribute('data-theme', 'dark');
  const { said, told } = await page.evaluate(offerPorts, SENT);
  expect(said).toEqual([]);
  expect(told).toMatchObject({ type: 'run', calls: 3, allowed: 2, denied: 1, approvals: 0 });
  await expect(html).toHaveAttribute('data-theme', 'dark');
  const whole = talked.contentFrame().getByRole('link', { name: 'Open in playground' });
  await expect(whole).toHaveAttribute('href', /^[^?]*#v1\./);
});

test('without scripts a useful link is left', async ({ browser, playground }) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  const host = await serveSite(playground);
  await page.goto(host.url + PAGE);
  await expect(page.getByRole('link', { name: 'Open the policy playground' })).toHaveAttribute('href', playground);
  await expect(page.locator('iframe#talked').contentFrame().locator('noscript p')).toContainText(
    'needs scripts to be allowed',
  );
  await context.close();
  host.close();
});
