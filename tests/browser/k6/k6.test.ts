import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { SEED_SCENARIO } from '../../../src/core/catalogue/seed.ts';
import type { Playground } from '../../../src/state/playground.svelte.ts';
import type { Work } from '../../../src/state/workspace.svelte.ts';
import Header from '../../../src/ui/header/Header.svelte';
import { closeDialogs } from '../kit/close-dialogs.ts';
import { openPlayground, SEED } from '../shell/open-playground.ts';

let playground: Playground;
const script = page.getByRole('dialog', { name: 'k6 script' });
const results = page.getByRole('dialog', { name: 'Prediction and reality' });
const exportButton = page.getByRole('button', { name: 'Export', exact: true });

async function open(work: Partial<Work> = {}): Promise<void> {
  await page.viewport(1440, 900);
  playground = openPlayground();
  await render(Header, { playground, onsay: () => undefined });
  playground.show({ ...SEED, ...work });
  await expect.poll(() => playground.run.phase, { timeout: 20_000 }).toBe('done');
}

afterEach(async () => {
  await closeDialogs();
  playground.close();
  vi.restoreAllMocks();
});

async function openScript(): Promise<void> {
  await exportButton.click();
  await page.getByRole('menuitem', { name: /^k6 script/ }).click();
  await expect.element(script).toBeVisible();
}

async function importFile(name: string, text: string): Promise<void> {
  const file = new File([text], name);
  await userEvent.upload(page.getByLabelText('File to import'), file);
}

describe('the export of a script', () => {
  test('says what it needs and saves it', async () => {
    await open();
    await openScript();
    await expect.element(script).toHaveTextContent('133 calls of 2 callers');
    await expect
      .element(script.getByRole('region', { name: 'Environment variables' }))
      .toHaveTextContent(/TOKEN_PLANNER/);
    await expect
      .element(script.getByRole('region', { name: 'Command' }))
      .toHaveTextContent(/runaway-ticket-loop\.k6\.js/);
    const saved: Blob[] = [];
    vi.spyOn(URL, 'createObjectURL').mockImplementation((blob) => {
      if (blob instanceof Blob) saved.push(blob);
      return 'data:,';
    });
    await script.getByRole('button', { name: 'Download script' }).click();
    const text = (await saved[0]?.text()) ?? '';
    expect(text).toContain("import http from 'k6/http';");
    expect(text).toContain('\\"align\\":\\"minute\\"');
  });

  test('starts as it is told, and warns when windows are longer', async () => {
    const policyText = SEED.policyText.replaceAll('"minute"', '"hour"');
    await open({ policyText });
    await openScript();
    await expect.element(script).toHaveTextContent('The longest window of this policy is an hour.');
    await script.getByRole('button', { name: 'Hour' }).click();
    await expect.element(script).toHaveTextContent('Waits, up to a whole hour');
    await expect.element(script).not.toHaveTextContent('The longest window of this policy');
  });

  test('tells that agents that react are written down as they played out', async () => {
    const agents = SEED_SCENARIO.agents.map(
      (agent) => ({ ...agent, onDenied: { retry: { max: 1, delay: '1s' } } }) as const,
    );
    await open({ scenario: { ...SEED_SCENARIO, agents } });
    await openScript();
    await expect.element(script).toHaveTextContent('as they played out in this run');
  });

  test('of a run without calls says what to do', async () => {
    await open({ scenario: { ...SEED_SCENARIO, agents: [] } });
    await openScript();
    await expect.element(script).toHaveTextContent('The run has no calls.');
    await expect.element(script.getByRole('button', { name: 'Download script' })).toBeDisabled();
  });

  test('is left by keyboard, with the focus where it was', async () => {
    await open();
    await openScript();
    await userEvent.keyboard('{Escape}');
    await expect.poll(() => script.query()).toBeNull();
    await expect.element(exportButton).toHaveFocus();
  });
});

describe('results', () => {
  beforeEach(() => open());

  const line = (call: number, more: object = {}): string =>
    JSON.stringify({
      call,
      time: `2031-05-06T07:08:0${call}.000Z`,
      tool: 'get_agent_card',
      grant: 'planner',
      predicted: 'deny',
      actual: 'deny',
      agrees: true,
      ms: 1,
      lateMs: 0,
      text: '',
      ...more,
    });
  const table = results.getByRole('table', { name: 'Calls' });

  test('lie beside the prediction, disagreements first', async () => {
    const wrong = line(2, { actual: 'allow', agrees: false });
    const lost = line(3, { predicted: 'allow', actual: 'none', agrees: false, text: 'HTTP 502' });
    await importFile('results.jsonl', ['{"run":"A run","calls":5}', line(1), wrong, lost, line(4)].join('\n'));
    await expect.element(results).toHaveTextContent('2 of 4 calls came to something else than predicted.');
    await expect.element(results).toHaveTextContent('1 call of the run has no result here.');
    const first = results.getByRole('region', { name: 'First disagreements' });
    await expect.element(first).toHaveTextContent('Call 2, get_agent_card by planner: predicted denied, was allowed.');
    await expect
      .element(first)
      .toHaveTextContent('Call 3, get_agent_card by planner: predicted allowed, got no answer. HTTP 502');
    await expect.poll(() => table.getByRole('row').elements().length).toBe(3);
    await results.getByRole('button', { name: 'All, 4' }).click();
    await expect.poll(() => table.getByRole('row').elements().length).toBe(5);
    await expect.element(table.getByRole('row').nth(1)).toHaveTextContent(/1.*07:08:01\.000.*Denied.*Denied.*Agrees/);
    expect(playground.workspace.work).toEqual(SEED);
  });

  test('that all agree say so', async () => {
    await importFile('results.jsonl', [line(1), 'k6 said something', line(2)].join('\n'));
    await expect.element(results).toHaveTextContent('All 2 calls came to what was predicted.');
    await expect.element(results).toHaveTextContent('1 line held no result');
    expect(results.getByRole('group', { name: 'Calls shown' }).query()).toBeNull();
  });

  test('that came late are told', async () => {
    await importFile('results.jsonl', line(1, { lateMs: 3400 }));
    await expect.element(results).toHaveTextContent('up to 3 s late');
  });

  test('of a run that made no call are none', async () => {
    await importFile('results.jsonl', '{"run":"A run","calls":5}\n');
    await expect.element(results).toHaveTextContent('The file holds no results of calls.');
  });

  test('by the thousand are made as they are looked at', async () => {
    const many = Array.from({ length: 20_000 }, (_, i) => line(i + 1, { time: '2031-05-06T07:08:00.000Z' })).join('\n');
    await importFile('results.jsonl', many);
    await expect.element(results, { timeout: 20_000 }).toHaveTextContent('All 20,000 calls');
    expect(table.getByRole('row').elements().length).toBeLessThan(100);
    await expect.element(table).toHaveAttribute('aria-rowcount', '20001');
  });
});
