import { afterEach, expect, test } from 'vitest';
import type { Playground } from '../../../src/state/playground.svelte.ts';
import { NO_FILTER } from '../../../src/state/selection.svelte.ts';
import { LogExport } from '../../../src/ui/results/log-export.ts';
import { openPlayground } from '../shell/open-playground.ts';

let playground: Playground;

afterEach(() => {
  playground.close();
});

async function decided(): Promise<number> {
  playground = openPlayground();
  await playground.run.start();
  return playground.run.summary?.runId ?? -1;
}

test('the whole audit log becomes JSON lines, without argument values', async () => {
  const runId = await decided();
  const file = await new LogExport(playground.client).write(runId, NO_FILTER, 133);
  const text = (await file?.text()) ?? '';
  const entries = text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(entries).toHaveLength(133);
  expect(entries[0]).toMatchObject({
    requestId: 'req-000001',
    grant: 'planner',
    argumentKeys: ['agentId', 'validitySeconds'],
  });
  expect(text).not.toContain('agent-1');
});

test('stopped, it saves nothing', async () => {
  const runId = await decided();
  const writing = new LogExport(playground.client);
  const file = writing.write(runId, NO_FILTER, 133);
  expect(writing.isWriting()).toBe(true);
  writing.stop();
  expect(await file).toBeNull();
  expect(writing.problem).toBeNull();
});

test('of a run that is gone, and of one too large for a file, it says what to do', async () => {
  const runId = await decided();
  const writing = new LogExport(playground.client);
  expect(await writing.write(runId + 1, NO_FILTER, 10)).toBeNull();
  expect(writing.problem).toContain('Run again');
  expect(writing.isWriting()).toBe(false);
  expect(await writing.write(runId, NO_FILTER, 1_000_001)).toBeNull();
  expect(writing.problem).toContain('Filter the audit log');
});
