import { firstVerdictFiles, readChunks } from '../budget/first-verdict.mjs';
import { expect, test } from './test.ts';

test('the first verdict needs no script beyond those of the budget', async ({ page }) => {
  const counted = new Set(firstVerdictFiles(readChunks()).map((file) => `/${file}`));
  await page.route('**/*.js', (route) =>
    counted.has(new URL(route.request().url()).pathname) ? route.continue() : route.abort(),
  );
  await page.goto('./');
  await expect(page.locator('[data-part="run"]')).toHaveAttribute('data-state', 'done');
  await expect(page.locator('[data-part="run"]')).toHaveAttribute('data-allowed', '80');
});
