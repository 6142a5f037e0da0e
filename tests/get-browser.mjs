import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, dirname, join } from 'node:path';
import { chromium } from 'playwright';

/** Environment variable that names the browser for every test process. */
export const BROWSER_VARIABLE = 'CHROMIUM_PATH';

/** Flags every test browser is started with: no sandbox (containers, root), no traffic of its own. */
export const LAUNCH_ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--no-first-run',
];

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];
const MAC = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome';

/**
 * A program as found in the folders of `PATH`, or null.
 * @param {string} name
 * @param {string} [path]
 */
function which(name, path = process.env['PATH'] ?? '') {
  for (const folder of path.split(delimiter)) {
    const file = join(folder, name);
    try {
      accessSync(file, constants.X_OK);
      return file;
    } catch {
      // why: not there or not executable are both "look further"
    }
  }
  return null;
}

/** @param {string} file */
const starts = (file) => spawnSync(file, ['--version'], { stdio: 'ignore', timeout: 60_000 }).status === 0;

/**
 * Path of a Chromium or Chrome that is on this machine: the one named by `CHROMIUM_PATH`, an installed one, or
 * Playwright's own download. Null when there is none.
 * @returns {string | null}
 */
export function findChromium() {
  const named = process.env[BROWSER_VARIABLE];
  if (named) return named;
  const places = [...NAMES.map((name) => which(name)), MAC, chromium.executablePath()];
  return places.find((file) => file !== null && existsSync(file) && starts(file)) ?? null;
}

/**
 * Runs a command with its output shown; true when it ended well.
 * @param {string} command
 * @param {string[]} args
 */
function run(command, args) {
  console.log(`$ ${command} ${args.join(' ')}`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  return spawnSync(command, args, { stdio: 'inherit', env, timeout: 240_000 }).status === 0;
}

/**
 * Path of a working Chromium, fetched when the machine has none: first Playwright's, then, for root on Debian, the
 * system's package. Throws with what to do when neither can be had.
 * @returns {string}
 */
export function getChromium() {
  const there = findChromium();
  if (there) return there;
  const playwright = join(dirname(createRequire(import.meta.url).resolve('playwright/package.json')), 'cli.js');
  /** @type {(() => boolean)[]} */
  const ways = [
    () => run(process.execPath, [playwright, 'install', 'chromium']),
    () =>
      process.getuid?.() === 0 &&
      which('apt-get') !== null &&
      run('apt-get', ['update', '-qq']) &&
      run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium']),
  ];
  for (const way of ways) {
    const found = way() ? findChromium() : null;
    if (found) return found;
  }
  throw new Error(`no browser: install Chromium or Chrome, or name one in ${BROWSER_VARIABLE}`);
}
