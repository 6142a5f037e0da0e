import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import type { Playground } from '../../../src/state/playground.svelte.ts';
import ScenarioSection from '../../../src/ui/scenario/ScenarioSection.svelte';
import { closeDialogs } from '../kit/close-dialogs.ts';
import { openPlayground } from '../shell/open-playground.ts';

let playground: Playground;
let section: HTMLElement;

const call = (agentId: string, rest: object = {}): string =>
  JSON.stringify({ ...rest, method: 'tools/call', params: { name: 'issue_audit_ticket', arguments: { agentId } } });
const TRACE = [call('secret-agent'), call('secret-agent'), 'no json', '{"jsonrpc":"2.0","id":1,"result":{}}'].join(
  '\n',
);

const dialog = () => page.getByRole('dialog', { name: 'Import a trace' });
const button = (name: string) => page.getByRole('button', { name, exact: true });

beforeEach(async () => {
  await page.viewport(1200, 900);
  playground = openPlayground();
  await playground.run.start();
  const { container } = await render(ScenarioSection, { playground });
  section = container.querySelector('section') ?? container;
  await expect.element(button('Import a trace')).toBeVisible();
});

afterEach(async () => {
  await closeDialogs();
  playground.close();
});

async function paste(text: string): Promise<void> {
  await button('Import a trace').click();
  await dialog().getByRole('textbox', { name: 'Pasted text' }).fill(text);
  await button('Read the text').click();
}

/** A file that is dragged over the section and dropped on it. */
function dragged(file: File): { readonly drag: () => void; readonly drop: () => void } {
  const dataTransfer = new DataTransfer();
  dataTransfer.items.add(file);
  const send = (type: string): boolean =>
    section.dispatchEvent(new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer }));
  return { drag: () => send('dragover'), drop: () => send('drop') };
}

async function replay(text = TRACE): Promise<void> {
  await paste(text);
  await button('Replay').click();
  await expect.poll(() => playground.run.phase).toBe('done');
}

describe('what was found', () => {
  test('is told: format, calls, grants, tools, what is no call, and lines not understood', async () => {
    await paste(TRACE);
    await expect.element(dialog()).toHaveTextContent('MCP messages (3 records)');
    await expect.element(dialog()).toHaveTextContent('2 calls in 4 lines');
    await expect.element(dialog()).toHaveTextContent('1 answer');
    await expect.element(dialog()).toHaveTextContent('Not recorded');
    await expect.element(page.getByRole('region', { name: 'Not understood' })).toHaveTextContent(/Line 3.*no JSON/);
    await expect.element(page.getByRole('textbox', { name: 'Grant of 2 calls without one' })).toHaveValue('planner');
  });

  test('without a call, nothing can be replayed', async () => {
    await paste('just words');
    await expect.element(dialog()).toHaveTextContent('No tool call was found');
    await expect.element(button('Replay')).not.toBeInTheDocument();
    await button('Other trace').click();
    await expect.element(dialog().getByRole('textbox', { name: 'Pasted text' })).toBeVisible();
  });

  test('names in it are text, never markup', async () => {
    await paste(call('a', { agent: '<img src=x onerror=alert(1)>' }));
    await expect.element(dialog()).toHaveTextContent('<img src=x onerror=alert(1)>');
    expect(document.querySelector('img')).toBeNull();
  });
});

