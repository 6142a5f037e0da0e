import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { POLICY_CODES } from '../../../src/core/policy/codes.ts';
import { explainCode } from '../../../src/core/policy/explanations.ts';
import { LINT_CODES } from '../../../src/core/policy/lint/codes.ts';
import { parsePolicy } from '../../../src/core/policy/parse.ts';
import { compilePattern } from '../../../src/core/policy/pattern.ts';
import type { ParseResult } from '../../../src/core/policy/reader.ts';
import { applyFix, codesOf, errorsOf, read, readYaml } from './read.ts';

const CODES = { ...POLICY_CODES, ...LINT_CODES };

interface Case {
  readonly text: string;
  readonly code: keyof typeof CODES;
  readonly pointer: string;
  /** What the range covers. */
  readonly marks: string;
  /** Every code of the text, in order; absent where there are too many to list. */
  readonly codes?: readonly string[];
  readonly fix?: string;
  /** The text after the first fix. */
  readonly fixed?: string;
  readonly knownTools?: readonly string[];
  readonly dialect?: 'intercept';
}

const FOLDER = new URL('../../cases/policy/', import.meta.url);

function load(path: string): unknown {
  return JSON.parse(readFileSync(new URL(path, FOLDER), 'utf8'));
}

const files = readdirSync(FOLDER).filter((file) => file.endsWith('.json'));

test('every code has a case', () => {
  expect(files.map((file) => file.replace('.json', '')).sort()).toEqual(Object.keys(CODES).sort());
});

test('every code is explained on the page', () => {
  for (const code of Object.keys(CODES)) expect(explainCode(code)).toMatch(/^[A-Z].+[.]$/);
});

describe.each(files)('%s', (file) => {
  const { text, code, pointer, marks, codes, fix, fixed, knownTools, dialect = 'policylayer' } = load(file) as Case;
  const readAs = (written: string): ParseResult => {
    if (code === 'reader-not-loaded') return parsePolicy(written, { dialect: 'intercept', compilePattern });
    return dialect === 'intercept' ? readYaml(written, knownTools) : read(written, knownTools);
  };
  const { diagnostics } = readAs(text);
  const diagnostic = diagnostics.find((each) => each.code === code);

  test('is reported at its place, and nothing else is', () => {
    expect(diagnostic).toMatchObject({ pointer, severity: CODES[code] });
    expect(text.slice(diagnostic?.range.start, diagnostic?.range.end)).toBe(marks);
    if (codes) expect(diagnostics.map((each) => each.code)).toEqual(codes);
  });

  test('says what to do', () => {
    expect(diagnostic?.message).toMatch(/^[^A-Z].*[;:] .*[^.]$/);
  });

  test('the fix mends it', () => {
    const offered = diagnostic?.fixes?.[0];
    expect(offered?.title).toBe(fix);
    if (!offered || fixed === undefined) return;
    const mended = applyFix(text, offered);
    expect(mended).toBe(fixed);
    expect(codesOf(readAs(mended))).not.toContain(code);
    expect(readAs(mended).policy).not.toBeNull();
  });
});

test.each(load('variants/refused.json') as { policy: unknown; errors: [string, string][] }[])(
  'refuses $policy',
  ({ policy, errors }) => {
    const result = read(JSON.stringify(policy));
    expect(result.policy).toBeNull();
    expect(errorsOf(result).sort()).toEqual(errors.sort());
  },
);

test.each(load('variants/accepted.json') as unknown[])('accepts %j', (policy) => {
  const result = read(JSON.stringify(policy));
  expect(errorsOf(result)).toEqual([]);
  expect(result.policy).not.toBeNull();
});
