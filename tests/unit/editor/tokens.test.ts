import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { tokenizeLine } from '../../../src/editor/tokens.ts';

/** The line as `type:text` pieces, blank ones left out. */
function pieces(line: string, yaml = false, inComment = false): readonly string[] {
  const { tokens } = tokenizeLine(line, yaml, inComment);
  return tokens
    .map(({ from, type }, index) => `${type}:${line.slice(from, tokens[index + 1]?.from)}`)
    .filter((piece) => !/^:\s*$/.test(piece));
}

describe('colours of a line', () => {
  test.each([
    ['  "max": 30,', ['key:"max"', 'mark::', 'number:30', 'mark:,']],
    ['"a:b" : "c" // d', ['key:"a:b"', 'mark::', 'string:"c"', 'comment:// d']],
    ['[true, null, -1.5e3]', ['mark:[', 'word:true', 'mark:,', 'word:null', 'mark:,', 'number:-1.5e3', 'mark:]']],
    ['"open', ['string:"open']],
    ['"esc\\"aped": 1', ['key:"esc\\"aped"', 'mark::', 'number:1']],
    ['/* a */ 1', ['comment:/* a */', 'number:1']],
  ])('JSON: %s', (line, expected) => {
    expect(pieces(line)).toEqual(expected);
  });

  test.each([
    ['default: deny # why', ['key:default', 'mark::', 'string:deny ', 'comment:# why']],
    ['  - path: args.amount', ['mark:-', 'key:path', 'mark::', 'string:args.amount']],
    ['value: 30', ['key:value', 'mark::', 'number:30']],
    ['"*": ["a", 5]', ['key:"*"', 'mark::', 'mark:[', 'string:"a"', 'mark:,', 'number:5', 'mark:]']],
  ])('YAML: %s', (line, expected) => {
    expect(pieces(line, true)).toEqual(expected);
  });

  test('a block comment goes on until it ends', () => {
    expect(tokenizeLine('1 /* a', false, false).inComment).toBe(true);
    expect(tokenizeLine('b', false, true).inComment).toBe(true);
    expect(pieces('c */ 2', false, true)).toEqual(['comment:c */', 'number:2']);
    expect(tokenizeLine('c */ 2', false, true).inComment).toBe(false);
  });

  test('covers any line from its start, in order', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.boolean(), fc.boolean(), (line, yaml, inComment) => {
        const { tokens } = tokenizeLine(line, yaml, inComment);
        if (line !== '') expect(tokens[0]?.from).toBe(0);
        for (const [index, token] of tokens.entries()) {
          expect(token.from).toBeGreaterThan(tokens[index - 1]?.from ?? -1);
          expect(token.from).toBeLessThan(Math.max(1, line.length));
        }
      }),
    );
  });

  test('a line too long to read keeps one colour', () => {
    expect(tokenizeLine(`"${'x'.repeat(30_000)}`, false, false).tokens).toEqual([{ from: 0, type: '' }]);
  });
});
