import { readFileSync, writeFileSync } from 'node:fs';
import { ENGINE_VERSION } from '../core/version.ts';
import { checkPair, type Unusable } from './check-pair.ts';
import { formatJunit } from './junit.ts';
import { type Pair, readOptions, USAGE } from './options.ts';
import { type Checked, reportLines } from './report-lines.ts';

/** Where output goes; the process's own streams, or a test's. */
export interface Output {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
}

/** Exit statuses: every assertion holds · one fails · the input cannot be used. */
const EXIT = { passed: 0, failed: 1, unusable: 2 } as const;

/** Runs the command and gives its exit status. Reads and writes the files that the arguments name; never throws. */
export function checkPolicy(args: readonly string[], { out, err }: Output): number {
  const options = readOptions(args);
  if (options.kind === 'help') return (out(USAGE), EXIT.passed);
  if (options.kind === 'version') return (out(`${ENGINE_VERSION}\n`), EXIT.passed);
  if (options.kind === 'problem') return (err(`check-policy: ${options.problem}\n\n${USAGE}`), EXIT.unusable);
  const checked = options.pairs.map((pair): Checked => {
    const startMs = performance.now();
    const result = checkFiles(pair, (texts) => checkPair(texts, options.windows));
    return { pair, result, tookMs: performance.now() - startMs };
  });
  out(options.json ? formatJson(checked) : `${reportLines(checked).join('\n')}\n`);
  if (options.junit !== null && !write(options.junit, formatJunit(checked), err)) return EXIT.unusable;
  return statusOf(checked);
}

function checkFiles(
  pair: Pair,
  check: (texts: Parameters<typeof checkPair>[0]) => Checked['result'],
): Checked['result'] {
  const [policyText, scenarioText] = [read(pair.policy), read(pair.scenario)];
  if (typeof policyText === 'string' && typeof scenarioText === 'string') {
    return check({ policyName: pair.policy, policyText, scenarioName: pair.scenario, scenarioText });
  }
  const problems = [policyText, scenarioText].flatMap((text) => (typeof text === 'string' ? [] : text.problems));
  return { kind: 'unusable', problems };
}

function read(path: string): string | Unusable {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    return { kind: 'unusable', problems: [`${path} cannot be read (${wordsOf(error)}); check its name`] };
  }
}

function write(path: string, text: string, err: Output['err']): boolean {
  try {
    writeFileSync(path, text);
    return true;
  } catch (error) {
    err(`check-policy: ${path} cannot be written (${wordsOf(error)}); name another file\n`);
    return false;
  }
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function statusOf(checked: readonly Checked[]): number {
  if (checked.some(({ result }) => result.kind === 'unusable')) return EXIT.unusable;
  const holds = checked.every(({ result }) => result.kind === 'checked' && result.tests.every(({ passes }) => passes));
  return holds ? EXIT.passed : EXIT.failed;
}

function formatJson(checked: readonly Checked[]): string {
  const runs = checked.map(({ pair, result: { kind, ...result } }) => ({
    ...pair,
    usable: kind === 'checked',
    ...result,
  }));
  return `${JSON.stringify({ engine: ENGINE_VERSION, status: statusOf(checked), runs }, null, 2)}\n`;
}
