import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { EXAMPLES } from '../../src/core/catalogue/examples.ts';
import type { JsonValue } from '../../src/core/json.ts';
import type { Dialect } from '../../src/core/policy/model.ts';
import { MOST_CHARACTERS } from './mutate-text.ts';

function file(path: string): string {
  return readFileSync(fileURLToPath(new URL(`../${path}`, import.meta.url)), 'utf8');
}

function jsonOf(text: string): JsonValue {
  return JSON.parse(text) as JsonValue;
}

function casesOf(path: string, dialect: Dialect, most: number): readonly string[] {
  const cases = file(path)
    .split('\n', most)
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as { readonly dialect?: Dialect; readonly policy?: string });
  return cases.flatMap((one) => (one.dialect === dialect && one.policy !== undefined ? [one.policy] : []));
}

function galleryOf(dialect: Dialect): readonly string[] {
  return EXAMPLES.filter((example) => example.dialect === dialect).map(({ policyText }) => policyText);
}

const short = (text: string): boolean => text.length < MOST_CHARACTERS;

/** Policies of the gallery and of the conformance cases. */
export const POLICIES: Readonly<Record<Dialect, readonly string[]>> = {
  policylayer: [
    ...galleryOf('policylayer'),
    ...casesOf('conformance/policylayer-edge.jsonl', 'policylayer', 40),
    ...casesOf('conformance/policylayer-random.jsonl', 'policylayer', 40),
  ].filter(short),
  intercept: [
    ...galleryOf('intercept'),
    ...casesOf('conformance/intercept-validate.jsonl', 'intercept', 40),
    ...casesOf('conformance/intercept-random.jsonl', 'intercept', 40),
  ].filter(short),
};

/** Scenarios of the gallery. */
export const SCENARIOS: readonly JsonValue[] = EXAMPLES.map(({ scenario }) => jsonOf(JSON.stringify(scenario)));

/** Objects as links hold them. */
export const LINKS: readonly JsonValue[] = EXAMPLES.map(({ title, policyText: text, dialect, windows, scenario }) =>
  jsonOf(
    JSON.stringify({
      v: 1,
      engine: '0.1.0',
      title,
      policy: { dialect, text },
      compare: { dialect: 'intercept', text: 'version: "1"\ndefault: deny\n' },
      scenario,
      windows,
      view: { tab: 'audit-log', call: 3, atMs: 1_767_311_998_120.5, lines: [4, 9] },
    }),
  ),
);

/** Fragments of released versions. */
export const FRAGMENTS: readonly string[] = (
  JSON.parse(file('unit/share/golden-links.json')) as readonly { readonly fragment: string }[]
).map(({ fragment }) => fragment);

/** Recorded traces of every format. */
export const TRACES: readonly string[] = readdirSync(fileURLToPath(new URL('../cases/traces', import.meta.url)))
  .filter((name) => !name.endsWith('.expected.json'))
  .map((name) => file(`cases/traces/${name}`));
