import { POLICY_CODES } from '../core/policy/codes.ts';
import { CONVERSION_CODES } from '../core/policy/convert/codes.ts';
import { INTERCEPT_CODES } from '../core/policy/intercept/codes.ts';
import { LINT_CODES } from '../core/policy/lint/codes.ts';
import { SCENARIO_CODES } from '../core/scenario/codes.ts';
import { CASE_FOLDERS, casesIn, type CaseFolder } from './code-cases.ts';

const from = (codes: readonly string[], first: string): readonly string[] => codes.slice(codes.indexOf(first));
const before = (codes: readonly string[], end: string): readonly string[] => codes.slice(0, codes.indexOf(end));

const POLICY = Object.keys(POLICY_CODES);
const LINT = Object.keys(LINT_CODES);

/** Codes by the part of the reference that tells of them, in the order of the product's own tables. */
export const CODE_LISTS = {
  json: before(POLICY, 'duplicate-name'),
  policylayer: from(POLICY, 'duplicate-name'),
  intercept: [...INTERCEPT_CODES],
  tools: before(LINT, 'argument-left-out'),
  rules: before(from(LINT, 'argument-left-out'), 'max-zero'),
  limits: from(LINT, 'max-zero'),
  conversion: Object.keys(CONVERSION_CODES),
  scenario: Object.keys(SCENARIO_CODES),
} as const satisfies Readonly<Record<string, readonly string[]>>;

/** A part of the reference. */
export type CodeList = keyof typeof CODE_LISTS;

const FOLDERS: Readonly<Record<CodeList, readonly CaseFolder[]>> = {
  json: ['policy'],
  policylayer: ['policy'],
  intercept: ['intercept'],
  tools: ['policy', 'intercept'],
  rules: ['policy', 'intercept'],
  limits: ['policy', 'intercept'],
  conversion: ['convert'],
  scenario: ['scenario'],
};

const CASES: Readonly<Record<CaseFolder, ReadonlySet<string>>> = {
  policy: casesIn('policy'),
  intercept: casesIn('intercept'),
  convert: casesIn('convert'),
  scenario: casesIn('scenario'),
};

/** The folders that hold a case of a code of that list: one, or for what a policy does one for each dialect. */
export function foldersOf(list: CodeList, code: string): readonly CaseFolder[] {
  return FOLDERS[list].filter((folder) => CASES[folder].has(code));
}

/** Every case there is: its folder and its code. */
export const ALL_CASES: readonly (readonly [CaseFolder, string])[] = CASE_FOLDERS.flatMap((folder) =>
  [...CASES[folder]].map((code) => [folder, code] as const),
);
