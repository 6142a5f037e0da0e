import type { Locator } from '@playwright/test';
import { axeFindings } from './axe-findings.ts';
import { burst, fragment, seedPolicy } from './documents.ts';
import type { Playground } from './playground.ts';
import { expect, test } from './test.ts';

/** Puts a text in the place of the scenario's, as a person would by pasting. */
async function setScenario(playground: Playground, text: string): Promise<Locator> {
  await playground.scenario.getByRole('tab', { name: 'JSON' }).click();
  const editor = playground.scenario.getByRole('textbox', { name: 'Scenario text' });
  await playground.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await playground.page.evaluate((value) => navigator.clipboard.writeText(value), text);
  await editor.focus();
  await playground.page.keyboard.press('ControlOrMeta+a');
  await playground.page.keyboard.press('ControlOrMeta+v');
  return editor;
}
async function scenarioText(playground: Playground): Promise<string> {
  await playground.scenario.getByRole('tab', { name: 'JSON' }).click();
  await playground.scenario.getByRole('textbox', { name: 'Scenario text' }).focus();
  await playground.page.keyboard.press('ControlOrMeta+a');
  return playground.copied();
}

const COMMENTED = `{
  // a burst across midnight
  "version": "1", "start": "2026-01-01T23:59:58.000Z",
  "agents": [
    { "name": "planner", "steps": [
      { "call": "issue_audit_ticket", "times": 40, "over": "1s", "args": { "agentId": "agent-1" } }
    ] }
  ]
}
`;

test('editing the JSON changes the verdicts, and rows follow', async ({ playground }) => {
  await playground.openDecided(fragment(seedPolicy(), burst(100)));
  await setScenario(playground, COMMENTED);
  await playground.expectRun({ state: 'done', calls: 40, allowed: 30, denied: 10 });
  await expect(playground.scenario).toContainText('Comments stay in this tab');
  await playground.scenario.getByRole('tab', { name: 'Rows' }).click();
  await expect(playground.scenario.getByRole('button', { name: /^Edit step/ })).toContainText('×40');
});

test('broken JSON is kept, locks the rows, says so at Run, and is undone from the rows', async ({ playground }) => {
  await playground.openDecided(fragment(seedPolicy(), burst(100)));
  await setScenario(playground, COMMENTED.replace('"times": 40', '"tims": 40'));
  await expect(playground.scenario.getByRole('status').filter({ hasText: '1 error' })).toContainText('tims');
  await expect(playground.runButton).toBeDisabled();
  await expect(playground.page.getByText('The scenario has 1 error.').first()).toBeVisible();
  await playground.scenario.getByRole('tab', { name: 'Rows' }).click();
  await expect(playground.scenario.getByRole('tabpanel', { name: 'Rows' })).toHaveAttribute('inert', '');
  await expect(playground.scenario.getByRole('button', { name: 'Add agent' })).toBeDisabled();
  await playground.expectRun({ calls: 100 });
  await playground.scenario.getByRole('button', { name: 'Go to the error' }).click();
  expect(await scenarioText(playground)).toContain('"tims": 40');
  await playground.page.reload();
  await playground.expectRun({ state: 'done', calls: 100 });
  expect(await scenarioText(playground)).toContain('"tims": 40');
  await setScenario(playground, COMMENTED);
  await playground.expectRun({ state: 'done', calls: 40 });
  await expect(playground.runButton).toBeEnabled();
});

test('an edit in the rows changes that much of the text, and Undo takes it back in both', async ({ playground }) => {
  await playground.openDecided(fragment(seedPolicy(), burst(100)));
  await setScenario(playground, COMMENTED);
  await playground.expectRun({ state: 'done', calls: 40 });
  const { scenario } = playground;
  await scenario.getByRole('tab', { name: 'Rows' }).click();
  await scenario.getByRole('button', { name: /^Edit step/ }).click();
  const calls = scenario.getByRole('group', { name: /^Step/ }).getByRole('spinbutton', { name: 'Calls' });
  await calls.fill('50');
  await calls.press('Tab');
  await playground.expectRun({ state: 'done', calls: 50 });
  expect(await scenarioText(playground)).toBe(COMMENTED.replace('"times": 40', '"times": 50'));
  await scenario.getByRole('tab', { name: 'Rows' }).click();
  await scenario.getByRole('button', { name: 'Undo in the scenario' }).click();
  await playground.expectRun({ state: 'done', calls: 40 });
  expect(await scenarioText(playground)).toBe(COMMENTED);
});

test('steps inside a repeat are edited and added', async ({ playground }) => {
  const step = { call: 'issue_audit_ticket', args: { agentId: 'agent-1' } };
  const scenario = { ...burst(1), agents: [{ name: 'planner', steps: [{ repeat: 4, steps: [step] }] }] };
  await playground.openDecided(fragment(seedPolicy(), scenario));
  await playground.expectRun({ calls: 4 });
  await playground.scenario.getByRole('button', { name: /^Edit step/ }).click();
  const form = playground.scenario.getByRole('group', { name: 'Repeat of planner' });
  await form.getByRole('button', { name: 'Add wait', exact: true }).click();
  await expect(form.getByRole('textbox', { name: 'Wait' })).toHaveValue('1s');
  await form.getByRole('button', { name: /issue_audit_ticket/ }).click();
  const calls = form.getByRole('spinbutton', { name: 'Calls' });
  await calls.fill('3');
  await calls.press('Tab');
  await playground.expectRun({ state: 'done', calls: 12 });
  expect(await scenarioText(playground)).toContain('{ "wait": "1s" }');
});

test('an edit of the world makes a ticket fail, and the inspector shows it', async ({ playground }) => {
  await playground.openDecided(fragment(seedPolicy(), burst(5)));
  const { scenario } = playground;
  const explanation = await playground.explain(1);
  await expect(explanation.getByRole('button', { name: 'Open its ticket' })).toBeVisible();
  await scenario.getByRole('tab', { name: 'World' }).click();
  await scenario.getByText('At the start').click();
  await scenario.getByRole('button', { name: 'Edit agent-1', exact: true }).click();
  const form = scenario.getByRole('group', { name: 'agent-1 of the world' });
  await form.getByRole('combobox', { name: 'Kill switch' }).selectOption('thrown');
  await playground.expectRun({ state: 'done', calls: 5 });
  await expect(explanation.getByRole('button', { name: 'Open its ticket' })).toHaveCount(0);
  await explanation.getByRole('button', { name: 'World at this moment' }).click();
  await expect(scenario.getByRole('status').filter({ hasText: 'At call 1' })).toBeVisible();
  const row = scenario.getByRole('row', { name: /^agent-1 / });
  await expect(row).toContainText('stopped before the run');
  expect(await scenarioText(playground)).toMatch(
    /"id": "agent-1",\s+"killSwitch": true|"id": "agent-1", "killSwitch": true/,
  );
});

test('the text, the world and the forms are free of violations', async ({ playground, page }) => {
  const violations = () => axeFindings(page, 'section[aria-label="Scenario"]');
  await playground.openDecided(fragment(seedPolicy(), burst(5)));
  await setScenario(playground, COMMENTED);
  await playground.expectRun({ state: 'done', calls: 40 });
  expect(await violations()).toEqual([]);
  await playground.scenario.getByRole('tab', { name: 'World' }).click();
  await playground.scenario.getByRole('button', { name: 'Edit agent-3', exact: true }).click();
  expect(await violations()).toEqual([]);
  await playground.scenario.getByRole('button', { name: 'During the run' }).click();
  await expect(playground.scenario.getByText('At the end of the run')).toBeVisible();
  expect(await violations()).toEqual([]);
});
