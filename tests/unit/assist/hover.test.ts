import { describe, expect, it } from 'vitest';
import { fieldWords } from '../../../src/core/policy/assist/field-words.ts';
import { fieldsOf, type Part } from '../../../src/core/policy/assist/grammar.ts';
import { hoverAt } from '../../../src/core/policy/assist/hover-at.ts';
import type { Dialect } from '../../../src/core/policy/model.ts';
import cases from '../../cases/assist/hover.json' with { type: 'json' };
import { caretIn } from './apply-completion.ts';

interface Case {
  readonly name: string;
  readonly dialect: string;
  readonly text: string;
  readonly word: string | null;
  readonly lines?: readonly string[];
  readonly has?: readonly string[];
}

describe('hover', () => {
  it.each(cases as readonly Case[])('$name', ({ dialect, text: marked, word, lines, has }) => {
    const { text, offset } = caretIn(marked);
    const found = hoverAt(text, offset, dialect === 'intercept' ? 'intercept' : 'policylayer');
    expect(found === null ? null : text.slice(found.range.start, found.range.end)).toBe(word);
    const said = (found?.lines ?? []).map(({ kind, text: words }) => `${kind} ${words}`);
    if (lines) expect(said).toEqual(lines);
    for (const line of has ?? []) expect(said).toContain(line);
  });

  const parts: readonly Part[] = [
    'policy',
    'all_tools',
    'tool',
    'rule',
    'condition',
    'limit',
    'shared limit',
    'rate_limit',
    'state',
  ];
  it.each(['policylayer', 'intercept'] as readonly Dialect[])('%s: has words for every field', (dialect) => {
    const silent = parts.flatMap((part) =>
      Object.keys(fieldsOf(dialect, part)).filter((name) => (fieldWords(dialect, part, name) ?? '') === ''),
    );
    expect(silent).toEqual([]);
  });
});
