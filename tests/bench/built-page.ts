import type { Page } from 'playwright';
import { within } from './measure.ts';

/** The page runs work by itself this long after its last edit. */
const AUTO_DELAY_MS = 150;
/** Between two measurements, for what the page still asks about the last run. */
const QUIET_MS = 1500;
/** For one click or edit, on a machine that does much else. */
const LIMIT_S = 30;

/** From each act to the paint of its verdicts, and the longest task of the page's own thread in all that time (0: under 50). */
export interface Painted {
  readonly ms: readonly number[];
  readonly longestTaskMs: number;
}

/** Defines `untilPainted(act)` on the page: ms from `act` to the end of the frame that paints the run's state `done`. */
const WATCH = `
  window.longTasks = [];
  window.pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
  new PerformanceObserver((list) => longTasks.push(...list.getEntries().map((entry) => entry.duration)))
    .observe({ type: 'longtask' });
  window.untilPainted = (act) => new Promise((resolve) => {
    const run = document.querySelector('[data-part="run"]');
    let left = false;
    const startMs = performance.now();
    const watch = new MutationObserver(() => {
      const state = run.getAttribute('data-state');
      if (state !== 'done') left = true;
      if (state !== 'done' || !left) return;
      watch.disconnect();
      requestAnimationFrame(() => {
        // why: a message sent while a frame is made arrives when that frame has been laid out and painted.
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => {
          port1.close();
          resolve(performance.now() - startMs);
        };
        port2.postMessage(null);
      });
    });
    watch.observe(run, { attributes: true, attributeFilter: ['data-state'] });
    act();
  });
`;

async function ready(page: Page): Promise<void> {
  await page.locator('[data-part="run"][data-state="done"]').waitFor({ timeout: 60_000 });
  await page.evaluate(WATCH);
}

/** Clicks Run and waits for the paint, again and again; the first time warms up and is left out. */
export async function measureRuns(page: Page, times: number): Promise<Painted> {
  await ready(page);
  return measure(page, times, async () => {
    await page.evaluate(`pause(${QUIET_MS})`);
    const one = page.evaluate<number>(`untilPainted(() => {
      [...document.querySelectorAll('button')].find((button) => button.textContent.trim().startsWith('Run')).click();
    })`);
    return within(LIMIT_S, 'a run after a click', one);
  });
}

/** Types into the policy and waits for the paint of the new verdicts; times count from the end of the page's own delay. */
export async function measureEdits(page: Page, times: number): Promise<Painted> {
  await ready(page);
  const editor = page.getByRole('region', { name: 'Policy', exact: true }).getByRole('textbox', { name: /policy/i });
  return measure(page, times, async () => {
    await page.evaluate(`pause(${QUIET_MS / 3})`);
    await editor.focus();
    await page.keyboard.press('ControlOrMeta+End');
    // why: a key may overtake a question to the page, so it is pressed only when the page is known to wait for it.
    await page.evaluate(`void (window.edited = new Promise((resolve) => {
      document.addEventListener('keydown', () => resolve(untilPainted(() => undefined)), { once: true, capture: true });
    }))`);
    await page.keyboard.press('Space');
    return (await within(LIMIT_S, 'a run after an edit', page.evaluate<number>('edited'))) - AUTO_DELAY_MS;
  });
}

/** Acts once to warm up and then `times` times; what the page still asks about the last run is waited for as well. */
async function measure(page: Page, times: number, act: () => Promise<number>): Promise<Painted> {
  await act();
  await page.evaluate(`pause(${QUIET_MS}).then(() => void (longTasks.length = 0))`);
  const ms: number[] = [];
  for (let i = 0; i < times; i++) ms.push(await act());
  return { ms, longestTaskMs: await page.evaluate<number>(`pause(${QUIET_MS}).then(() => Math.max(0, ...longTasks))`) };
}
