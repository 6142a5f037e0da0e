import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { BROWSER_VARIABLE, getChromium } from './get-browser.mjs';

/**
 * Everything that is checked, in order. Stops at the first step that fails; the last line printed is
 * `N passed, N failed`, the tests of all steps together. A step without tests that fails counts as one failure.
 *
 * @typedef {{ passed: number, failed: number }} Count
 * @typedef {{ heading: string, commands: string[][], beside?: string[][], report?: (file: string) => Count }} Step
 */

const root = fileURLToPath(new URL('..', import.meta.url));
const reports = mkdtempSync(join(tmpdir(), 'policy-playground-'));

/** @param {string} file @returns {any} */
const readJson = (file) => JSON.parse(readFileSync(file, 'utf8'));

/** @param {string} file @returns {Count} */
function countVitest(file) {
  const { numPassedTests, numTotalTests } = readJson(file);
  return { passed: numPassedTests, failed: numTotalTests - numPassedTests };
}

/** @param {string} file @returns {Count} */
function countPlaywright(file) {
  const { expected, unexpected, flaky, skipped } = readJson(file).stats;
  return { passed: expected, failed: unexpected + flaky + skipped };
}

/** @param {string} project @returns {string[]} */
const vitest = (project) => [
  'vitest',
  'run',
  '--project',
  project,
  '--reporter=dot',
  '--reporter=json',
  `--outputFile.json=${join(reports, 'report.json')}`,
];

/** @type {Step[]} */
const steps = [
  {
    heading: 'Lint, format, types and import rules',
    commands: [['eslint', '.', '--max-warnings', '0']],
    beside: [
      ['prettier', '--check', '--log-level', 'warn', '.'],
      ['tsc', '-p', 'src/core/tsconfig.json'],
      ['tsc', '-p', 'src/cli/tsconfig.json'],
      ['tsc', '-p', 'src/docs/tsconfig.json'],
      ['tsc', '-p', 'tests/tsconfig.json'],
      ['svelte-check', '--tsconfig', './tsconfig.json', '--fail-on-warnings', '--output', 'human'],
      ['depcruise', 'src', 'workers', '--config', 'tests/architecture/import-rules.mjs'],
    ],
  },
  { heading: 'Unit, worker and conformance tests', commands: [vitest('node')], report: countVitest },
  { heading: 'Browser tests', commands: [vitest('browser')], report: countVitest },
  { heading: 'Build', commands: [['vite', 'build', '--logLevel', 'warn']] },
  { heading: 'Budgets', commands: [['size-limit', '--config', 'tests/budget/size-limit.mjs']] },
  {
    heading: 'End-to-end tests',
    commands: [['playwright', 'test', '--config', 'tests/e2e/playwright.config.ts', '--reporter=dot,json']],
    report: countPlaywright,
  },
];

/** A port nobody listens on. @returns {Promise<number>} */
function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

/** @returns {Promise<NodeJS.ProcessEnv>} */
async function environment() {
  return {
    ...process.env,
    PATH: [join(root, 'node_modules', '.bin'), process.env['PATH']].join(delimiter),
    E2E_PORT: String(await freePort()),
    PLAYWRIGHT_JSON_OUTPUT_FILE: join(reports, 'report.json'),
    [BROWSER_VARIABLE]: getChromium(),
  };
}

/**
 * Runs commands one after the other up to the first that fails; false when one does.
 * @param {string[][]} commands
 * @param {NodeJS.ProcessEnv} env
 */
async function runCommands(commands, env) {
  for (const [name = '', ...args] of commands) {
    const child = spawn(name, args, { cwd: root, env, stdio: 'inherit' });
    const ended = await new Promise((resolve) => {
      child.once('error', () => resolve(false)).once('close', (status) => resolve(status === 0));
    });
    if (!ended) return false;
  }
  return true;
}

/**
 * Runs a step, `beside` at the same time as `commands`; a count of failures above 0 means that it failed.
 * @param {Step} step
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<Count>}
 */
async function runStep({ commands, beside = [], report }, env) {
  const file = join(reports, 'report.json');
  rmSync(file, { force: true });
  const ends = await Promise.all([runCommands(commands, env), runCommands(beside, env)]);
  const ended = ends.every(Boolean);
  const count = report && existsSync(file) ? report(file) : { passed: 0, failed: 0 };
  if (report && ended && count.passed === 0) return { passed: 0, failed: 1 };
  return { passed: count.passed, failed: ended ? count.failed : Math.max(count.failed, 1) };
}

/** @param {number} startedMs */
const seconds = (startedMs) => `${((Date.now() - startedMs) / 1000).toFixed(1)} s`;

async function main() {
  const env = await environment();
  const total = { passed: 0, failed: 0 };
  const lines = [];
  for (const step of steps) {
    console.log(`\n== ${step.heading}`);
    const startedMs = Date.now();
    const count = await runStep(step, env);
    total.passed += count.passed;
    total.failed += count.failed;
    const tests = step.report ? `, ${count.passed} passed` : '';
    lines.push(`${count.failed > 0 ? 'failed' : 'ok    '}  ${step.heading} (${seconds(startedMs)}${tests})`);
    if (count.failed > 0) break;
  }
  console.log(`\n== Summary\n${lines.join('\n')}`);
  console.log(`${total.passed} passed, ${total.failed} failed`);
  process.exitCode = total.failed > 0 ? 1 : 0;
}

try {
  await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  console.log('0 passed, 1 failed');
  process.exitCode = 1;
} finally {
  rmSync(reports, { recursive: true, force: true });
}
