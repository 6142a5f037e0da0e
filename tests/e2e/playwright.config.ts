import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig, devices, firefox, webkit } from '@playwright/test';
import { LAUNCH_ARGS, findChromium } from '../get-browser.mjs';

const port = process.env['E2E_PORT'] ?? '4173';
/** Folder of the build that is looked at. */
const built = process.env['E2E_DIST'] ?? 'dist';
const chromiumPath = findChromium();

/** Other engines run the same specs on machines that have them. */
const others = [
  { name: 'firefox', type: firefox, device: devices['Desktop Firefox'] },
  { name: 'webkit', type: webkit, device: devices['Desktop Safari'] },
].filter(({ type }) => existsSync(type.executablePath()));

export default defineConfig({
  testDir: '.',
  testMatch: '*.spec.ts',
  outputDir: '../../test-results',
  fullyParallel: true,
  forbidOnly: true,
  retries: 0,
  workers: 2,
  // why: what is awaited may take long where the machine does other work beside.
  timeout: 90_000,
  expect: { timeout: 20_000 },
  reporter: 'list',
  use: {
    baseURL: `http://127.0.0.1:${port}/`,
    viewport: { width: 1440, height: 900 },
    locale: 'en-GB',
    actionTimeout: 20_000,
    trace: 'off',
    // why: a kept copy of the page would answer for the build that is looked at.
    serviceWorkers: 'block',
  },
  webServer: {
    command: `node node_modules/vite/bin/vite.js preview --outDir ${built} --port ${port} --strictPort`,
    cwd: fileURLToPath(new URL('../..', import.meta.url)),
    url: `http://127.0.0.1:${port}/`,
    reuseExistingServer: false,
    timeout: 60_000,
  },
  projects: [
    {
      name: 'chromium',
      use: { launchOptions: { args: LAUNCH_ARGS, ...(chromiumPath ? { executablePath: chromiumPath } : {}) } },
    },
    ...others.map(({ name, device }) => ({ name, use: { ...device, viewport: { width: 1440, height: 900 } } })),
  ],
});
