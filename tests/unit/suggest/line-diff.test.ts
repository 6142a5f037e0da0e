import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { diffLines, foldSame } from '../../../src/ui/suggest/line-diff.ts';

const MARKS = { same: ' ', removed: '-', added: '+' } as const;
const marked = (before: string, after: string) =>
  diffLines(before, after).map(({ kind, text }) => `${MARKS[kind]}${text}`);

describe('lines of two texts', () => {
  test.each([
    ['equal', 'a\nb', 'a\nb', [' a', ' b']],
    ['from nothing', '', 'a', ['-', '+a']],
    ['a line in the middle', 'a\nc', 'a\nb\nc', [' a', '+b', ' c']],
    ['a changed line', 'a\nb\nc', 'a\nx\nc', [' a', '-b', '+x', ' c']],
    ['lines that repeat', 'a\na', 'a\na\na', [' a', ' a', '+a']],
    ['a line that moved', 'a\nb\nc', 'b\nc\na', ['-a', ' b', ' c', '+a']],
  ])('%s', (_words, before, after, lines) => {
    expect(marked(before, after)).toEqual(lines);
  });

  test('each text can be read from it, whatever they are', () => {
    const text = fc.array(fc.constantFrom('a', 'b', '', '{', '}'), { maxLength: 12 }).map((lines) => lines.join('\n'));
    fc.assert(
      fc.property(text, text, (before, after) => {
        const lines = diffLines(before, after);
        const without = (kind: string) =>
          lines
            .filter((line) => line.kind !== kind)
            .map((line) => line.text)
            .join('\n');
        expect([without('added'), without('removed')]).toEqual([before, after]);
      }),
    );
  });

  test('texts that differ in more lines than are compared are replaced whole', () => {
    const long = (word: string) => ['{', ...Array.from({ length: 5000 }, (_, i) => `${word}${i}`), '}'].join('\n');
    const kinds = diffLines(long('a'), long('b')).map(({ kind }) => kind);
    expect(kinds).toHaveLength(10_004);
    expect([kinds[0], kinds[5001], kinds[5002], kinds.at(-1)]).toEqual(['removed', 'removed', 'added', 'added']);
  });
});

describe('lines around changes', () => {
  const numbered = (count: number, changed: readonly number[] = []) =>
    Array.from({ length: count }, (_, i) => (changed.includes(i) ? `new ${i}` : `${i}`)).join('\n');
  const folded = (count: number, changed: readonly number[]) =>
    foldSame(diffLines(numbered(count), numbered(count, changed))).map((line) =>
      line.kind === 'fold' ? `… ${line.count}` : `${MARKS[line.kind]}${line.text}`,
    );

  test('three are kept on each side, the rest is counted', () => {
    expect(folded(20, [9])).toEqual(['… 6', ' 6', ' 7', ' 8', '-9', '+new 9', ' 10', ' 11', ' 12', '… 7']);
  });

  test('a single line between is shown, at the ends too', () => {
    expect(folded(9, [4])).toEqual([' 0', ' 1', ' 2', ' 3', '-4', '+new 4', ' 5', ' 6', ' 7', ' 8']);
    expect(folded(9, [0, 8])).toEqual(['-0', '+new 0', ' 1', ' 2', ' 3', ' 4', ' 5', ' 6', ' 7', '-8', '+new 8']);
  });

  test('texts that are alike are one fold', () => {
    expect(folded(50, [])).toEqual(['… 50']);
  });
});
