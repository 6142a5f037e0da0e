import { burst, fragment, seedPolicy } from './documents.ts';
import { expect, test } from './test.ts';

// why: how long something takes hangs on the machine, so this says what it saw and passes or fails by verdicts alone.
test('a million calls are decided from one click; tasks of the page that took long are reported', async ({
  playground,
  page,
}) => {
  await playground.openDecided(fragment(seedPolicy(), burst(1_000_000, '10m')));
  await page.evaluate(() => {
    const seen: number[] = [];
    new PerformanceObserver((list) => {
      seen.push(...list.getEntries().map((entry) => Math.round(entry.duration)));
      document.body.setAttribute('data-long-tasks', seen.join(' '));
    }).observe({ type: 'longtask' });
  });
  const before = await playground.digest();
  await playground.runButton.click();
  await playground.expectRun({ state: 'done', calls: 1_000_000, allowed: 330, denied: 999_670 });
  await playground.openTab('Audit log');
  await expect(playground.log).toBeVisible();
  expect(await playground.digest()).toBe(before);
  const seen = (await page.locator('body').getAttribute('data-long-tasks')) ?? '';
  const description = seen === '' ? 'none over 50 ms' : `${seen} ms`;
  test.info().annotations.push({ type: 'long tasks of the page', description });
  console.log(`long tasks of the page over a million calls: ${description}`);
});
