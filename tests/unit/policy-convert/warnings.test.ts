import fc from 'fast-check';
import { expect, test } from 'vitest';
import { convertPolicy } from '../../../src/core/policy/convert/convert.ts';
import type { Dialect, Policy } from '../../../src/core/policy/model.ts';
import { parsePolicy } from '../../../src/core/policy/parse.ts';
import { compilePattern } from '../../../src/core/policy/pattern.ts';
import { readIntercept } from '../../../src/core/policy/read-intercept.ts';
import { nativeText } from './arbitrary-native.ts';
import { yamlText } from './arbitrary-yaml.ts';
import { otherDialect, policyOf } from './decide.ts';

/** Warnings about how a document is written, which a converter has to keep to. */
const WRITING = [
  'comment',
  'trailing-comma',
  'number-rounded',
  'star-tool',
  'shorthand',
  'intercept-never-counts',
  'intercept-unknown-field',
];

function remarks(text: string, dialect: Dialect): readonly string[] {
  const reading = parsePolicy(text, { dialect, compilePattern, readers: { intercept: readIntercept } });
  return reading.diagnostics.map(({ code }) => code);
}

const hasZero = ({ tools, everyTool }: Policy): boolean =>
  [...tools.values(), ...(everyTool === null ? [] : [everyTool])].some(({ limits }) =>
    limits.some(({ max }) => Math.trunc(max) === 0),
  );

test.each([
  ['policylayer', nativeText],
  ['intercept', yamlText],
] as const)('what is made of %s is written without a remark of its own', (from, texts) => {
  fc.assert(
    fc.property(texts, (text) => {
      const source = policyOf(text, from);
      const { text: written, losses } = convertPolicy(source, otherDialect(from));
      const codes = remarks(written, otherDialect(from));
      expect(codes.filter((code) => WRITING.includes(code))).toEqual([]);
      const isTightened = losses.some(({ code }) => code === 'counter-bounds');
      if (!hasZero(source) && !isTightened) expect(codes).not.toContain('max-zero');
      if (!losses.some(({ code }) => code === 'number-text')) expect(codes).not.toContain('intercept-number-text');
    }),
    { seed: 7, numRuns: 200 },
  );
});
