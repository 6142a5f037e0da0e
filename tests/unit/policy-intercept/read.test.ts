import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { INTERCEPT_CODES } from '../../../src/core/policy/intercept/codes.ts';
import { explainCode } from '../../../src/core/policy/explanations.ts';
import { LINT_CODES } from '../../../src/core/policy/lint/codes.ts';
import { readInterceptText } from '../../../src/core/policy/intercept/read.ts';
import { compilePattern } from '../../../src/core/policy/pattern.ts';
import { applyFix, readYaml } from '../policy/read.ts';

const CASES = new URL('../../cases/intercept/', import.meta.url);

interface Case {
  readonly text: string;
  readonly code: string;
  readonly pointer: string;
  /** The text that is marked; absent where only the code and the pointer count. */
  readonly marks?: string;
  /** Every code of the text, in order, for remarks on what the policy does. */
  readonly codes?: readonly string[];
  readonly fix?: string;
  /** The text after the first fix. */
  readonly fixed?: string;
  readonly knownTools?: readonly string[];
}

const cases = readdirSync(CASES).map((file): [string, Case] => [
  file.replace('.json', ''),
  JSON.parse(readFileSync(new URL(file, CASES), 'utf8')) as Case,
]);

function read(text: string): ReturnType<typeof readInterceptText> {
  return readInterceptText(text, compilePattern);
}

describe('reading Intercept policies', () => {
  it.each(cases)('%s', (_name, { text, code, pointer, marks, codes, knownTools }) => {
    const { diagnostics } = readYaml(text, knownTools);
    if (codes !== undefined) expect(diagnostics.map((diagnostic) => diagnostic.code)).toEqual(codes);
    const found = diagnostics.filter((diagnostic) => diagnostic.code === code);
    expect(found.map((diagnostic) => diagnostic.pointer)).toContain(pointer);
    if (marks !== undefined)
      expect(found.map(({ range }) => text.slice(range.start, range.end).trimEnd())).toContain(marks);
  });

  it.each(cases.filter(([, { fixed }]) => fixed !== undefined))('%s is mended', (_name, entry) => {
    const { text, code, fix, fixed = '', knownTools } = entry;
    const offered = readYaml(text, knownTools).diagnostics.find((diagnostic) => diagnostic.code === code)?.fixes?.[0];
    expect(offered?.title).toBe(fix);
    expect(offered && applyFix(text, offered)).toBe(fixed);
    const mended = readYaml(fixed, knownTools);
    expect(mended.diagnostics.map((diagnostic) => diagnostic.code)).not.toContain(code);
    expect(mended.policy).not.toBeNull();
  });

  it('has a case for every code, and an explanation', () => {
    const lints = new Set<string>(Object.keys(LINT_CODES));
    const own = cases.map(([name]) => name).filter((name) => !lints.has(name));
    expect(own.sort()).toEqual([...INTERCEPT_CODES].sort());
    for (const [name] of cases) expect(explainCode(name)).toMatch(/^[A-Z].+[.]$/);
  });

  it('takes null for absent, and an empty document fails at the version only', () => {
    expect(read('').diagnostics.map(({ pointer }) => pointer)).toEqual(['version']);
    expect(read('version: 1\ndefault: null\n').policy?.defaultAction).toBe('allow');
  });

  it('reads a byte order mark as nothing', () => {
    expect(read('\uFEFFversion: 1\n').policy).not.toBeNull();
  });

  it('desugars rate_limit into a condition and a limit with a message of its own', () => {
    const policy = read('version: 1\ntools:\n  "*":\n    rules:\n      - { name: cap, rate_limit: 5/hour }\n').policy;
    expect(policy?.everyTool?.limits[0]).toMatchObject({
      counterKey: '_global._rate_hour',
      max: 5,
      windowMs: 3_600_000,
    });
    expect(policy?.everyTool?.rules[0]?.onDeny).toBe('Rate limit of 5 per hour reached. Try again later.');
  });

  it('keeps a tool named like a member of every object', () => {
    const policy = read('version: 1\ndefault: deny\ntools:\n  __proto__: { rules: [] }\n').policy;
    expect([...(policy?.tools.keys() ?? [])]).toEqual(['__proto__']);
  });

  it('stops at an alias that doubles itself without end', () => {
    const lines = Array.from(
      { length: 30 },
      (_, i) => `x${String(i + 1)}: &a${String(i + 1)} [*a${String(i)}, *a${String(i)}]`,
    );
    const { policy, diagnostics } = read(`version: 1\nx0: &a0 [1]\n${lines.join('\n')}\n`);
    expect(policy).toBeNull();
    expect(diagnostics.map(({ code }) => code)).toContain('yaml-alias');
  });

  it('never throws, and a text without a policy says why', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.string({ unit: fc.constantFrom(':', '-', ' ', '\n', '"', '&a', '*a', '{', '[', 'tools', '1') }),
        ),
        (text) => {
          const { policy, diagnostics } = read(text);
          expect(policy !== null || diagnostics.length > 0).toBe(true);
        },
      ),
      { seed: 7, numRuns: 300 },
    );
  });
});
