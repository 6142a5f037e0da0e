import { execFileSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { TOOLS } from '../../../src/core/catalogue/tools.ts';
import { POLICY_CODES } from '../../../src/core/policy/codes.ts';
import { checkPolicy } from '../../../src/core/policy/check.ts';
import { commentsOf } from '../../../src/core/policy/convert/comments.ts';
import { CONVERSION_CODES } from '../../../src/core/policy/convert/codes.ts';
import { convertPolicy } from '../../../src/core/policy/convert/convert.ts';
import { INTERCEPT_CODES } from '../../../src/core/policy/intercept/codes.ts';
import { LINT_CODES } from '../../../src/core/policy/lint/codes.ts';
import { parsePolicy } from '../../../src/core/policy/parse.ts';
import { compilePattern } from '../../../src/core/policy/pattern.ts';
import { readIntercept } from '../../../src/core/policy/read-intercept.ts';
import { checkScenario } from '../../../src/core/scenario/check.ts';
import { SCENARIO_CODES } from '../../../src/core/scenario/codes.ts';
import { CASE_FOLDERS, codeCase, type CodeCase } from '../../../src/docs/code-cases.ts';
import { codeEntries } from '../../../src/docs/code-entries.ts';
import { codeExampleName } from '../../../src/docs/code-examples.ts';
import { ALL_CASES, CODE_LISTS, type CodeList } from '../../../src/docs/code-lists.ts';
import { OVERSIZED } from '../../../src/docs/oversized-scenarios.ts';
import { decodeLink } from '../../../src/share/codec.ts';
import { readScenario } from '../../../src/state/read-scenario.ts';
import { readCodeExamples, type Example } from '../../../src/docs/examples.ts';

const LISTS = Object.keys(CODE_LISTS) as CodeList[];
const examples = await readCodeExamples();

const parse = ({ dialect, text }: Example['content']['policy']) =>
  parsePolicy(text, { dialect, compilePattern, readers: { intercept: readIntercept } });

/** Codes that the playground shows when it opens an example: of the policy, of the scenario, and of a conversion. */
function codesShown({ policy, scenario }: Example['content']): readonly string[] {
  const parsed = parse(policy);
  const other = parsed.dialect === 'intercept' ? 'policylayer' : 'intercept';
  const losses =
    parsed.policy === null ? [] : convertPolicy(parsed.policy, other, commentsOf(policy.text, parsed)).losses;
  return [...checkPolicy(parsed, { tools: TOOLS }), ...checkScenario(scenario).diagnostics, ...losses].map(
    ({ code }) => code,
  );
}

test('every code is in one list of the reference', () => {
  const own = [...Object.keys(POLICY_CODES), ...INTERCEPT_CODES, ...Object.keys(LINT_CODES)];
  const listed = LISTS.flatMap((list) => CODE_LISTS[list]);
  const known = [...own, ...Object.keys(CONVERSION_CODES), ...Object.keys(SCENARIO_CODES)];
  expect(listed.toSorted()).toEqual(known.toSorted());
});

test.each(LISTS)('each code of %s has an entry', (list) => {
  const headings = [...codeEntries(list).matchAll(/^### `([a-z-]+)`/gm)].map(([, code]) => code);
  expect(headings).toEqual(CODE_LISTS[list]);
});

test('each folder of cases is told of', () => {
  const entries = LISTS.map(codeEntries).join('\n');
  for (const [folder, code] of ALL_CASES) {
    const name = codeExampleName(folder, code);
    if (examples.has(name)) expect(entries).toContain(`(example:${name})`);
  }
  expect(new Set(ALL_CASES.map(([folder]) => folder))).toEqual(new Set(CASE_FOLDERS));
});

test('every example opens by its link as it was written', async () => {
  for (const { fragment, content } of examples.values()) {
    expect(await decodeLink(fragment, readScenario)).toMatchObject({ kind: 'opened', content });
  }
});

test('every example gives its code', () => {
  const silent = ALL_CASES.filter(([folder, code]) => {
    const example = examples.get(codeExampleName(folder, code));
    return example !== undefined && !codesShown(example.content).includes(code);
  });
  expect(silent).toEqual([]);
});

describe('codes without an example to open', () => {
  const shown = ALL_CASES.filter(([folder, code]) => !examples.has(codeExampleName(folder, code)));

  /** Codes of the text that the reference shows in its place. */
  function codesOf({ policy, scenario }: CodeCase): readonly string[] {
    if (policy === undefined) return checkScenario(scenario).diagnostics.map(({ code }) => code);
    return parsePolicy(policy.text, { dialect: policy.dialect, compilePattern }).diagnostics.map(({ code }) => code);
  }

  test('are those of scenarios that no link takes, and of a reader that is not there', () => {
    const others = shown.filter(([folder]) => folder !== 'scenario').map(([, code]) => code);
    expect(others).toEqual(['reader-not-loaded']);
    expect(shown.length).toBeGreaterThan(1);
  });

  test.each(shown)('%s %s', (folder, code) => {
    expect(codesOf(codeCase(folder, code))).toContain(code);
  });
});

test.each(Object.entries(OVERSIZED).filter(([, { program }]) => program !== null))(
  'what the docs give to be run makes the scenario %s',
  (_name, { scenario, program }) => {
    const made = execFileSync(process.execPath, ['-p', `JSON.stringify(${program ?? ''})`], { maxBuffer: 4_000_000 });
    expect(JSON.parse(made.toString())).toEqual(scenario);
  },
);
