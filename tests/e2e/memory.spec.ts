import { chromium } from '@playwright/test';
import { findChromium, LAUNCH_ARGS } from '../get-browser.mjs';
import { burst, fragment, longRun, pretty, seedPolicy } from './documents.ts';
import { engineOf, Playground } from './playground.ts';
import { expect, test } from './test.ts';

const EDITED = pretty(seedPolicy(7));
const MILLION = fragment(seedPolicy(), burst(1_000_000, '1h'));

/** From now on lists of more than 100,000 numbers of a kind find no room in the worker, as in a small device. */
async function fillMemory(playground: Playground, kind: 'Float64Array' | 'Uint32Array'): Promise<void> {
  await engineOf(playground.page).evaluate((name) => {
    const kinds: Record<string, Float64ArrayConstructor> = globalThis as never;
    kinds[name] = new Proxy(globalThis[name] as Float64ArrayConstructor, {
      construct(target, args: unknown[], newTarget) {
        if (Number(args[0]) > 100_000) throw new RangeError('Array buffer allocation failed');
        return Reflect.construct(target, args, newTarget) as object;
      },
    });
  }, kind);
}

test('a run that memory is too small for says so; work, results and worker stay', async ({ playground, page }) => {
  await playground.openDecided();
  await playground.setPolicy(EDITED);
  await playground.expectRun({ state: 'done', allowed: 28 });
  const engine = engineOf(page);
  await fillMemory(playground, 'Float64Array');
  await page.evaluate((hash) => (location.hash = hash), MILLION);
  await playground.expectRun({ state: 'failed', allowed: 28 });
  const said = page.getByRole('alert').filter({ hasText: 'This run needs more memory than the browser gives' });
  await expect(said).toContainText('Your work is kept. Run fewer calls');
  await page.getByRole('button', { name: 'Keep mine' }).click();
  await playground.expectRun({ state: 'done', allowed: 28 });
  await expect(said).toBeHidden();
  expect(await playground.policyText()).toBe(EDITED);
  expect(engineOf(page)).toBe(engine);
});

test('a view that memory is too small for says so, and everything else goes on', async ({ playground, page }) => {
  await playground.openDecided(MILLION);
  await fillMemory(playground, 'Uint32Array');
  await playground.openTab('Audit log');
  await playground.filterLog('Outcome', 'Denied');
  await expect(playground.results).toContainText('There is too little memory to show this.');
  await expect(page.getByRole('alert').filter({ hasText: 'Not all of this run is shown' })).toContainText(
    'Run fewer calls',
  );
  await playground.expectRun({ state: 'done', calls: 1_000_000 });
});

test('an embed that memory is too small for says so', async ({ playground, page }) => {
  await playground.openDecided('?embed');
  await fillMemory(playground, 'Float64Array');
  await page.evaluate((hash) => (location.hash = hash), MILLION);
  await playground.expectRun({ state: 'failed' });
  await expect(page.getByText(/^This run needs more memory than the browser gives\./)).toContainText('run before');
});

test('a page that the browser ends for want of memory has its work when it is opened again', async ({ baseURL }) => {
  const executablePath = findChromium() ?? chromium.executablePath();
  const args = [...LAUNCH_ARGS, '--js-flags=--max-old-space-size=64'];
  const browser = await chromium.launch({ executablePath, args });
  const context = await browser.newContext({ baseURL: baseURL ?? '' });
  const ended = await context.newPage();
  const playground = new Playground(ended);
  await playground.openDecided();
  await playground.setPolicy(EDITED);
  await playground.expectRun({ state: 'done', allowed: 28 });
  const crash = ended.waitForEvent('crash');
  // why: not awaited, since a page that has gone never answers.
  void engineOf(ended)
    .evaluate(async () => {
      // why: in steps, so that the worker answers meanwhile and does not pass for hung.
      for (const kept: number[][] = []; ; await new Promise((resolve) => setTimeout(resolve))) {
        kept.push(Array.from({ length: 1_000_000 }, (_, i) => i + 0.5));
      }
    })
    .catch(() => undefined);
  await crash;
  const again = new Playground(await context.newPage());
  await again.openDecided();
  await again.expectRun({ allowed: 28 });
  expect(await again.policyText()).toBe(EDITED);
  await browser.close();
});

test('a long run that ended the whole page is not begun again by itself', async ({ playground, page }) => {
  // why: a page that breaks down is not told that it goes.
  await page.addInitScript(() => addEventListener('pagehide', (event) => event.stopImmediatePropagation(), true));
  await playground.open(fragment(seedPolicy(), longRun()));
  await expect(playground.cancelButton).toBeVisible();
  await page.reload();
  const said = page.getByRole('alert').filter({ hasText: 'The browser ended this page in the middle of a long run' });
  await expect(said).toContainText('Your work is kept. Run fewer calls');
  await playground.expectRun({ state: 'idle' });
  await said.getByRole('button', { name: 'Run again' }).click();
  await playground.cancelButton.click();
  await playground.expectRun({ state: 'done' });
  await expect(said).toBeHidden();
  await page.reload();
  await expect(playground.html).toHaveAttribute('data-app', 'ready');
  await playground.cancelButton.click();
  await playground.expectRun({ state: 'done' });
});
