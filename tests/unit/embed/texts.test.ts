import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { callTexts, callsText } from '../../../src/embed/call-texts.ts';
import { drawnLines, linesOf, piecesOf } from '../../../src/embed/code-lines.ts';
import { elementSnippet, frameSnippet, markdownSnippet } from '../../../src/share/snippets.ts';

const call = (args: Record<string, number>, tool = 'issue_audit_ticket', grant = 'settler') => ({ args, tool, grant });

describe('calls are told apart by what differs', () => {
  test('an argument, also where it is left out', () => {
    expect(callTexts([call({ life: 300, a: 1 }), call({ life: 3600, a: 1 }), call({ a: 1 })])).toEqual([
      { text: 'life: 300', missing: false },
      { text: 'life: 3600', missing: false },
      { text: 'no life', missing: true },
    ]);
  });

  test('tools and callers; calls that are the same by their tool', () => {
    expect(callTexts([call({}, 'a', 'x'), call({ n: 1 }, 'b', 'y')]).map(({ text }) => text)).toEqual([
      'a by x',
      'b by y',
    ]);
    expect(callTexts([call({ n: 1 }), call({ n: 1 })]).map(({ text }) => text)).toEqual(
      Array(2).fill('issue_audit_ticket'),
    );
  });

  test('and by their tool where other calls of the run are of others', () => {
    const texts = callTexts([call({ n: 1 }, 'a', 'x'), call({ n: 2 }, 'a', 'y')], 14);
    expect(texts.map(({ text }) => text)).toEqual(['a by x', 'a by y']);
  });

  test('and summed up in one line', () => {
    const counts = { calls: 3, allowed: 2, denied: 1, approvals: 0, hidden: 0 };
    const tool = { ...counts, tool: 'issue_audit_ticket', grants: ['settler'], rules: [] };
    const grant = { ...counts, grant: 'settler' };
    expect(callsText({ calls: 3, tools: [tool], grants: [grant] })).toBe('3 calls of issue_audit_ticket by settler');
    expect(callsText({ calls: 3, tools: [tool, tool], grants: [grant, grant] })).toBe('3 calls of 2 tools by 2 grants');
    expect(callsText({ calls: 0, tools: [], grants: [] })).toBe('0 calls');
  });
});

describe('code', () => {
  test('keeps every character of any line', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.boolean(), (text, yaml) => {
        const line = text.replace(/[\n\r\u2028\u2029]/g, '');
        expect(
          piecesOf(line, yaml)
            .map((piece) => piece.text)
            .join(''),
        ).toBe(line);
      }),
      { numRuns: 500, seed: 11 },
    );
  });

  test('is drawn whole, or cut with words for the rest', () => {
    expect(drawnLines('{\n}')).toEqual({ lines: ['{', '}'], more: '' });
    expect(drawnLines('x'.repeat(20_000)).more).toBe('');
    const line = drawnLines('x'.repeat(20_001));
    expect([line.lines[0]?.length, line.more]).toEqual([20_000, 'and 1 more character, in the playground']);
    expect(drawnLines('\n'.repeat(400)).more).toBe('and 1 more line, in the playground');
    expect(drawnLines(`${'x'.repeat(25_000)}\ny`).more).toBe(
      'and 5,000 more characters and 1 more line, in the playground',
    );
  });

  test('has lines from 1; a stretch that ends behind a line break ends before it', () => {
    expect(linesOf('a\nbc\nd', { start: 2, end: 4 })).toEqual({ first: 2, last: 2 });
    expect(linesOf('a\nbc\nd', { start: 0, end: 2 })).toEqual({ first: 1, last: 1 });
    expect(linesOf('a\nbc\nd', { start: 3, end: 6 })).toEqual({ first: 2, last: 3 });
  });
});

describe('text to embed', () => {
  const hostile = {
    title: '"><script>[x](y)`',
    policy: '{ "a": "```" }\n',
    yaml: false,
    link: 'https://example.test/p/#v1.abc',
  };

  test('is harmless whatever the title says', () => {
    expect(frameSnippet(hostile)).toContain('title="&quot;&gt;&lt;script&gt;[x](y)`"');
    expect(frameSnippet(hostile)).toContain('src="https://example.test/p/?embed#v1.abc"');
    expect(elementSnippet(hostile)).toContain('<script src="https://example.test/p/embed.js" defer></script>');
    expect(elementSnippet(hostile).match(/<script/g)).toHaveLength(1);
  });

  test('in Markdown has a fence longer than any in the policy', () => {
    expect(markdownSnippet(hostile)).toBe(
      '["\\>\\<script\\>\\[x\\](y)\\`](https://example.test/p/#v1.abc)\n\n````json\n{ "a": "```" }\n````\n',
    );
  });
});
