import { afterEach, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import type { Playground } from '../../../src/state/playground.svelte.ts';
import { CallCursor } from '../../../src/ui/timeline/call-cursor.svelte.ts';
import { Player, type Ticker } from '../../../src/ui/timeline/player.svelte.ts';
import TimelineSection from '../../../src/ui/timeline/TimelineSection.svelte';
import { fitSpan } from '../../../src/ui/timeline/time-span.ts';
import { openPlayground } from '../shell/open-playground.ts';

const START = Date.UTC(2026, 0, 1, 23, 59, 58);
let playground: Playground;

/** A ticker that ticks when told to. */
function byHand(): { ticker: Ticker; tick: (ms: number) => void; running: () => boolean } {
  let tick: ((ms: number) => void) | null = null;
  const ticker: Ticker = {
    start(task) {
      tick = task;
      return () => (tick = null);
    },
  };
  return { ticker, tick: (ms) => tick?.(ms), running: () => tick !== null };
}

async function decided(): Promise<void> {
  await page.viewport(1000, 900);
  playground = openPlayground();
  await playground.workspace.recheck();
  await playground.run.start();
}

afterEach(() => {
  playground.close();
});

test('plays at the chosen speed, from the first call to the last, and stops there', async () => {
  await decided();
  const { ticker, tick, running } = byHand();
  const player = new Player(playground, new CallCursor(playground), ticker);
  const { clock } = playground;
  player.play();
  expect([player.playing, clock.atMs]).toEqual([true, START]);
  tick(1000);
  expect(clock.atMs).toBe(START + 500);
  player.speed = 0.1;
  tick(1000);
  expect(clock.atMs).toBe(START + 600);
  player.pause();
  tick(1000);
  expect([player.playing, running(), clock.atMs]).toEqual([false, false, START + 600]);
  player.play();
  player.speed = 1000;
  tick(100);
  expect([player.playing, clock.atMs]).toEqual([false, START + 5000]);
  player.play();
  expect(clock.atMs).toBe(START);
  player.leave();
  expect([player.playing, clock.atMs, clock.call]).toEqual([false, null, null]);
});

test('finds the last call made by its moment', async () => {
  await decided();
  const player = new Player(playground, new CallCursor(playground));
  playground.clock.atMs = START + 45;
  await player.follow();
  const made = playground.run.summary?.calls ?? 0;
  expect(playground.clock.call).toBeGreaterThan(0);
  expect(playground.clock.call).toBeLessThan(made);
  playground.clock.atMs = START - 1;
  await player.follow();
  expect(playground.clock.call).toBe(-1);
});

test('jumps ahead, and says when there is nothing ahead', async () => {
  await decided();
  const player = new Player(playground, new CallCursor(playground));
  await player.jump('boundary');
  expect(playground.clock.atMs).toBe(START + 2000);
  await player.jump('boundary');
  expect([playground.clock.atMs, player.said]).toEqual([START + 2000, 'No boundary after this moment.']);
  await player.jump('denial');
  expect([player.said, (playground.clock.atMs ?? 0) > START + 2000]).toEqual(['', true]);
});

test('an open drawer follows a step, and closes when the clock plays', async () => {
  await decided();
  await render(TimelineSection, { playground });
  await page.getByRole('button', { name: 'Step a call forward' }).click();
  await expect.poll(() => playground.clock.atMs).toBe(START);
  await playground.selection.open(3);
  await expect.poll(() => playground.clock.call).toBe(3);
  await page.getByRole('button', { name: 'Step a call forward' }).click();
  expect(playground.selection.call).toBe(4);
  await page.getByRole('button', { name: 'Play', exact: true }).click();
  expect(playground.selection.call).toBeNull();
  await page.getByRole('button', { name: 'Pause' }).click();
});

test('many steps in a row are each a call', async () => {
  await decided();
  await render(TimelineSection, { playground });
  const slider = page.getByRole('slider', { name: 'Calls in order of time' });
  await expect.element(slider).toBeVisible();
  slider.element().focus();
  await userEvent.keyboard('{ArrowRight}'.repeat(80));
  await expect.element(slider).toHaveAttribute('aria-valuetext', expect.stringMatching(/^Call 80 of 133/));
  await expect.poll(() => playground.clock.call).toBe(79);
});

test('a moment from a link is shown once its run is there', async () => {
  await decided();
  playground.clock.atMs = START + 1200;
  await render(TimelineSection, { playground });
  await expect.element(page.getByText('30 at 23:59:59.200')).toBeVisible();
});

test('counters, tickets and columns are charts, marks are not', async () => {
  await decided();
  await render(TimelineSection, { playground });
  await expect.poll(() => document.querySelectorAll('.uplot').length).toBe(3);
  await page.getByRole('button', { name: 'Density' }).click();
  await expect.poll(() => document.querySelectorAll('.uplot').length).toBeGreaterThan(3);
});

test('a track falls upright at the boundary', async () => {
  await decided();
  await render(TimelineSection, { playground });
  await expect.poll(() => document.querySelectorAll('.uplot canvas').length).toBe(3);
  const canvas = document.querySelector<HTMLCanvasElement>('.uplot canvas');
  const context = canvas?.getContext('2d');
  if (!canvas || !context) throw new Error('no chart');
  // why: the area under the line is see-through, so that what is opaque and in the accent's hue is the line.
  const fallsAt = (share: number): number => {
    const row = context.getImageData(0, Math.round(canvas.height * share), canvas.width, 1).data;
    const isLine = (x: number) => (row[4 * x + 3] ?? 0) > 200 && (row[4 * x + 2] ?? 0) - (row[4 * x] ?? 0) > 100;
    const places = Array.from({ length: canvas.width }, (_, x) => x).filter(isLine);
    const { fromMs, toMs } = fitSpan(START, START + 5000);
    const boundary = ((START + 2000 - fromMs) / (toMs - fromMs)) * canvas.width;
    return places.findLast((x) => Math.abs(x - boundary) < 12) ?? -1;
  };
  const places = [0.35, 0.5, 0.65].map(fallsAt);
  expect(Math.min(...places)).toBeGreaterThan(0);
  expect(new Set(places).size).toBe(1);
});

test('a finger selects where selecting was switched on, two fingers zoom, and a drag then pans again', async () => {
  await decided();
  await render(TimelineSection, { playground });
  const slider = page.getByRole('slider', { name: 'Calls in order of time' });
  await expect.element(slider).toBeVisible();
  const node = slider.element();
  node.setPointerCapture = () => undefined;
  const box = node.getBoundingClientRect();
  const touch = (type: string, pointerId: number, x: number) =>
    node.dispatchEvent(
      new PointerEvent(type, { pointerId, clientX: box.left + x, clientY: box.top + 20, bubbles: true }),
    );
  const toggle = page.getByRole('button', { name: 'Select a stretch by dragging' });
  await toggle.click();
  touch('pointerdown', 1, 100);
  touch('pointermove', 1, 300);
  touch('pointerup', 1, 300);
  await expect.poll(() => playground.selection.filter.toMs).toBeGreaterThan(START);
  const selected = playground.selection.filter;
  touch('pointerdown', 1, 100);
  touch('pointerdown', 2, 200);
  touch('pointermove', 1, 50);
  touch('pointermove', 2, 400);
  touch('pointerup', 1, 50);
  touch('pointerup', 2, 400);
  expect(playground.selection.filter).toBe(selected);
  await toggle.click();
  touch('pointerdown', 1, 100);
  touch('pointermove', 1, 300);
  touch('pointerup', 1, 300);
  expect(playground.selection.filter).toBe(selected);
});
