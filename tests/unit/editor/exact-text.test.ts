import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ExactText, spliceBetween } from '../../../src/editor/exact-text.ts';

const written = fc
  .array(fc.constantFrom('a', '{', '"é"', '😀', '\n', '\r\n', '\r', '\t'), { maxLength: 40 })
  .chain((parts) => fc.boolean().map((mark) => (mark ? '\uFEFF' : '') + parts.join('')));

describe('a text as written and as shown', () => {
  test.each([
    ['plain', '{\n}', '{\n}'],
    ['Windows line ends', '{\r\n}\r\n', '{\n}\n'],
    ['old Mac line ends', '{\r}', '{\n}'],
    ['a byte order mark', '\uFEFF{}', '{}'],
  ])('%s', (_name, text, shown) => {
    expect(new ExactText(text).shown).toBe(shown);
    expect(new ExactText(text).text).toBe(text);
  });

  test('places agree in both directions', () => {
    fc.assert(
      fc.property(written, (text) => {
        const exact = new ExactText(text);
        for (let at = 0; at <= exact.shown.length; at++) {
          expect(exact.toShown(exact.toExact(at))).toBe(at);
          const unit = exact.shown[at];
          if (unit !== undefined && unit !== '\n') expect(text[exact.toExact(at)]).toBe(unit);
        }
      }),
    );
  });

  test('the middle of a line end is shown at its start', () => {
    expect(new ExactText('ab\r\ncd').toShown(3)).toBe(2);
  });

  test('an edit leaves everything around it as written', () => {
    fc.assert(
      fc.property(written, fc.nat(), fc.nat(), fc.string(), (text, a, b, added) => {
        const exact = new ExactText(text);
        const [start = 0, end = 0] = [a, b].map((n) => n % (exact.shown.length + 1)).sort((x, y) => x - y);
        const next = exact.splice({ start, end, text: added });
        expect(next.text.startsWith(text.slice(0, exact.toExact(start)))).toBe(true);
        expect(next.text.endsWith(text.slice(exact.toExact(end)))).toBe(true);
      }),
    );
  });

  test('new lines end as most lines do', () => {
    expect(new ExactText('a\r\nb').splice({ start: 1, end: 1, text: '\n!' }).text).toBe('a\r\n!\r\nb');
    expect(new ExactText('a\nb\nc\nd\r\ne').splice({ start: 1, end: 1, text: '\n' }).text).toBe('a\n\nb\nc\nd\r\ne');
  });
});

describe('the smallest replacement', () => {
  test('rebuilds the second text from the first, in whole characters', () => {
    const text = fc.array(fc.constantFrom('a', 'b', '😀', '😁', '\n')).map((parts) => parts.join(''));
    fc.assert(
      fc.property(text, text, (before, after) => {
        const splice = spliceBetween(before, after);
        if (splice === null) {
          expect(after).toBe(before);
          return;
        }
        expect(before.slice(0, splice.start) + splice.text + before.slice(splice.end)).toBe(after);
        expect(splice.text).not.toMatch(/\p{Surrogate}/u);
        expect(before.slice(splice.start, splice.end)).not.toMatch(/\p{Surrogate}/u);
      }),
    );
  });
});
