import { playwright } from '@vitest/browser-playwright';
import type { TestProjectInlineConfiguration } from 'vitest/config';
import { LAUNCH_ARGS, findChromium } from './get-browser.mjs';

/** Left alone, a run leaves one core to other work. */
const ALL_CORES = '100%';

/** What needs no page: core, worker over a message channel, conformance, architecture. Plain Node, no Svelte. */
export const nodeProject: TestProjectInlineConfiguration = {
  test: {
    name: 'node',
    environment: 'node',
    include: ['tests/{unit,worker,gateway,conformance,architecture,budget,bench,fuzz}/**/*.test.ts'],
    testTimeout: 120_000,
    maxWorkers: ALL_CORES,
  },
};

/**
 * Rune classes and components in Chromium; only there do effects run. `plugins` are those of the page. A function, since
 * looking for a browser costs time that a build need not spend.
 */
export const browserProject =
  (plugins: () => TestProjectInlineConfiguration['plugins']) => (): TestProjectInlineConfiguration => {
    const executablePath = findChromium();
    const launchOptions = { args: LAUNCH_ARGS, ...(executablePath ? { executablePath } : {}) };
    return {
      plugins: plugins() ?? [],
      worker: { format: 'es' },
      // why: a package found only while a test runs reloads the page under it, so all are looked for beforehand.
      optimizeDeps: { entries: ['src/**/*.{ts,svelte}', 'workers/*.ts', 'tests/browser/**/*.ts'] },
      test: {
        name: 'browser',
        include: ['tests/browser/**/*.test.ts'],
        testTimeout: 60_000,
        // why: what is awaited may take long where the machine does other work beside.
        expect: { poll: { timeout: 20_000 } },
        maxWorkers: ALL_CORES,
        browser: {
          enabled: true,
          headless: true,
          screenshotFailures: false,
          provider: playwright({ launchOptions }),
          instances: [{ browser: 'chromium' }],
        },
      },
    };
  };
