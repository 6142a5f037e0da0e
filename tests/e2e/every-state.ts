import { fileURLToPath } from 'node:url';
import { expect, type Locator, type Page } from '@playwright/test';
import { pretty, seedPolicy } from './documents.ts';
import type { Playground } from './playground.ts';

/** Called in every state with its name, and with a selector of what it changed where the rest is as it was. */
type Look = (state: string, within?: string) => Promise<void>;

const RESULTS = 'section[aria-label="Results"]';
const SCENARIO = 'section[aria-label="Scenario"]';

const TRACE = fileURLToPath(new URL('../cases/traces/audit-log.jsonl', import.meta.url));

/** Shows a part of the page wherever the layout has put it. */
async function bring({ page, policy }: Playground, part: 'Policy' | 'Run' | 'Results'): Promise<void> {
  const choice = page.getByRole('tablist', { name: 'Part of the page' }).getByRole('tab', { name: part });
  if (await choice.isVisible()) await choice.click();
  const fold = policy.getByRole('button', { name: /^Policy/ });
  if (part === 'Policy' && (await fold.isVisible()) && (await fold.getAttribute('aria-expanded')) === 'false') {
    await fold.click();
  }
}

/** Chooses from the menu that holds what the header has no room for, or from `wide` where there is room. */
async function chooseInHeader(page: Page, item: RegExp, wide: Locator): Promise<void> {
  const more = page.getByRole('banner').getByRole('button', { name: 'More', exact: true });
  await ((await more.isVisible()) ? more : wide).click();
  await page.getByRole('menuitem', { name: item }).click();
}

/** Looks at an open dialog and closes it. */
async function dialog(page: Page, name: string | RegExp, look: Look, ready?: string): Promise<void> {
  const open = page.getByRole('dialog', { name });
  await expect(open).toBeVisible();
  if (ready !== undefined) await expect(open).toContainText(ready);
  await look(`dialog ${String(name)}`, '[role="dialog"]');
  await page.keyboard.press('Escape');
  await expect(open).toBeHidden();
}

async function results(playground: Playground, look: Look): Promise<void> {
  await bring(playground, 'Results');
  await look('Summary');
  const findings = await playground.openTab('Findings');
  await expect(findings.locator('button[aria-expanded="false"]').first()).toBeVisible();
  const closed = findings.locator('h3 button[aria-expanded="false"]');
  while ((await closed.count()) > 0) await closed.first().click();
  await expect(findings.getByRole('table').first()).toBeAttached();
  await look('Findings, all sections open', RESULTS);
  for (const tab of ['Audit log', "Agent's view", 'Tests', 'Compare'] as const) {
    await playground.openTab(tab);
    await look(tab, RESULTS);
  }
  const attacks = await playground.openTab('Attacks');
  await attacks.getByRole('button', { name: 'Run all attacks' }).click();
  await expect(attacks).toContainText(/\d+ of \d+/);
  await attacks.getByRole('button', { name: 'Grant hopping', exact: true }).click();
  await look('Attacks, one open', RESULTS);
  const tickets = await playground.openTab('Tickets');
  await expect(tickets).toContainText('Matches this key');
  await look('Tickets', RESULTS);
  await tickets.getByRole('button', { name: 'Over time' }).click();
  await look('Tickets, over time', RESULTS);
  await tickets.getByRole('button', { name: 'Paste a token' }).click();
  await look('Tickets, paste a token', RESULTS);
}

async function dialogs(playground: Playground, look: Look): Promise<void> {
  const { page } = playground;
  const example = page.getByRole('button', { name: /^Example/ });
  if (await example.isVisible()) await example.click();
  else await chooseInHeader(page, /^Examples/, example);
  await dialog(page, 'Examples', look);
  await chooseInHeader(page, /k6 script/, page.getByRole('button', { name: 'Export', exact: true }));
  await dialog(page, 'k6 script', look);
  await playground.shareLink();
  await dialog(page, 'Share', look);
  const commands = page.getByRole('button', { name: 'Commands' });
  if (await commands.isVisible()) await commands.click();
  else await chooseInHeader(page, /^Commands/, commands);
  await dialog(page, 'Commands', look);
  await bring(playground, 'Run');
  await page.getByRole('button', { name: 'Import a trace' }).click();
  await page.getByLabel('Trace to import').setInputFiles(TRACE);
  await dialog(page, 'Import a trace', look, 'Audit log');
}

async function scenario(playground: Playground, look: Look): Promise<void> {
  await bring(playground, 'Run');
  await playground.scenario
    .getByRole('button', { name: /^Edit step/ })
    .first()
    .click();
  await look('scenario, a step being edited');
  for (const face of ['JSON', 'World', 'Rows']) {
    await playground.scenario.getByRole('tab', { name: face }).click();
    await look(`scenario as ${face}`, SCENARIO);
  }
}

async function policy(playground: Playground, look: Look): Promise<void> {
  const { page } = playground;
  await bring(playground, 'Policy');
  await playground.policy.getByRole('button', { name: /^Dialect/ }).click();
  await page.getByRole('menuitem', { name: /^Convert to/ }).click();
  await dialog(page, /^Convert/, look);
  await playground.policy.getByRole('tab', { name: 'Builder' }).click();
  await expect(page.locator('[data-part="builder"]')).toBeVisible();
  await look('Builder');
  await playground.policy.getByRole('tab', { name: 'JSON' }).click();
  await look('policy as text');
  await playground.setPolicy('{');
  await expect(page.getByText('Results are out of date.')).toBeAttached();
  await look('policy with errors');
  await playground.setPolicy(pretty(seedPolicy()));
  await playground.expectRun({ state: 'done' });
}

/** Walks through every state of the page on one load, from its first visit on. */
export async function everyState(playground: Playground, look: Look): Promise<void> {
  await playground.openDecided();
  await look('first visit');
  await results(playground, look);
  await playground.explain(3);
  await look('explanation');
  await playground.explanation.getByRole('button', { name: 'Close' }).click();
  await scenario(playground, look);
  await dialogs(playground, look);
  await policy(playground, look);
}
