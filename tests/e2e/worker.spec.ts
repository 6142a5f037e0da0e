import { burst, fragment, seedPolicy } from './documents.ts';
import { expect, test } from './test.ts';

test('a million calls show progress, can be cancelled, and leave the page responsive', async ({ playground }) => {
  await playground.open(fragment(seedPolicy(), burst(1_000_000, '1h')));
  await expect(playground.cancelButton).toBeVisible();
  await expect(playground.page.getByText(/Decided [\d,]+ of 1,000,000 calls/)).toBeVisible();
  await playground.cancelButton.click();
  await expect(playground.page.getByText(/^Stopped after [\d,]+ calls/)).toBeVisible();
  await playground.runButton.click();
  await playground.expectRun({ state: 'done', calls: 1_000_000 });
  const log = await playground.openTab('Audit log');
  await log.getByRole('grid').or(log.getByRole('table')).press('End');
  await expect(playground.logRow(1_000_000)).toBeVisible();
});

test('a worker that dies is replaced, said, and nothing is lost', async ({ playground }) => {
  await playground.page.addInitScript(() => {
    const Original = globalThis.Worker;
    globalThis.Worker = class extends Original {
      constructor(url: string | URL, options?: WorkerOptions) {
        super(url, options);
        addEventListener('test:kill', () => {
          this.dispatchEvent(new ErrorEvent('error', { message: 'killed' }));
          this.terminate();
        });
      }
    };
  });
  await playground.openDecided();
  const text = await playground.policyText();
  await playground.page.evaluate(() => dispatchEvent(new Event('test:kill')));
  await expect(playground.page.getByText(/restarted\. Your work is kept/)).toBeVisible();
  expect(await playground.policyText()).toBe(text);
  await playground.runTo({ allowed: 80, denied: 53 });
});
