import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jsonText, jsonTokens } from '../../../src/ui/results/json-tokens.ts';
import { choiceText, isFiltered } from '../../../src/ui/results/log-filter.ts';
import { shownOutcomes, valueOf } from '../../../src/ui/results/outcome-columns.ts';
import { textPieces } from '../../../src/ui/results/quoted-text.ts';
import { ruleBeside, wrapParts } from '../../../src/ui/results/rule-name.ts';
import { withEdits } from '../../../src/ui/results/text-edits.ts';
import type { JsonValue } from '../../../src/core/json.ts';

const json = fc.jsonValue().map((value): JsonValue => JSON.parse(JSON.stringify(value)) as JsonValue);

describe('JSON to read', () => {
  it('loses nothing to its colours', () => {
    fc.assert(
      fc.property(json, (value) => {
        const text = jsonTokens(value)
          .map((token) => token.text)
          .join('');
        expect(text).toBe(jsonText(value));
        expect(JSON.parse(text)).toEqual(value);
      }),
    );
  });

  it('tells keys from texts, numbers and words', () => {
    const kinds = jsonTokens({ a: 'x: "1"', b: -1.5e3, c: true })
      .filter(({ kind }) => kind !== 'mark')
      .map(({ kind, text }) => [kind, text]);
    expect(kinds).toEqual([
      ['key', '"a"'],
      ['text', '"x: \\"1\\""'],
      ['key', '"b"'],
      ['number', '-1500'],
      ['key', '"c"'],
      ['word', 'true'],
    ]);
  });

  it('stands on one line while it is short', () => {
    expect(jsonText({ agentId: 'agent-7f3a' })).toBe('{ "agentId": "agent-7f3a" }');
    expect(jsonText({ a: { b: 1 } })).toContain('\n');
    expect(jsonText({})).toBe('{}');
  });
});

describe('rule names', () => {
  it('leave out the tool they stand beside, nothing else', () => {
    expect(ruleBeside('t', '/tools/t/limits/rate')).toBe('limits/rate');
    expect(ruleBeside('a/b~c', '/tools/a~1b~0c/deny_if/always')).toBe('deny_if/always');
    expect(ruleBeside('t', '/tools/tt/limits/rate')).toBe('/tools/tt/limits/rate');
    expect(ruleBeside('t', '(default deny)')).toBe('(default deny)');
  });

  it('wrap after slashes and join to the name', () => {
    expect(wrapParts('/tools/t/limits/rate')).toEqual(['/', 'tools/', 't/', 'limits/', 'rate']);
    fc.assert(
      fc.property(fc.string(), (name) => {
        expect(wrapParts(name).join('')).toBe(name);
      }),
    );
  });
});

describe('messages', () => {
  it('set what stands between backticks apart', () => {
    expect(textPieces('use `deny_if` here')).toEqual([
      { text: 'use ', code: false },
      { text: 'deny_if', code: true },
      { text: ' here', code: false },
    ]);
  });

  it('keep a backtick without a partner', () => {
    fc.assert(
      fc.property(fc.string(), (message) => {
        const ticks = message.split('`').length - 1;
        const text = textPieces(message)
          .map((piece) => piece.text)
          .join('');
        expect(text.split('`').length - 1).toBe(ticks % 2);
      }),
    );
  });
});

describe('a fix', () => {
  it('applies all its edits at the places they were found', () => {
    const edits = [
      { range: { start: 0, end: 1 }, text: 'XY' },
      { range: { start: 4, end: 4 }, text: '!' },
    ];
    expect(withEdits('abcd', edits)).toBe('XYbcd!');
  });
});

describe('the filter of the log', () => {
  const open = { outcomes: [], tools: [], grants: [], rules: [], text: '' };

  it('is on when it leaves anything out', () => {
    expect(isFiltered(open)).toBe(false);
    expect(isFiltered({ ...open, text: 'x' })).toBe(true);
    expect(isFiltered({ ...open, rules: ['(hidden)'] })).toBe(true);
  });

  it('says what is chosen', () => {
    expect(choiceText([], 'All tools', 'tools')).toBe('All tools');
    expect(choiceText(['a'], 'All tools', 'tools')).toBe('a');
    expect(choiceText(['a', 'b'], 'All tools', 'tools')).toBe('2 tools');
  });
});

describe('columns of outcomes', () => {
  const counts = { calls: 7, allowed: 0, denied: 4, approvals: 1, hidden: 2 };

  it('hold the counts of their outcome', () => {
    expect(shownOutcomes(counts).map((outcome) => valueOf(counts, outcome))).toEqual([0, 4, 1, 2]);
  });

  it('leave out approvals and hidden while there are none', () => {
    expect(shownOutcomes({ ...counts, approvals: 0, hidden: 0 })).toEqual(['allow', 'deny']);
  });
});
