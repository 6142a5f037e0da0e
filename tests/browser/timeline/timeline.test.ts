import { afterEach, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import type { Playground } from '../../../src/state/playground.svelte.ts';
import TimelineSection from '../../../src/ui/timeline/TimelineSection.svelte';
import { fitSpan, xAt } from '../../../src/ui/timeline/time-span.ts';
import { openPlayground, SEED } from '../shell/open-playground.ts';

let playground: Playground;

const plot = () => page.getByRole('img', { name: /^133 calls/ });
const slider = () => page.getByRole('slider', { name: 'Calls in order of time' });
const axis = () => document.querySelector('.axis')?.textContent.replace(/\s+/g, ' ') ?? '';

async function show(width = 1000): Promise<void> {
  await page.viewport(width, 900);
  playground = openPlayground();
  await playground.workspace.recheck();
  await playground.run.start();
  await render(TimelineSection, { playground });
  await expect.element(slider()).toBeVisible();
  await expect.poll(axis).toContain('UTC, virtual clock');
}

/** Place of an instant on the fitted plot, from the plot's left edge. */
function placeOf(atMs: number): number {
  const { firstMs, lastMs } = playground.run.summary ?? { firstMs: 0, lastMs: 1 };
  return xAt(fitSpan(firstMs, lastMs), slider().element().clientWidth, atMs);
}

/** Largest difference between the channels of any pixel of the first lane: how much hue there is. */
function hueOf(canvas: HTMLCanvasElement): number {
  const { width, height } = canvas;
  const data = canvas.getContext('2d')?.getImageData(0, 0, width, height).data ?? [];
  let most = 0;
  for (let i = 0; i < data.length; i += 4) {
    const channels = [data[i] ?? 0, data[i + 1] ?? 0, data[i + 2] ?? 0];
    if ((data[i + 3] ?? 0) > 200) most = Math.max(most, Math.max(...channels) - Math.min(...channels));
  }
  return most;
}
const firstLane = () => document.querySelector('canvas') ?? document.createElement('canvas');

afterEach(() => {
  playground.close();
});

test('the plot states the result in a sentence', async () => {
  await show();
  await expect
    .element(plot())
    .toHaveAccessibleName(
      /133 calls from 1 Jan 2026 23:59:58\.000 to 2 Jan 2026 00:00:03\.000 UTC: 80 allowed, 53 denied/,
    );
});

test('the axis says that it is UTC, and which day starts', async () => {
  await show();
  expect(axis()).toContain('UTC, virtual clock');
  await expect.poll(axis).toContain('2 Jan 00:00:00 minute, hour, day');
});

test('arrow keys step from call to call, Enter opens the one they stand on', async () => {
  await show();
  slider().element().focus();
  await userEvent.keyboard('{ArrowRight}{ArrowRight}{ArrowRight}');
  await expect
    .element(slider())
    .toHaveAttribute('aria-valuetext', 'Call 3 of 133, issue_audit_ticket, Allowed, 23:59:58.040');
  await userEvent.keyboard('{End}');
  await expect.element(slider()).toHaveAttribute('aria-valuetext', expect.stringMatching(/^Call 133 of 133, .*Denied/));
  expect(playground.selection.call).toBeNull();
  await userEvent.keyboard('{ArrowLeft}{Enter}');
  await expect.poll(() => playground.selection.call).toBe(131);
});

test('a press on a mark opens its call', async () => {
  await show();
  const atMs = Date.UTC(2026, 0, 1, 23, 59, 59, 240);
  await slider().click({ position: { x: placeOf(atMs), y: 52 } });
  await expect.poll(() => playground.selection.explanation?.atMs).toBe(atMs);
  expect(playground.selection.explanation?.outcome).toBe('deny');
});

test('a drag pans and opens nothing; Fit shows the whole run again', async () => {
  await show();
  const before = axis();
  const box = slider().element().getBoundingClientRect();
  const point = (type: string, x: number) =>
    new PointerEvent(type, {
      pointerId: 1,
      isPrimary: true,
      clientX: box.left + x,
      clientY: box.top + 20,
      bubbles: true,
    });
  const node = slider().element();
  node.setPointerCapture = () => undefined;
  node.dispatchEvent(point('pointerdown', 300));
  node.dispatchEvent(point('pointermove', 100));
  await expect.poll(axis).not.toBe(before);
  node.dispatchEvent(point('pointerup', 100));
  expect(playground.selection.call).toBeNull();
  await page.getByRole('button', { name: 'Fit' }).click();
  await expect.poll(axis).toBe(before);
});

test('the wheel belongs to the page unless Ctrl is held and the plot has focus', async () => {
  await show();
  const before = axis();
  const wheel = (ctrlKey: boolean) => {
    const event = new WheelEvent('wheel', { deltaY: -400, ctrlKey, bubbles: true, cancelable: true });
    slider().element().dispatchEvent(event);
    return event.defaultPrevented;
  };
  expect(wheel(false)).toBe(false);
  expect(wheel(true)).toBe(false);
  slider().element().focus();
  expect(wheel(false)).toBe(false);
  expect(axis()).toBe(before);
  expect(wheel(true)).toBe(true);
  await expect.poll(axis).not.toBe(before);
});

test('the table has the same calls, span by span', async () => {
  await show();
  await page.getByRole('button', { name: 'Table', exact: true }).click();
  const table = page.getByRole('table', { name: /^Calls by time and tool/ });
  await expect.element(table).toBeVisible();
  const sums = (): number[] => {
    const rows = table.getByRole('row').elements().slice(1);
    const numbers = rows.map((row) =>
      [...row.querySelectorAll('td.number')].map((cell) => Number(cell.textContent.replace(/\D/g, ''))),
    );
    return [0, 1, 2].map((column) => numbers.reduce((sum, row) => sum + (row[column] ?? 0), 0));
  };
  await expect.poll(sums).toEqual([133, 80, 53]);
  const counters = page.getByRole('table', { name: /^Counters/ });
  await expect.element(counters.getByRole('row', { name: /2 Jan 00:00:00.000.*planner 30 30/ })).toBeVisible();
});

test('valid tickets have a track, rows of the table and words, only in a run that issued some', async () => {
  await show();
  const section = page.getByRole('region', { name: 'Timeline' });
  await expect.element(section.getByText('tickets valid', { exact: true })).toBeVisible();
  await expect.element(section.getByText('at most 80 at once')).toBeVisible();
  await expect.element(plot()).toHaveAccessibleName(/At most 80 tickets valid at once\.$/);
  playground.clock.atMs = Date.UTC(2026, 0, 2);
  await expect.element(section.getByText('42 at 00:00:00.000')).toBeVisible();
  await page.getByRole('button', { name: 'Table', exact: true }).click();
  const tickets = page.getByRole('table', { name: 'Tickets valid at the end of each span' });
  await expect.element(tickets.getByRole('row', { name: '2 Jan 00:00:00.000 40' })).toBeVisible();
  await page.getByRole('button', { name: 'Marks', exact: true }).click();
  playground.workspace.policyText = '{ "version": "1", "default": "deny", "tools": {} }';
  await playground.workspace.recheck();
  await playground.run.start();
  await expect.element(page.getByRole('img', { name: /^133 calls.*: 0 allowed/ })).not.toHaveAccessibleName(/tickets/);
  await expect.element(section.getByText('tickets valid', { exact: true })).not.toBeInTheDocument();
});

test('results that are out of date lose their hue', async () => {
  await show();
  await expect.poll(() => hueOf(firstLane())).toBeGreaterThan(60);
  playground.preferences.set({ auto: false });
  playground.workspace.policyText = SEED.policyText.replace('30', '10');
  playground.edited();
  await expect.poll(() => hueOf(firstLane())).toBeLessThan(40);
});

test('a selected call is brought out from under the drawer', async () => {
  await show();
  const cover = slider().element().getBoundingClientRect().left + 200;
  playground.selection.coverLeft = cover;
  await playground.selection.open(120);
  const time = () => page.getByText('00:00:03.000', { exact: true }).query()?.getBoundingClientRect().left;
  await expect.poll(time).toBeLessThan(cover);
});

test('tools without calls are one row that opens', async () => {
  await show();
  playground.workspace.scenario = {
    ...SEED.scenario,
    agents: [{ name: 'planner', steps: [{ call: 'guard_input', args: { input: 'x' } }] }],
  };
  await playground.run.start();
  await page.getByRole('button', { name: 'Show tools without calls' }).click();
  await expect.element(page.getByText('13 tools without calls')).toBeVisible();
  await expect.element(page.getByText('issue_audit_ticket')).toBeVisible();
});

test('a run without calls says what to do', async () => {
  await page.viewport(1000, 700);
  playground = openPlayground({ scenario: { version: '1', start: '2026-01-01T00:00:00.000Z', agents: [] } });
  await render(TimelineSection, { playground });
  await expect.element(page.getByText('Nothing has run yet. Press Run.')).toBeVisible();
  await playground.run.start();
  await expect.element(page.getByText('No calls yet. Add a step.')).toBeVisible();
});