describe('replay', () => {
  test('makes the recorded calls with the chosen grant and spacing, until the scenario comes back', async () => {
    const before = playground.run.summary?.digest;
    await paste(TRACE);
    await page.getByRole('textbox', { name: 'Grant of 2 calls without one' }).fill('auditor');
    await page.getByRole('combobox', { name: 'Spacing, since no times are recorded' }).selectOptions('1 min apart');
    await button('Replay').click();
    await expect.poll(() => playground.run.summary?.calls).toBe(2);
    const { summary } = playground.run;
    expect(summary?.grants.map(({ grant }) => grant)).toEqual(['auditor']);
    expect((summary?.lastMs ?? 0) - (summary?.firstMs ?? 0)).toBe(60_000);
    await expect.element(page.getByText('Replaying a trace in place of the scenario.')).toBeVisible();
    await expect.poll(() => section.querySelector('[data-agent]')).toBeNull();
    await button('Back to the scenario').click();
    await expect.poll(() => playground.run.summary?.digest).toBe(before);
    await expect.poll(() => section.querySelector('[data-agent]')).not.toBeNull();
  });

  test('is no part of the work: nothing of it is saved', async () => {
    const work = playground.workspace.work;
    await replay();
    playground.saved.note(playground.workspace.work);
    playground.saved.flush();
    expect(playground.workspace.work).toEqual(work);
    expect(JSON.stringify({ ...localStorage, ...sessionStorage })).not.toContain('secret-agent');
  });

  test('goes on under another policy, and ends when another scenario is opened', async () => {
    await replay();
    const { work } = playground.workspace;
    playground.replace({ ...work, policyText: '{"version":"1","default":"allow","tools":{}}' }, 'Another policy.');
    await expect.poll(() => playground.run.summary?.allowed).toBe(2);
    expect(playground.run.replayed?.name).toBe('Pasted text');
    playground.replace({ ...work, scenario: { ...work.scenario, name: 'another' } }, 'Another scenario.');
    expect(playground.run.replayed).toBeNull();
    await expect.poll(() => playground.run.summary?.calls).toBe(133);
  });

  test('survives the loss of the worker, since the page holds it', async () => {
    await replay();
    playground.run.workerLost();
    await playground.run.start();
    expect(playground.run.summary?.calls).toBe(2);
  });
});

describe('conversion', () => {
  test('says what goes in, then makes the steps the scenario', async () => {
    await paste(TRACE);
    await button('Convert to steps').click();
    await expect.element(dialog()).toHaveTextContent('2 calls as 1 step of 1 agent');
    await expect.element(dialog()).toHaveTextContent('values of their arguments');
    expect(JSON.stringify(playground.workspace.work)).not.toContain('secret-agent');
    await button('Replace the scenario').click();
    await expect.poll(() => playground.run.summary?.calls).toBe(2);
    expect(playground.run.replayed).toBeNull();
    const args = { agentId: 'secret-agent' };
    expect(playground.workspace.scenario.agents).toEqual([
      { name: 'planner', steps: [{ call: 'issue_audit_ticket', times: 2, every: '1s', args }] },
    ]);
  });

  test('of what is too large says so and leaves everything as it is', async () => {
    const { scenario } = playground.workspace;
    dragged(new File([Array.from({ length: 20_000 }, (_, i) => call(`agent-${i}`)).join('\n')], 'long.jsonl')).drop();
    await expect.element(dialog()).toHaveTextContent('20,000 calls');
    await button('Convert to steps').click();
    await expect.element(dialog()).toHaveTextContent('its steps take more than 1 MiB');
    expect(playground.workspace.scenario).toBe(scenario);
    await expect.element(button('Replay')).toBeVisible();
  });
});

test('a file dropped on the section is read', async () => {
  const { drag, drop } = dragged(new File([TRACE], 'dropped.jsonl'));
  drag();
  await expect.element(page.getByText('Drop to import a trace')).toBeVisible();
  drop();
  await expect.element(dialog().getByRole('heading', { name: 'dropped.jsonl' })).toBeVisible();
  await expect.element(dialog()).toHaveTextContent('2 calls in 4 lines');
});

test('the dialog is left with Escape and forgets what was read', async () => {
  await paste(TRACE);
  await expect.element(button('Replay')).toBeVisible();
  await userEvent.keyboard('{Escape}');
  await expect.element(dialog()).not.toBeInTheDocument();
  await button('Import a trace').click();
  await expect.element(dialog().getByRole('textbox', { name: 'Pasted text' })).toHaveValue('');
});
