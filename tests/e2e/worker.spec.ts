import { burst, fragment, longRun, seedPolicy } from './documents.ts';
import { engineOf, type Playground } from './playground.ts';
import { expect, test } from './test.ts';

/** The page says that the worker was replaced, keeps `text`, and runs again. */
async function expectRecovery(playground: Playground, text: string): Promise<void> {
  await playground.expectRun({ state: 'failed', allowed: 80, denied: 53 });
  await expect(playground.page.getByText('The simulator stopped and was restarted. Your work is kept.')).toBeVisible();
  expect(await playground.policyText()).toBe(text);
  await playground.page.getByRole('button', { name: 'Run again' }).click();
  await playground.expectRun({ state: 'done', allowed: 80, denied: 53 });
}

test('ten million calls show progress and can be cancelled', async ({ playground, page }) => {
  await playground.open(fragment(seedPolicy(), longRun()));
  await expect(playground.cancelButton).toBeVisible();
  await expect(page.getByText(/^Decided [\d,]+ of 10,000,000 calls$/)).toBeVisible();
  await expect(page.getByRole('progressbar', { name: 'Calls decided' })).toBeVisible();
  await playground.cancelButton.click();
  await playground.expectRun({ state: 'done' });
  await expect(playground.results).toContainText(/Stopped after [\d,]+ calls\. These results are partial\./);
  await expect(playground.runButton).toBeEnabled();
});

test('the audit log reaches the last of a million calls', async ({ playground }) => {
  await playground.open(fragment(seedPolicy(), burst(1_000_000, '1h')));
  await playground.expectRun({ state: 'done', calls: 1_000_000 });
  await playground.openTab('Audit log');
  await playground.log.press('End');
  await expect(playground.logRow(1_000_000)).toBeVisible();
  await playground.log.press('Enter');
  await expect(playground.explanation).toContainText('Call 1,000,000 of 1,000,000');
});

test('a worker that dies is replaced, said, and nothing is lost', async ({ playground, page }) => {
  await page.addInitScript(() => {
    const Original = globalThis.Worker;
    globalThis.Worker = class extends Original {
      constructor(url: string | URL, options?: WorkerOptions) {
        super(url, options);
        const kill = (): void => {
          this.terminate();
          this.dispatchEvent(new ErrorEvent('error', { message: 'killed' }));
        };
        if (String(url).includes('engine')) addEventListener('test:kill', kill, { once: true });
      }
    };
  });
  await playground.openDecided();
  const text = await playground.policyText();
  await page.evaluate(() => dispatchEvent(new Event('test:kill')));
  await expectRecovery(playground, text);
});

test('a worker that hangs is replaced, said, and nothing is lost', async ({ playground, page }) => {
  await playground.openDecided();
  const text = await playground.policyText();
  // why: not awaited, since a worker that is ended never answers.
  void engineOf(page)
    .evaluate(() => {
      for (;;);
    })
    .catch(() => undefined);
  await expectRecovery(playground, text);
});
