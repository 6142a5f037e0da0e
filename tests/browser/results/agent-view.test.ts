import { afterEach, describe, expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import type { Playground } from '../../../src/state/playground.svelte.ts';
import type { Work } from '../../../src/state/workspace.svelte.ts';
import AgentPanel from '../../../src/ui/results/AgentPanel.svelte';
import { Transcript } from '../../../src/ui/results/transcript.svelte.ts';
import { TranscriptFile } from '../../../src/ui/results/transcript-file.ts';
import { openPlayground, SEED } from '../shell/open-playground.ts';

let playground: Playground;

async function show(work: Partial<Work> = {}, height = '700px'): Promise<void> {
  await page.viewport(1000, 800);
  playground = openPlayground(work);
  await playground.workspace.recheck();
  await playground.run.start();
  const { container } = await render(AgentPanel, { playground });
  Object.assign(container.style, { display: 'flex', height });
}
const call = (number: number) => page.getByRole('article', { name: `Call ${String(number)}`, exact: true });

afterEach(() => {
  playground.close();
});

describe('tools/list', () => {
  test('has denied tools and leaves hidden ones out', async () => {
    await show({ policyText: JSON.stringify({ version: '1', default: 'deny', hide: ['guard_input'] }) });
    await page.getByRole('button', { name: 'tools/list', exact: true }).click();
    const list = page.getByRole('region', { name: 'tools/list' });
    await expect
      .element(list.getByText('13 tools, of which 13 denied when called. 1 hidden and absent.'))
      .toBeVisible();
    await expect.element(list.getByText('guard_tool', { exact: true })).toBeVisible();
    expect(list.getByText('guard_input', { exact: true }).query()).toBeNull();
    await list.getByRole('button', { name: 'JSON-RPC' }).click();
    const answer = list.getByLabelText('Answer to tools/list');
    await expect.element(answer).toHaveTextContent('"inputSchema"');
    await expect.element(answer).toHaveTextContent('"name": "guard_tool"');
    await expect.element(answer).not.toHaveTextContent('guard_input');
  });
});

describe('requests and answers', () => {
  test('are those of one agent, as JSON-RPC', async () => {
    await show();
    await expect.element(page.getByText('grant planner, session s1, 113 calls')).toBeVisible();
    await page.getByRole('button', { name: 'Agent: planner' }).click();
    await page.getByRole('menuitemradio', { name: /^settler/ }).click();
    await expect.element(page.getByText('grant settler, session s1, 20 calls')).toBeVisible();
    const first = page.getByRole('article').first();
    await expect.element(first).toHaveAttribute('aria-setsize', '20');
    await expect.element(first).toHaveTextContent('"method": "tools/call"');
    await expect.element(first).toHaveTextContent('"jsonrpc": "2.0"');
    await first.getByRole('button', { name: 'Explain' }).click();
    await expect.poll(() => playground.selection.explanation?.grant).toBe('settler');
  });

  test('are made only as they come into view', async () => {
    await show();
    await expect.element(call(1)).toBeVisible();
    const feed = page.getByRole('group', { name: 'Calls of this agent' });
    expect(page.getByRole('article').elements().length).toBeLessThan(20);
    feed.element().scrollTop = 1_000_000;
    await expect.element(page.getByRole('article').last()).toBeVisible();
    await expect.poll(() => page.getByRole('article').elements().at(-1)?.getAttribute('aria-posinset')).toBe('113');
    await expect.element(page.getByRole('article').last()).toHaveTextContent('[POLICY DENIED] ');
  });

  test('become JSON lines, a request and its answer for each call', async () => {
    await show();
    const { summary } = playground.run;
    const transcript = new Transcript(playground.client, summary?.runId ?? -1, 1);
    await expect.poll(() => transcript.total).toBe(20);
    const file = new TranscriptFile();
    const parts = await file.write(transcript, 100);
    const lines = (Array.isArray(parts) ? parts.join('') : '').trimEnd().split('\n');
    const messages = lines.map((line) => JSON.parse(line) as { id: number; method?: string });
    expect(messages).toHaveLength(40);
    messages.forEach(({ id, method }, i) => {
      expect(method).toBe(i % 2 === 0 ? 'tools/call' : undefined);
      expect(id).toBe(messages[i - (i % 2)]?.id);
    });
    expect(await file.write(transcript, 19)).toContain('At most 19 calls fit');
    const stopped = file.write(transcript, 100);
    file.stop();
    expect(await stopped).toBeNull();
  });

  test('of a run without calls say what to do', async () => {
    await show({ scenario: { ...SEED.scenario, agents: [] } });
    await expect.element(page.getByText('No calls yet. Add a step.')).toBeVisible();
  });
});
