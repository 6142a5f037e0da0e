import { fileURLToPath } from 'node:url';
import { readFile, writeFile } from 'node:fs/promises';
import { inflateRawSync } from 'node:zlib';
import type { Locator, Page } from '@playwright/test';
import { expect, test } from './test.ts';

const FOLDER = new URL('../cases/traces/', import.meta.url);

const formats = [
  { file: 'mcp-wrapped.jsonl', format: 'MCP messages', calls: 7 },
  { file: 'intercept-events.jsonl', format: 'Intercept event log', calls: 3 },
  { file: 'inspector-history.json', format: 'MCP Inspector history', calls: 2 },
  { file: 'anthropic-messages.json', format: 'Anthropic transcript', calls: 2 },
  { file: 'openai-chat.json', format: 'OpenAI transcript', calls: 3 },
  { file: 'audit-log.jsonl', format: 'Audit log', calls: 3 },
];

async function importFile(page: Page, file: string): Promise<Locator> {
  await page.getByRole('button', { name: 'Import a trace' }).click();
  await page.getByLabel('Trace to import').setInputFiles(fileURLToPath(new URL(file, FOLDER)));
  const dialog = page.getByRole('dialog', { name: 'Import a trace' });
  await expect(dialog.getByRole('heading', { name: file })).toBeVisible();
  return dialog;
}

/** Everything the browser keeps for this page. */
function storage(page: Page): Promise<string> {
  return page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]));
}

/** What a link holds, as JSON text. */
function contentOf(link: string): string {
  const payload = new URL(link).hash.replace('#v1.', '');
  return inflateRawSync(Buffer.from(payload, 'base64url')).toString('utf8');
}

test('each recorded format is recognised and replayed, and no link or storage holds anything of it', async ({
  playground,
  page,
}) => {
  await playground.openDecided();
  const before = await playground.digest();
  const link = contentOf(await playground.shareLink());
  await page.keyboard.press('Escape');
  const stored = await storage(page);
  for (const { file, format, calls } of formats) {
    await test.step(format, async () => {
      const dialog = await importFile(page, file);
      await expect(dialog).toContainText(format);
      await dialog.getByRole('button', { name: 'Replay', exact: true }).click();
      await playground.expectRun({ state: 'done', calls });
      expect(contentOf(await playground.shareLink())).toBe(link);
      await page.keyboard.press('Escape');
      expect(await storage(page)).toBe(stored);
      await page.getByRole('button', { name: 'Back to the scenario' }).click();
      await playground.expectRun({ state: 'done', calls: 133 });
      expect(await playground.digest()).toBe(before);
    });
  }
});

test('a trace that is opened with Import is looked at as one, and the policy stays', async ({ playground, page }) => {
  await playground.openDecided();
  const policy = await playground.policyText();
  await page.getByLabel('File to import').setInputFiles(fileURLToPath(new URL('mcp-wrapped.jsonl', FOLDER)));
  const dialog = page.getByRole('dialog', { name: 'Import a trace' });
  await expect(dialog.getByRole('button', { name: 'Replay', exact: true })).toBeVisible();
  await dialog.getByRole('button', { name: 'Close' }).click();
  await expect(dialog).toHaveCount(0);
  expect(await playground.policyText()).toBe(policy);
});

test('a replayed trace is seen in every view', async ({ playground, page }) => {
  await playground.openDecided();
  await (await importFile(page, 'mcp-wrapped.jsonl')).getByRole('button', { name: 'Replay', exact: true }).click();
  await playground.expectRun({ state: 'done', calls: 7 });
  await playground.openTab('Audit log');
  await expect(playground.logRow(2)).toContainText('10:00:00.500');
  await playground.logRow(2).click();
  await expect(playground.explanation).toContainText('issue_audit_ticket');
  await page.keyboard.press('Escape');
  await expect(await playground.openTab("Agent's view")).toContainText('agent-1');
});

test('converted to steps, a trace is a scenario like any other, after saying what goes in', async ({
  playground,
  page,
}) => {
  await playground.openDecided();
  const dialog = await importFile(page, 'mcp-wrapped.jsonl');
  await dialog.getByRole('button', { name: 'Convert to steps' }).click();
  await expect(dialog).toContainText('values of their arguments');
  await dialog.getByRole('button', { name: 'Replace the scenario' }).click();
  await playground.expectRun({ state: 'done', calls: 7 });
  expect(contentOf(await playground.shareLink())).toContain('agent-7');
});

test('the audit log is exported as a file, which is a trace again', async ({ playground, page }) => {
  await playground.openDecided();
  await playground.openTab('Audit log');
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export the audit log' }).click();
  const file = await (await download).path();
  const text = await readFile(file, 'utf8');
  expect(text.trimEnd().split('\n')).toHaveLength(133);
  await page.getByRole('button', { name: 'Import a trace' }).click();
  await page.getByLabel('Trace to import').setInputFiles({
    name: 'audit-log.jsonl',
    mimeType: 'application/jsonl',
    buffer: Buffer.from(text),
  });
  const dialog = page.getByRole('dialog', { name: 'Import a trace' });
  await expect(dialog).toContainText('133 calls without recorded arguments');
  await dialog.getByRole('button', { name: 'Replay', exact: true }).click();
  await playground.expectRun({ state: 'done', calls: 133, allowed: 80, denied: 53 });
});

test('a large trace is read while the page stays usable', async ({ playground, page }, testInfo) => {
  await playground.openDecided();
  const line = (i: number): string =>
    `{"ts":${1_772_359_200 + i},"message":{"method":"tools/call","params":{"name":"issue_audit_ticket","arguments":{"agentId":"agent-${i}"}}}}`;
  const large = testInfo.outputPath('large.jsonl');
  await writeFile(large, Array.from({ length: 100_000 }, (_, i) => line(i)).join('\n'));
  await page.getByRole('button', { name: 'Import a trace' }).click();
  const dialog = page.getByRole('dialog', { name: 'Import a trace' });
  await page.getByLabel('Trace to import').setInputFiles(large);
  await expect(dialog).toContainText('100,000 calls in 100,000 lines');
  await dialog.getByRole('button', { name: 'Replay', exact: true }).click();
  await playground.expectRun({ state: 'done', calls: 100_000 });
});
