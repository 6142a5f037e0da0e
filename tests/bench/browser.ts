import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright';
import { build, createServer, preview } from 'vite';
import { fragment } from '../e2e/documents.ts';
import { getChromium, LAUNCH_ARGS } from '../get-browser.mjs';
import { type Line, median, within } from './measure.ts';
import type { bench, RunTimes } from './page.ts';
import { BENCH_POLICY, benchScenario } from './scenarios.ts';
import { measureEdits, measureRuns, type Painted } from './built-page.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const MILLION = 1_000_000;
const ROUNDS = 5;
const HOST = '127.0.0.1';
/** For one question to the bench page, ten million calls included. */
const LIMIT_S = 60;

const rounded = (value: number): number => Number(value.toPrecision(4));

/** An engine client of our own in a browser: what `bench` of the page gives. */
type Bench = { readonly [Name in keyof typeof bench]: (typeof bench)[Name] };

/** Calls the bench page's functions. */
class Harness {
  constructor(readonly page: Page) {}

  ask<Name extends keyof Bench>(
    name: Name,
    ...given: Parameters<Bench[Name]>
  ): Promise<Awaited<ReturnType<Bench[Name]>>> {
    const answer = this.page.evaluate<Awaited<ReturnType<Bench[Name]>>>(`bench.${name}(...${JSON.stringify(given)})`);
    return within(LIMIT_S, `bench.${name} in Chromium`, answer);
  }
}

/** Runs in the worker beside the bare loop in the same engine, in turn. */
async function speed(harness: Harness): Promise<Line[]> {
  const small: { bare: number; run: RunTimes; again: RunTimes }[] = [];
  for (let round = 0; round <= ROUNDS; round++) {
    const bare = await harness.ask('bare', MILLION);
    const run = await harness.ask('run', MILLION, 'calendar', true);
    const again = await harness.ask('run', MILLION, 'calendar', false);
    // why: a first round warms up.
    if (round > 0) small.push({ bare, run, again });
  }
  const of = (pick: (one: (typeof small)[number]) => number): number => rounded(median(small.map(pick)));
  return [
    {
      name: 'chromium-simulate',
      value: Math.round(1000 * of(({ run }) => run.calls / run.decideMs)),
      unit: 'decisions/s',
      ratios: { 'bare-loop': of(({ bare, run }) => bare / run.decideMs) },
    },
    { name: 'chromium-bare-loop', value: of(({ bare }) => bare), unit: 'ms' },
    {
      name: 'chromium-run-1m',
      value: of(({ run }) => run.wallMs),
      unit: 'ms',
      ratios: { 'bare-loop': of(({ bare, run }) => run.wallMs / bare) },
    },
    {
      name: 'chromium-run-1m-again',
      value: of(({ again }) => again.wallMs),
      unit: 'ms',
      ratios: { 'bare-loop': of(({ bare, again }) => again.wallMs / bare) },
    },
  ];
}

/** Ten times the calls, and explanations all over them. */
async function scale(harness: Harness): Promise<Line[]> {
  const lines: Line[] = [];
  for (const windows of ['calendar', 'sliding'] as const) {
    const one = await harness.ask('run', MILLION, windows, true);
    const ten = await harness.ask('run', 10 * MILLION, windows, true);
    lines.push({
      name: `chromium-run-10m-${windows}`,
      value: rounded(ten.wallMs),
      unit: 'ms',
      ratios: { 'run-1m': rounded(ten.wallMs / one.wallMs), 'decide-1m': rounded(ten.decideMs / one.decideMs) },
    });
    // why: multiples of a large prime are all over the run, forwards and backwards.
    const calls = Array.from({ length: 25 }, (_, i) => (9_000_001 + i * 7_654_321) % (10 * MILLION));
    const [first = 0, ...rest] = await harness.ask('explain', calls);
    lines.push(
      { name: `chromium-explain-first-${windows}`, value: rounded(first), unit: 'ms' },
      { name: `chromium-explain-median-${windows}`, value: rounded(median(rest)), unit: 'ms' },
      { name: `chromium-explain-most-${windows}`, value: rounded(Math.max(...rest)), unit: 'ms' },
    );
  }
  return lines;
}

/** What the built page takes from a click, and from an edit, to new verdicts on screen. */
async function clicks(browser: Browser, harness: Harness): Promise<Line[]> {
  const outDir = await mkdtemp(join(tmpdir(), 'playground-bench-'));
  await build({ root: ROOT, logLevel: 'error', build: { outDir, emptyOutDir: true } });
  const server = await preview({ root: ROOT, logLevel: 'error', build: { outDir }, preview: { host: HOST, port: 0 } });
  try {
    const [address = ''] = server.resolvedUrls?.local ?? [];
    const open = async (calls: number): Promise<Page> => {
      const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, serviceWorkers: 'block' });
      await page.goto(`${address}${fragment(BENCH_POLICY, benchScenario(calls))}`);
      return page;
    };
    const measured = async (calls: number, look: (page: Page) => Promise<Painted>): Promise<Painted> => {
      const page = await open(calls);
      const painted = await look(page);
      await page.close();
      return painted;
    };
    const one = await measured(MILLION, (page) => measureRuns(page, ROUNDS));
    const bare: number[] = [];
    for (let i = 0; i < ROUNDS; i++) bare.push(await harness.ask('bare', MILLION));
    const ten = await measured(10 * MILLION, (page) => measureRuns(page, 3));
    const edits = await measured(10_000, (page) => measureEdits(page, 2 * ROUNDS));
    const line = (name: string, ms: number, ratios?: Line['ratios']): Line => ({
      name,
      value: rounded(ms),
      unit: 'ms',
      ...(ratios && { ratios }),
    });
    return [
      line('click-to-painted-1m', median(one.ms), { 'bare-loop': rounded(median(one.ms) / median(bare)) }),
      line('longest-task-1m', one.longestTaskMs),
      line('click-to-painted-10m', median(ten.ms), { 'click-to-painted-1m': rounded(median(ten.ms) / median(one.ms)) }),
      line('longest-task-10m', ten.longestTaskMs),
      line('edit-to-verdicts-10k', median(edits.ms)),
      line('longest-task-edit-10k', edits.longestTaskMs),
    ];
  } finally {
    await server.close();
    rmSync(outDir, { recursive: true });
  }
}

/** Everything that is measured in headless Chromium, through the client and the worker; each part as it is done. */
export async function* measureBrowser(): AsyncGenerator<Line[]> {
  const cacheDir = await mkdtemp(join(tmpdir(), 'playground-bench-'));
  const server = await createServer({
    configFile: false,
    root: ROOT,
    cacheDir,
    logLevel: 'error',
    optimizeDeps: { entries: ['tests/bench/page.html', 'workers/*.ts'] },
    server: { host: HOST, port: 0, hmr: false, watch: null },
  });
  await server.listen();
  const browser = await chromium.launch({ executablePath: getChromium(), args: LAUNCH_ARGS });
  try {
    const page = await browser.newPage();
    const [address = ''] = server.resolvedUrls?.local ?? [];
    await page.goto(`${address}tests/bench/page.html`);
    await page.waitForFunction('window.bench');
    const harness = new Harness(page);
    yield await speed(harness);
    yield await scale(harness);
    yield await clicks(browser, harness);
  } finally {
    await browser.close();
    await server.close();
    rmSync(cacheDir, { recursive: true });
  }
}
