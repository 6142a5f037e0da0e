import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { burst, payload, pretty, seedPolicy } from './documents.ts';
import { expect, test } from './test.ts';

const timeline = (page: Page) => page.getByRole('region', { name: 'Timeline' });
const clock = (page: Page) => timeline(page).getByRole('group', { name: 'Virtual clock' });
const plot = (page: Page) => timeline(page).getByRole('slider', { name: 'Calls in order of time' });
const time = (page: Page) => clock(page).getByRole('time');

async function jump(page: Page, to: string): Promise<void> {
  await clock(page).getByRole('button', { name: 'Jump to' }).click();
  await page.getByRole('menuitem', { name: to, exact: true }).click();
}

/** Drags from one share of the plot's width to another with Shift held. */
async function select(page: Page, from: number, to: number): Promise<void> {
  const box = await plot(page).boundingBox();
  if (box === null) throw new Error('the plot is not on the page');
  const y = box.y + 30;
  await page.keyboard.down('Shift');
  await page.mouse.move(box.x + box.width * from, y);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * to, y, { steps: 4 });
  await page.mouse.up();
  await page.keyboard.up('Shift');
}

test('the virtual clock steps, jumps and plays, and the page follows', async ({ playground, page }) => {
  await playground.openDecided();
  await playground.openTab('Audit log');
  const forward = clock(page).getByRole('button', { name: 'Step a call forward' });
  await forward.click();
  await expect(time(page)).toHaveText('23:59:58.000');
  await forward.click();
  await forward.click();
  await expect(time(page)).toHaveText('23:59:58.040');
  await expect(timeline(page)).toContainText('2 at 23:59:58.040');
  await clock(page).getByRole('button', { name: 'Step a call back' }).click();
  await expect(clock(page)).toContainText('2 of 133 calls');
  await jump(page, 'Next denial');
  await expect(time(page)).toHaveText('23:59:59.200');
  await expect(timeline(page)).toContainText('30 at 23:59:59.200');
  await expect(plot(page)).toHaveAttribute('aria-valuetext', /Denied, 23:59:59\.200$/);
  await jump(page, 'Next boundary');
  await expect(time(page)).toHaveText('00:00:00.000');
  await jump(page, 'Next boundary');
  await expect(clock(page).getByRole('status')).toHaveText('No boundary after this moment.');
  const row = playground.log.getByRole('row', { name: /00:00:00\.000/ });
  await expect(row.first()).toBeVisible();
  await playground.scenario
    .getByRole('button', { name: 'World' })
    .or(playground.scenario.getByRole('tab', { name: 'World' }))
    .click();
  await page.getByRole('button', { name: 'During the run' }).click();
  await expect(playground.scenario).toContainText('At the moment of the clock');
  await clock(page)
    .getByRole('button', { name: /^Speed/ })
    .click();
  await page.getByRole('menuitemradio', { name: '×1000' }).click();
  await clock(page).getByRole('button', { name: 'Play' }).click();
  await expect(time(page)).toHaveText('00:00:03.000');
  await expect(clock(page).getByRole('button', { name: 'Play' })).toBeVisible();
  await clock(page).getByRole('button', { name: 'Leave this moment' }).click();
  await expect(time(page)).toHaveCount(0);
});

test('the first screen shows both counters and all that was denied; a shared row opens into its lanes', async ({
  playground,
  page,
}) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await playground.openDecided();
  const show = timeline(page).getByRole('button', { name: 'Show tools with one call each' });
  await expect(timeline(page).getByText('counter of settler')).toBeInViewport({ ratio: 1 });
  await expect(timeline(page).getByText('tickets valid', { exact: true })).toBeInViewport({ ratio: 1 });
  await expect(show).toBeInViewport({ ratio: 1 });
  await expect(timeline(page).getByText('13 tools')).toBeInViewport({ ratio: 1 });
  await show.press('Enter');
  await expect(timeline(page).getByText('verify_agent_identity')).toBeVisible();
  await timeline(page).getByRole('button', { name: 'Hide tools with one call each' }).press('Enter');
  await expect(timeline(page).getByText('verify_agent_identity')).toHaveCount(0);
});

test('five seconds before the first boundary is the start of a run that begins later', async ({ playground, page }) => {
  await playground.openDecided();
  await jump(page, 'Five seconds before a boundary');
  await expect(time(page)).toHaveText('23:59:58.000');
  await expect(clock(page).getByRole('status')).toHaveText('The run starts less than five seconds before it.');
  await jump(page, 'Five seconds before a boundary');
  await expect(clock(page).getByRole('status')).toHaveText('No boundary more than five seconds after this moment.');
});

