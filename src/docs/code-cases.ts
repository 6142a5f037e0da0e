import { readdirSync, readFileSync } from 'node:fs';
import type { Dialect } from '../core/policy/model.ts';
import { OVERSIZED, type Oversized } from './oversized-scenarios.ts';

/** Folders of `tests/cases` that hold one case for each code. */
export const CASE_FOLDERS = ['policy', 'intercept', 'convert', 'scenario'] as const;
/** One of them. */
export type CaseFolder = (typeof CASE_FOLDERS)[number];

/** A text that gives a code. `policy` is absent for codes of scenarios, `scenario` for all others. */
export interface CodeCase {
  readonly code: string;
  readonly policy?: { readonly dialect: Dialect; readonly text: string };
  readonly scenario?: unknown;
  /** A scenario as its text is written, where that says more than its value. */
  readonly text?: string;
  /** JavaScript that makes a scenario which is too large to be shown. */
  readonly program?: string | null;
}

interface PolicyFile {
  readonly text: string;
  readonly dialect?: Dialect;
}
interface ConversionFile {
  readonly from: Dialect;
  /** A YAML text, or a JSON document. */
  readonly text: unknown;
}
interface ScenarioFile {
  readonly cases: readonly {
    readonly scenario?: unknown;
    readonly steps?: readonly unknown[];
    readonly text?: string;
    readonly build?: Oversized;
  }[];
}

const FOLDER = new URL('../../tests/cases/', import.meta.url);

const load = (folder: CaseFolder, code: string): unknown =>
  JSON.parse(readFileSync(new URL(`${folder}/${code}.json`, FOLDER), 'utf8'));

function policyCase(code: string, { text, dialect = 'policylayer' }: PolicyFile): CodeCase {
  return { code, policy: { dialect, text } };
}

function conversionCase(code: string, { from, text }: ConversionFile): CodeCase {
  return { code, policy: { dialect: from, text: typeof text === 'string' ? text : JSON.stringify(text, null, 2) } };
}

function scenarioCase(code: string, { cases: [first] }: ScenarioFile): CodeCase {
  if (first?.build !== undefined) return { code, ...OVERSIZED[first.build] };
  if (first?.text !== undefined) return { code, scenario: JSON.parse(first.text), text: first.text };
  if (first?.steps === undefined) return { code, scenario: first?.scenario };
  const start = '2026-01-01T00:00:00Z';
  return { code, scenario: { version: '1', start, agents: [{ name: 'planner', steps: first.steps }] } };
}

/** Codes that have a case in a folder. */
export function casesIn(folder: CaseFolder): ReadonlySet<string> {
  const files = readdirSync(new URL(`${folder}/`, FOLDER)).filter((file) => file.endsWith('.json'));
  return new Set(files.map((file) => file.slice(0, -'.json'.length)));
}

/** The case of a code: the first of its file in `tests/cases`. Throws where there is no file of that name. */
export function codeCase(folder: CaseFolder, code: string): CodeCase {
  const file = load(folder, code);
  if (folder === 'convert') return conversionCase(code, file as ConversionFile);
  if (folder === 'scenario') return scenarioCase(code, file as ScenarioFile);
  const { text, dialect } = file as PolicyFile;
  return policyCase(code, { text, dialect: folder === 'intercept' ? 'intercept' : (dialect ?? 'policylayer') });
}
