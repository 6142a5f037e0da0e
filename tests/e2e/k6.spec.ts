import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { expect, test } from './test.ts';

async function download(page: Page): Promise<{ readonly name: string; readonly text: string }> {
  await page.getByRole('button', { name: 'Export', exact: true }).click();
  await page.getByRole('menuitem', { name: /^k6 script/ }).click();
  const dialog = page.getByRole('dialog', { name: 'k6 script' });
  const waiting = page.waitForEvent('download');
  await dialog.getByRole('button', { name: 'Download script' }).click();
  const file = await waiting;
  const text = await readFile(await file.path(), 'utf8');
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  return { name: file.suggestedFilename(), text };
}

/** What a script knows of its run. */
function aboutOf(text: string): { readonly name: string; readonly calls: number; readonly tokens: string[] } {
  const literal = /const RUN = (".*");/.exec(text)?.[1] ?? '""';
  return JSON.parse(JSON.parse(literal) as string) as ReturnType<typeof aboutOf>;
}

test('a run goes to a real gateway as a k6 script, and its results come back beside the prediction', async ({
  playground,
  page,
}) => {
  await playground.openDecided();
  const { name, text } = await download(page);
  expect(name).toBe('runaway-ticket-loop.k6.js');
  const about = aboutOf(text);
  expect(about).toMatchObject({ name: 'Runaway ticket loop', calls: 133 });
  expect(about.tokens).toContain('TOKEN_PLANNER');

  const before = [await playground.digest(), await playground.policyText()];
  const line = (call: number) =>
    JSON.stringify({
      call,
      time: '2031-05-06T07:08:09.000Z',
      tool: 'issue_audit_ticket',
      grant: 'planner',
      predicted: call > 80 ? 'deny' : 'allow',
      actual: 'allow',
      agrees: call <= 80,
    });
  const lines = Array.from({ length: 133 }, (_, i) => line(i + 1));
  const buffer = Buffer.from([JSON.stringify({ run: about.name, calls: about.calls }), ...lines].join('\n'));
  const picker = page.getByLabel('File to import');
  await picker.setInputFiles({ name: 'results.jsonl', mimeType: 'application/jsonl', buffer });
  const dialog = page.getByRole('dialog', { name: 'Prediction and reality' });
  await expect(dialog).toContainText('53 of 133 calls came to something else than predicted.');
  await expect(dialog).toContainText('Call 81, issue_audit_ticket by planner: predicted denied, was allowed.');
  await expect(dialog.getByRole('row').nth(1)).toContainText('81');
  await dialog.getByRole('button', { name: 'All, 133' }).click();
  await expect(dialog.getByRole('row').nth(1)).toContainText('Agrees');
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  expect([await playground.digest(), await playground.policyText()]).toEqual(before);
  expect(await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]))).not.toContain(
    '2031-05-06',
  );
});
