import { mkdirSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { fuzz, type Tally } from './fuzz.ts';
import { TARGETS } from './targets.ts';

const USAGE = `npm run fuzz -- [--seed N] [--minutes N] [--from N] [--save FOLDER] [--links N] [--policies N]
  [--policylayer N] [--intercept N] [--scenarios N] [--traces N] [--tokens N] [--messages N]

Gives every part that reads what strangers write that many inputs made from the seed; without counts 1,000 each, with
some counts nothing but these. Policies are split over both dialects. Prints a line a target. Ends with 1 when a promise
is broken; the inputs that broke it are printed, and kept in FOLDER when one is named.`;

const DEFAULT_COUNT = 1000;
const NAMES = TARGETS.map(({ name }) => name);

function number(text: string | undefined, otherwise: number): number {
  const value = text === undefined ? otherwise : Number(text);
  if (Number.isNaN(value) || value < 0) throw new Error(`${text ?? ''} is no number\n\n${USAGE}`);
  return value;
}

function read() {
  const text = { type: 'string' } as const;
  const counts = Object.fromEntries([...NAMES, 'policies'].map((name) => [name, text]));
  const options = { ...counts, seed: text, minutes: text, from: text, save: text, help: { type: 'boolean' } } as const;
  const values = parseArgs({ options }).values as Readonly<Record<string, string | boolean | undefined>>;
  return { isHelp: values['help'] === true, textOf: (name: string) => values[name]?.toString() };
}

function countsOf(textOf: (name: string) => string | undefined): readonly number[] {
  const policies = textOf('policies');
  const isChosen = policies !== undefined || NAMES.some((name) => textOf(name) !== undefined);
  return NAMES.map((name) => {
    const isPolicy = name === 'policylayer' || name === 'intercept';
    const half = isPolicy && policies !== undefined ? number(policies, 0) / 2 : null;
    return Math.ceil(number(textOf(name), half ?? (isChosen ? 0 : DEFAULT_COUNT)));
  });
}

function line({ target, inputs, refused, slowest, peakBytes, failures }: Tally): string {
  const slow = slowest.map(({ ms, at, characters }) => `${ms.toFixed(0)} ms (input ${at}, ${characters} characters)`);
  const heap = `heap ${(peakBytes / 1_048_576).toFixed(0)} MiB`;
  const counts = `${inputs.toLocaleString('en-GB')} inputs, ${refused.toLocaleString('en-GB')} refused`;
  return `${target}: ${counts}, slowest ${slow.join(', ')}, ${heap}, ${failures.length} failures`;
}

function show({ target, failures }: Tally, folder: string | undefined): void {
  for (const [index, { at, input, about }] of failures.entries()) {
    if (index < 5) console.log(`  input ${at}: ${about.slice(0, 1000)}\n  ${JSON.stringify(input).slice(0, 500)}`);
    if (folder === undefined) continue;
    mkdirSync(folder, { recursive: true });
    writeFileSync(`${folder}/${target}-${at}.json`, `${JSON.stringify({ target, about, input }, null, 2)}\n`);
  }
}

async function main(): Promise<void> {
  const { isHelp, textOf } = read();
  if (isHelp) {
    console.log(USAGE);
    return;
  }
  const seed = number(textOf('seed'), 1);
  const from = number(textOf('from'), 0);
  const untilMs = performance.now() + number(textOf('minutes'), Infinity) * 60_000;
  const counts = countsOf(textOf);
  let failed = 0;
  for (const [index, target] of TARGETS.entries()) {
    const count = counts[index] ?? 0;
    if (count === 0) continue;
    const tally = await fuzz(target, { seed, count, from, mayGoOn: () => performance.now() < untilMs });
    console.log(line(tally));
    show(tally, textOf('save'));
    failed += tally.failures.length;
  }
  process.exitCode = failed > 0 ? 1 : 0;
}

await main();
