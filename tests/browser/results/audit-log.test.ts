import { afterEach, describe, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import type { Playground } from '../../../src/state/playground.svelte.ts';
import type { Work } from '../../../src/state/workspace.svelte.ts';
import AuditLogPanel from '../../../src/ui/results/AuditLogPanel.svelte';
import { openPlayground, SEED } from '../shell/open-playground.ts';

let playground: Playground;

async function show(work: Partial<Work> = {}): Promise<void> {
  await page.viewport(1200, 700);
  playground = openPlayground(work);
  await playground.run.start();
  const { container } = await render(AuditLogPanel, { playground });
  container.style.cssText = 'display: flex; flex-direction: column; height: 500px';
  await expect.element(grid()).toBeVisible();
}
const grid = () => page.getByRole('grid', { name: /^Audit log/ });
const madeRows = () => [...grid().element().querySelectorAll<HTMLElement>('[data-row]')];
const lastMade = () => madeRows().at(-1)?.textContent.replace(/\s+/g, ' ') ?? '';
const active = () => document.getElementById(grid().element().getAttribute('aria-activedescendant') ?? '');
const matches = () => page.getByRole('status');

afterEach(() => {
  playground.close();
});

describe('rows', () => {
  test('tell time, outcome, grant, session, tool and rule, and only those looked at are made', async () => {
    await show();
    await expect.element(grid()).toHaveAttribute('aria-rowcount', '134');
    const first = grid().getByRole('row', { name: /^1 23:59:58\.000 Allowed planner s1 issue_audit_ticket/ });
    await expect.element(first).toHaveAttribute('aria-rowindex', '2');
    expect(madeRows().length).toBeLessThan(60);
  });

  test('hold no argument values', async () => {
    await show();
    await expect.element(grid().getByRole('row', { name: /^2 / })).toBeVisible();
    expect(grid().element().textContent).not.toContain('agent-');
  });

  test('are walked with the keys; Enter opens', async () => {
    await show();
    grid().element().focus();
    await userEvent.keyboard('{End}');
    await expect.poll(() => active()?.textContent).toMatch(/^133/);
    await userEvent.keyboard('{ArrowUp}{Enter}');
    expect(playground.selection.call).toBe(131);
    await userEvent.keyboard('{Home}{PageDown}{ArrowDown}');
    await expect.poll(() => Number(active()?.getAttribute('aria-rowindex'))).toBeGreaterThan(10);
  });

  test('open with a press', async () => {
    await show();
    await grid().getByRole('row', { name: /^5 / }).click();
    expect(playground.selection.call).toBe(4);
  });

  test('follow the call in the drawer', async () => {
    await show();
    await playground.selection.open(120);
    await expect.poll(() => active()?.textContent).toMatch(/^121/);
    await expect.poll(() => active()?.getAttribute('aria-selected')).toBe('true');
  });
});

describe('filters', () => {
  test('by text, outcome and rule leave the matching calls', async () => {
    await show();
    await page.getByRole('searchbox').fill('SETTLER');
    await expect.element(matches()).toHaveTextContent('20 of 133 calls');
    await page.getByRole('button', { name: 'Clear' }).click();
    await page.getByRole('button', { name: 'Outcome: All outcomes' }).click();
    await page.getByRole('menuitemradio', { name: 'Denied' }).click();
    await expect.element(matches()).toHaveTextContent('53 of 133 calls');
    await page.getByRole('button', { name: 'Rule: All rules' }).click();
    await page.getByRole('menuitemradio', { name: /default deny/ }).click();
    await expect.element(matches()).toHaveTextContent('13 of 133 calls');
    await expect.element(grid()).toHaveAttribute('aria-rowcount', '14');
  });

  test('that nothing matches offer to be cleared', async () => {
    await show();
    await page.getByRole('searchbox').fill('nobody');
    await expect.element(page.getByText('No call matches this filter.')).toBeVisible();
    await page.getByRole('button', { name: 'Clear the filter' }).click();
    await expect.element(grid()).toHaveAttribute('aria-rowcount', '134');
  });
});

describe('a million rows', () => {
  const agents = [
    {
      name: 'planner',
      steps: [{ call: 'issue_audit_ticket', times: 1_000_000, over: '1h', args: { agentId: 'agent-1' } }],
    },
  ];

  test('are reached by keys, by the bar and through a filter, with a screenful of them made', async () => {
    await show({ scenario: { ...SEED.scenario, agents } });
    await expect.element(grid()).toHaveAttribute('aria-rowcount', '1000001');
    grid().element().focus();
    await userEvent.keyboard('{End}');
    await expect.poll(lastMade).toMatch(/^1,000,000 \S+ Denied/);
    grid().element().scrollTop = grid().element().scrollHeight / 2;
    await expect.poll(lastMade).toMatch(/^(49|50)\d,\d{3} \S+ (Denied|Allowed)/);
    await playground.selection.open(750_000);
    await expect.poll(() => active()?.textContent).toMatch(/^750,001/);
    playground.selection.showCalls({ outcomes: ['allow'] });
    await expect.element(matches()).toHaveTextContent(/^1,8\d\d of 1,000,000 calls$/);
    expect(madeRows().length).toBeLessThan(80);
  });
});

/** Opens a playground and gives the worker that it started. */
function openWithWorker(): Worker {
  const started: Worker[] = [];
  const Native = Worker;
  class Watched extends Native {
    constructor(url: string | URL, options?: WorkerOptions) {
      super(url, options);
      started.push(this);
    }
  }
  window.Worker = Watched;
  playground = openPlayground();
  window.Worker = Native;
  const [worker] = started;
  if (worker === undefined) throw new Error('a playground starts its worker at once');
  return worker;
}

test('a run the simulator no longer holds is said, and a run mends it', async () => {
  await page.viewport(1200, 700);
  const worker = openWithWorker();
  await playground.run.start();
  worker.dispatchEvent(new ErrorEvent('error'));
  await expect.poll(() => playground.run.phase).toBe('failed');
  await render(AuditLogPanel, { playground });
  await expect.element(page.getByText('The simulator no longer holds this run.')).toBeVisible();
  await page.getByRole('button', { name: 'Run again' }).click();
  await expect.element(grid()).toBeVisible();
});
