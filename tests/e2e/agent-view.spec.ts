import { readFileSync } from 'node:fs';
import { expect, test } from './test.ts';

/** Messages of a JSON lines text. */
function messagesOf(text: string): { readonly jsonrpc: string; readonly id: number; readonly method?: string }[] {
  return text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as { jsonrpc: string; id: number; method?: string });
}

test('an agent’s transcript shows every request and answer, and is copied and saved', async ({ playground, page }) => {
  await playground.openDecided();
  const panel = await playground.openTab("Agent's view");
  await panel.getByRole('button', { name: 'Agent: planner' }).click();
  await page.getByRole('menuitemradio', { name: /^settler/ }).click();
  await expect(panel).toContainText('grant settler, session s1, 20 calls');
  const first = panel.getByRole('article').first();
  await expect(first).toContainText('"method": "tools/call"');
  await expect(first).toContainText('"structuredContent"');

  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await panel.getByRole('button', { name: 'Copy the transcript' }).click();
  await expect(panel.getByText('Transcript copied')).toBeVisible();
  const copied = messagesOf(await page.evaluate(() => navigator.clipboard.readText()));
  expect(copied).toHaveLength(40);
  expect(copied.filter(({ method }) => method === 'tools/call')).toHaveLength(20);

  const download = page.waitForEvent('download');
  await panel.getByRole('button', { name: 'Save the transcript' }).click();
  const file = await download;
  expect(file.suggestedFilename()).toBe('settler.jsonl');
  expect(messagesOf(readFileSync(await file.path(), 'utf8'))).toEqual(copied);
});

test('tools/list has denied tools, and no hidden ones', async ({ playground }) => {
  await playground.openDecided();
  await playground.setPolicy('{"version":"1","default":"deny","hide":["guard_tool"],"tools":{}}');
  const panel = await playground.openTab("Agent's view");
  await panel.getByRole('button', { name: 'tools/list', exact: true }).click();
  await expect(panel).toContainText('13 tools, of which 13 denied when called. 1 hidden and absent.');
  await panel.getByRole('button', { name: 'JSON-RPC' }).click();
  const answer = panel.getByLabel('Answer to tools/list');
  await expect(answer).toContainText('"inputSchema"');
  await expect(answer).not.toContainText('"guard_tool"');
});

test('a failure that comes too late is told with what it gave back, in both dialects', async ({ playground, page }) => {
  const words = {
    'late-answers': 'Not given back: the window it was taken from was over',
    'late-answers-intercept': 'Its window was over, so 1 was subtracted from the present one, 2 used then',
  };
  for (const [name, told] of Object.entries(words)) {
    await page.goto(`./?example=${name}`);
    await playground.runTo({ calls: 9 });
    const explanation = await playground.explain(1);
    await expect(explanation).toContainText('1 for 20 s, until 12:01:10.000');
    await expect(explanation).toContainText(told);
    await page.keyboard.press('Escape');
  }
});
