import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import type { Scenario } from '../../../src/core/scenario/model.ts';
import type { Playground } from '../../../src/state/playground.svelte.ts';
import ScenarioSection from '../../../src/ui/scenario/ScenarioSection.svelte';
import { openPlayground } from '../shell/open-playground.ts';

let playground: Playground;
let frame: HTMLElement;

const START = '2026-01-01T23:59:58.000Z';
const scenarioOf = (...steps: Scenario['agents'][number]['steps']): Scenario => ({
  version: '1',
  start: START,
  agents: [{ name: 'planner', steps: [...steps] }],
});
const CARD = { call: 'get_agent_card', args: { agentId: 'agent-1' } };

const tab = (name: string) => page.getByRole('tab', { name });
const editor = () => page.getByRole('textbox', { name: 'Scenario text' });
const isFull = () =>
  frame.querySelector('.monaco-editor') !== null && frame.querySelector('textarea.ring-inside') === null;
const rows = () =>
  [...document.querySelectorAll('.suggest-widget.visible .monaco-list-row .label-name')].map((row) => row.textContent);

async function show(scenario: Scenario): Promise<void> {
  playground = openPlayground({ scenario });
  await playground.workspace.recheck();
  await playground.run.start();
  await render(ScenarioSection, { target: frame, props: { playground } });
  await expect.element(tab('JSON')).toBeVisible();
}
async function showText(): Promise<void> {
  await tab('JSON').click();
  await expect.poll(isFull, { timeout: 20_000 }).toBe(true);
  editor().element().focus();
}

beforeEach(() => {
  document.documentElement.dataset['theme'] = 'light';
  frame = document.createElement('div');
  frame.style.cssText = 'width:860px';
  document.body.append(frame);
});
afterEach(() => {
  playground.close();
  frame.remove();
});

describe('rows', () => {
  test('say a warning in its own colour and an error in its own, each with its word', async () => {
    await show(scenarioOf({ ...CARD, args: { agentId: 5 } }));
    await page.getByRole('button', { name: /^Edit step warning/ }).click();
    const field = page.getByRole('textbox', { name: /^agentId/ });
    await expect.element(field, { timeout: 20_000 }).toBeVisible();
    const warning = () =>
      document.querySelector(`#${CSS.escape(field.element().getAttribute('aria-describedby') ?? '')}`);
    await expect.poll(() => warning()?.textContent).toMatch(/^\s*Warning/);
    const warned = getComputedStyle(warning() ?? frame).color;
    await page.getByRole('spinbutton', { name: 'Calls' }).fill('0');
    await userEvent.keyboard('{Tab}');
    const calls = page.getByRole('spinbutton', { name: 'Calls' });
    const error = () =>
      document.querySelector(`#${CSS.escape(calls.element().getAttribute('aria-describedby') ?? '')}`);
    await expect.poll(() => error()?.textContent).toMatch(/^\s*Error/);
    expect(getComputedStyle(error() ?? frame).color).not.toBe(warned);
  });

  test('have jitter, and every wait of an agent among its steps', async () => {
    await show(
      scenarioOf({ ...CARD, times: 4, over: '4s' }, { wait: '1s' }, { waitUntil: '2026-01-02T00:00:10.000Z' }),
    );
    await page.getByRole('button', { name: /^Edit step/ }).click();
    await page.getByRole('spinbutton', { name: 'Jitter, %' }).fill('25');
    await userEvent.keyboard('{Tab}');
    expect(playground.workspace.scenario.agents[0]?.steps[0]).toMatchObject({ jitter: 0.25 });
    await page.getByRole('button', { name: /^Edit agent/ }).click();
    const steps = page.getByRole('group', { name: 'Steps of planner, one by one' });
    await steps.getByRole('button', { name: '2 wait 1s' }).click();
    await steps.getByRole('textbox', { name: 'Wait' }).fill('3s');
    await userEvent.keyboard('{Tab}');
    await steps.getByRole('button', { name: 'Move up' }).click();
    expect(playground.workspace.scenario.agents[0]?.steps.slice(0, 1)).toEqual([{ wait: '3s' }]);
  });
});

describe('the text', () => {
  test('offers fields, and what is accepted is in force', async () => {
    await show(scenarioOf(CARD));
    await showText();
    await userEvent.keyboard('{Control>}{Home}{/Control}');
    await userEvent.keyboard('{End}{Enter}"');
    await expect.poll(rows).toContain('world');
    await userEvent.keyboard('see{Enter}7');
    await expect.poll(() => playground.workspace.scenario.seed).toBe(7);
  });

  test('with an error keeps what was written, locks the rows, and gives way to a whole new scenario', async () => {
    await show(scenarioOf(CARD));
    await showText();
    await userEvent.keyboard('{Control>}{End}{/Control}x');
    await expect.poll(() => playground.blocked).toBe('The scenario has 1 error.');
    expect(playground.workspace.scenario.agents).toHaveLength(1);
    await tab('Rows').click();
    await expect.element(page.getByRole('button', { name: 'Go to the error' })).toBeVisible();
    playground.replace({ ...playground.workspace.work, scenario: scenarioOf(CARD, CARD) }, 'Another');
    await expect.poll(() => playground.blocked).toBeNull();
    await page.getByRole('button', { name: 'Undo in the scenario' }).click();
    await expect.poll(() => playground.blocked).toBe('The scenario has 1 error.');
  });
});

describe('the world', () => {
  test('gains, changes and loses agents, and is reset', async () => {
    await show(scenarioOf(CARD));
    await tab('World').click();
    await page.getByRole('button', { name: 'Agent of the world' }).click();
    const form = page.getByRole('group', { name: 'agent-13 of the world' });
    await form.getByRole('textbox', { name: 'Id' }).fill('agent-1');
    await expect.element(form.getByText(/is taken/)).toBeVisible();
    await form.getByRole('textbox', { name: 'Id' }).fill('clerk');
    await userEvent.keyboard('{Tab}');
    const clerk = page.getByRole('group', { name: 'clerk of the world' });
    await clerk.getByRole('textbox', { name: 'Servers it may use' }).fill('agntor, ledger');
    await userEvent.keyboard('{Tab}');
    expect(playground.workspace.scenario.world).toEqual({
      agents: [{ id: 'clerk', allowedServers: ['agntor', 'ledger'] }],
    });
    await clerk.getByRole('button', { name: 'Done' }).click();
    await page.getByRole('button', { name: 'Edit agent-2', exact: true }).click();
    await page.getByRole('button', { name: 'Remove from the world' }).click();
    expect(playground.workspace.scenario.world?.remove).toEqual(['agent-2']);
    await page.getByRole('button', { name: 'Reset all agents' }).click();
    expect(playground.workspace.scenario.world).toBeUndefined();
  });

  test('shows what became of it at the end of the run and at a selected call', async () => {
    await show(scenarioOf(CARD));
    await tab('World').click();
    await page.getByRole('button', { name: 'During the run' }).click();
    await expect.element(page.getByText('At the end of the run')).toBeVisible();
    await playground.selection.open(0);
    await expect.element(page.getByText('At call 1')).toBeVisible();
  });
});