test('a stretch that is dragged out is counted and filters the audit log', async ({ playground, page }) => {
  await playground.openDecided();
  await select(page, 0.2, 0.5);
  const stretch = timeline(page).getByRole('group', { name: 'Selected stretch' });
  await expect(stretch).toContainText(/\d+ calls/);
  const calls = /(\d+) calls/.exec(await stretch.innerText())?.[1];
  await stretch.getByRole('button', { name: 'Show in the audit log' }).click();
  const log = playground.results.getByRole('tabpanel', { name: /^Audit log/ });
  await expect(log.getByRole('status').first()).toContainText(`${calls ?? '?'} of 133 calls`);
  await stretch.getByRole('button', { name: 'Clear' }).click();
  await expect(stretch).toHaveCount(0);
  await expect(playground.log).toHaveAccessibleName('Audit log, 133 rows');
});

test('keys select, zoom and clear', async ({ playground, page }) => {
  await playground.openDecided();
  await plot(page).focus();
  await page.keyboard.press('ArrowRight');
  await expect(time(page)).toHaveText('23:59:58.000');
  for (let i = 0; i < 3; i++) await page.keyboard.press('Shift+ArrowRight');
  const stretch = timeline(page).getByRole('group', { name: 'Selected stretch' });
  await expect(stretch).toContainText('4 calls');
  await page.keyboard.press('+');
  const last = timeline(page).getByText('00:00:03', { exact: true });
  await expect(last).toHaveCount(0);
  for (let i = 0; i < 4; i++) await page.keyboard.press('Shift+PageDown');
  await expect(last).toBeVisible();
  await page.keyboard.press('-');
  await page.keyboard.press('Escape');
  await expect(stretch).toHaveCount(0);
});

test('the picture is saved as vectors and pixels, the data as rows', async ({ playground, page }) => {
  await playground.openDecided();
  await expect(plot(page)).toBeVisible();
  const save = async (item: string): Promise<string> => {
    await timeline(page).getByRole('button', { name: 'Save the timeline' }).click();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('menuitem', { name: item, exact: true }).click(),
    ]);
    expect(download.suggestedFilename()).toMatch(/^timeline\.(csv|svg|png)$/);
    return download.path();
  };
  const csv = await readFile(await save('Data as CSV'), 'utf8');
  const lines = csv
    .trim()
    .split('\r\n')
    .map((line) => line.split(','));
  const calls = lines.filter(([kind]) => kind === 'calls');
  expect(calls.reduce((sum, line) => sum + Number(line[7]), 0)).toBe(133);
  const valid = lines.filter(([kind]) => kind === 'tickets');
  expect(Math.max(...valid.map((line) => Number(line[7])))).toBe(80);
  const svg = await readFile(await save('Picture as SVG'), 'utf8');
  expect(svg).toContain('20 denied');
  expect(svg).toContain('at most 80 at once');
  expect(svg).toMatch(/^<svg [^>]*role="img"/);
  expect(svg).not.toContain('<image');
  const png = await readFile(await save('Picture as PNG'));
  expect([...png.subarray(1, 4)]).toEqual([0x50, 0x4e, 0x47]);
});

test('lanes may be agents, and the table says the same', async ({ playground, page }) => {
  await playground.openDecided();
  await clock(page).getByRole('button', { name: 'By agent' }).click();
  await expect(timeline(page)).toContainText('session s1, 113 calls');
  await timeline(page).getByRole('button', { name: 'Table', exact: true }).click();
  const table = page.getByRole('table', { name: /^Calls by time and agent/ });
  await expect(table.getByRole('row', { name: /settler s1/ }).first()).toBeVisible();
  const waits = page.getByRole('table', { name: 'Waits of agents' });
  await expect(waits.getByRole('row', { name: /planner s1 wait/ })).toBeVisible();
});

test('a link opens at its moment', async ({ playground, page }) => {
  const policy = { dialect: 'policylayer', text: pretty(seedPolicy()) };
  const view = { tab: 'log', atMs: Date.UTC(2026, 0, 1, 23, 59, 59, 200) };
  await playground.open(`#v1.${payload({ v: 1, engine: '0.1.0', policy, scenario: burst(100), view })}`);
  await expect(time(page)).toHaveText('23:59:59.200');
  await expect(timeline(page)).toContainText('30 at 23:59:59.200');
  await expect(clock(page)).toContainText('31 of 100 calls');
});

test('where motion is not wanted the clock plays in steps', async ({ playground, page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await playground.openDecided();
  await clock(page)
    .getByRole('button', { name: /^Speed/ })
    .click();
  await page.getByRole('menuitemradio', { name: '×1', exact: true }).click();
  await clock(page).getByRole('button', { name: 'Play' }).click();
  await expect(time(page)).toHaveText('23:59:59.000');
  await expect(time(page)).toHaveText('00:00:00.000');
  await clock(page).getByRole('button', { name: 'Pause' }).click();
});
