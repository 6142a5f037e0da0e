import { expect, test } from './test.ts';

test.use({ serviceWorkers: 'allow' });

test('after the first visit the page opens and decides without a network', async ({ playground, page, context }) => {
  await playground.openDecided();
  const keeps = await page.evaluate(async () => {
    const { active } = await navigator.serviceWorker.ready;
    return active?.scriptURL ?? '';
  });
  expect(new URL(keeps).pathname).toBe('/sw.js');
  await context.setOffline(true);
  await page.reload();
  await playground.expectRun({ state: 'done', allowed: 80 });
  await expect(playground.policy.getByRole('code').first()).toBeVisible();
  await playground.tab('Audit log').click();
  await expect(playground.log).toBeVisible();
  await page.goto('docs/policy.html');
  await expect(page.getByRole('heading', { name: 'What a policy means', level: 1 })).toBeVisible();
  await expect(page.locator('policy-playground iframe').first()).toBeVisible();
  await context.setOffline(false);
});
