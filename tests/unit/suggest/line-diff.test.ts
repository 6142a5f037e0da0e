import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { diffLines } from '../../../src/ui/suggest/line-diff.ts';

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

  test('long texts without a line in common are replaced between their common ends', () => {
    const long = (word: string) => ['{', ...Array.from({ length: 5000 }, (_, i) => `${word}${i}`), '}'].join('\n');
    const kinds = diffLines(long('a'), long('b')).map(({ kind }) => kind);
    expect(kinds).toHaveLength(10_002);
    expect([kinds[0], kinds[1], kinds[5001], kinds.at(-1)]).toEqual(['same', 'removed', 'added', 'same']);
  });
});
