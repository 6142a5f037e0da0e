import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { commentsOf } from '../../../src/core/policy/convert/comments.ts';
import { convertPolicy } from '../../../src/core/policy/convert/convert.ts';
import type { Dialect } from '../../../src/core/policy/model.ts';
import { parsePolicy } from '../../../src/core/policy/parse.ts';
import { compilePattern } from '../../../src/core/policy/pattern.ts';
import { readIntercept } from '../../../src/core/policy/read-intercept.ts';
import { policyOf } from './decide.ts';

const JSON_TEXT = `\ufeff// night shift
/* and
 * weekends */
{
  "version": "1", // one
  "default": "deny",
  "tools": {
    // the till
    "pay": {
      "require": [
        // named
        { "conditions": [{ "path": "args.to", "op": "exists", "value": true }] }
      ],
      "limits": [
        { "counter": "calls", "window": "day", "max": 3 /* three */ }, // enough
        { "counter": "more", "window": "day", "max": 4 }
        // no more
      ]
    }
  }
}
// the end
`;

function comments(text: string, dialect: Dialect) {
  return commentsOf(text, parsePolicy(text, { dialect, compilePattern, readers: { intercept: readIntercept } }));
}

describe('comments of a policy', () => {
  test('belong to the place they stand at', () => {
    expect(comments(JSON_TEXT, 'policylayer').map(({ text, pointer }) => [text, pointer])).toEqual([
      ['night shift', ''],
      ['and\nweekends', ''],
      ['one', '/default'],
      ['the till', '/tools/pay'],
      ['named', '/tools/pay/require/0'],
      ['three', '/tools/pay/limits/0'],
      ['enough', '/tools/pay/limits/0'],
      ['no more', '/tools/pay'],
      ['the end', ''],
    ]);
  });

  test('stand in YAML before what they are about', () => {
    const { text } = convertPolicy(policyOf(JSON_TEXT, 'policylayer'), 'intercept', comments(JSON_TEXT, 'policylayer'));
    expect(text).toBe(`# night shift
# and
# weekends
# one
# the end

version: "1"
default: deny
tools:
  # the till
  # no more
  pay:
    rules:
      # named
      - name: require/args.to-exists
        conditions:
          - path: args.to
            op: exists
            value: true
      # three
      # enough
      - name: limits/calls
        conditions:
          - path: state.pay.calls
            op: lte
            value: 3
        state:
          counter: calls
          window: day
      - name: limits/more
        conditions:
          - path: state.pay.more
            op: lte
            value: 4
        state:
          counter: more
          window: day
`);
  });

  test('of YAML are found, and `#` in text is none', () => {
    const text =
      'version: 1 # one\r\ndescription: "# no"\ntools: # all\n  pay:\n    rules: # of pay\n      - { name: x#, action: deny } # last\n';
    expect(comments(text, 'intercept').map(({ text: words, pointer }) => [words, pointer])).toEqual([
      ['one', 'tools.pay'],
      ['all', 'tools.pay'],
      ['of pay', 'tools.pay.rules[0]'],
      ['last', 'tools.pay.rules[0]'],
    ]);
  });

  test('of any content change nothing that is decided', () => {
    const words = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({
        unit: fc.constantFrom('\n', '\r', '\u0085', '\u2028', '\0', '\ud800', '*', '#', ' ', '-', ':', 'a'),
      }),
    );
    fc.assert(
      fc.property(words, fc.constantFrom('pay', 'x'.repeat(2000)), (said, tool) => {
        const comment = `/*${said.replaceAll('*/', '')} */`;
        const rule = `{ "counter": "c", "window": "day", "max": 1 }`;
        const text = `${comment}{ "version": "1", "default": "deny", "tools": {${comment}"${tool}": { "limits": [${comment}${rule}] } } }`;
        const bare = convertPolicy(policyOf(text, 'policylayer'), 'intercept').text;
        const written = convertPolicy(policyOf(text, 'policylayer'), 'intercept', comments(text, 'policylayer')).text;
        expect(written.split('\n').filter((line) => !/^\s*(?:#|$)/.test(line))).toEqual(bare.trimEnd().split('\n'));
        expect(policyOf(written, 'intercept')).toEqual(policyOf(bare, 'intercept'));
      }),
      { seed: 11, numRuns: 150 },
    );
  });
});
