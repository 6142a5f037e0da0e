import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SEED_POLICY_TEXT } from '../../../src/core/catalogue/seed.ts';
import { completionsAt } from '../../../src/core/policy/assist/completions-at.ts';
import { hoverAt } from '../../../src/core/policy/assist/hover-at.ts';
import type { Dialect } from '../../../src/core/policy/model.ts';
import { parsePolicy } from '../../../src/core/policy/parse.ts';
import { compilePattern } from '../../../src/core/policy/pattern.ts';
import { readIntercept } from '../../../src/core/policy/read-intercept.ts';
import jsonCases from '../../cases/assist/completion-json.json' with { type: 'json' };
import yamlCases from '../../cases/assist/completion-yaml.json' with { type: 'json' };
import { accept, caretIn } from './apply-completion.ts';

interface Case {
  readonly name: string;
  /** The caret stands at `|`. */
  readonly text: string;
  /** All labels, or the first, or some that must not be there. */
  readonly labels?: readonly string[];
  readonly first?: readonly string[];
  readonly never?: readonly string[];
  /** The label to accept, the text it gives, a part of it, whether that is a policy, whether more is offered. */
  readonly accept?: string;
  readonly result?: string;
  readonly contains?: string;
  readonly valid?: boolean;
  readonly again?: boolean;
}

function errorsOf(text: string, dialect: Dialect): readonly string[] {
  const { diagnostics } = parsePolicy(text, { dialect, compilePattern, readers: { intercept: readIntercept } });
  return diagnostics.filter(({ severity }) => severity === 'error').map(({ message }) => message);
}

function check(dialect: Dialect, example: Case): void {
  const { text, offset } = caretIn(example.text);
  const found = completionsAt(text, offset, dialect);
  const labels = found.map(({ label }) => label);
  if (example.labels) expect(labels).toEqual(example.labels);
  if (example.first) expect(labels.slice(0, example.first.length)).toEqual(example.first);
  for (const label of example.never ?? []) expect(labels).not.toContain(label);
  if (example.accept === undefined) return;
  const chosen = found.find(({ label }) => label === example.accept);
  expect(labels).toContain(example.accept);
  if (chosen === undefined) return;
  const result = accept(text, chosen);
  if (example.result !== undefined) expect(result).toBe(example.result);
  if (example.contains !== undefined) expect(result).toContain(example.contains);
  if (example.valid === true) expect(errorsOf(result, dialect)).toEqual([]);
  if (example.again !== undefined) expect(chosen.again).toBe(example.again);
}

describe('completions in JSON', () => {
  it.each(jsonCases as readonly Case[])('$name', (example) => check('policylayer', example));
});

describe('completions in YAML', () => {
  it.each(yamlCases as readonly Case[])('$name', (example) => check('intercept', example));
});

const YAML = yamlCases.map(({ text }) => text.replace('|', '')).join('\n');

describe('any text', () => {
  it.each([
    ['policylayer', SEED_POLICY_TEXT],
    ['intercept', YAML],
  ] as const)('%s: offers replace the word at the caret, however the text breaks off', (dialect, whole) => {
    for (let offset = 0; offset <= whole.length; offset++) {
      for (const text of [whole, whole.slice(0, offset)]) {
        for (const { range, insert } of completionsAt(text, offset, dialect)) {
          expect(range.start).toBeLessThanOrEqual(offset);
          expect(range.end).toBeGreaterThanOrEqual(offset);
          expect(text.slice(range.start, range.end)).not.toContain('\n');
          expect(insert).not.toBe('');
        }
      }
    }
  });

  it('never throws', () => {
    const piece = fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '"',
      "'",
      '-',
      ' ',
      '\n',
      '  ',
      'tools',
      'rules',
      'args.',
      '#',
      '//',
      '|',
    );
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 40 }),
        fc.nat(60),
        fc.constantFrom('policylayer', 'intercept'),
        (parts, at, dialect) => {
          const text = parts.join('');
          const offset = Math.min(at, text.length);
          completionsAt(text, offset, dialect);
          hoverAt(text, offset, dialect);
        },
      ),
    );
  });
});
