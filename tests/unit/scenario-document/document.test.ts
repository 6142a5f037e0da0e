import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SEED_SCENARIO } from '../../../src/core/catalogue/seed.ts';
import type { TextEdit } from '../../../src/core/diagnostic.ts';
import type { JsonValue } from '../../../src/core/json.ts';
import { checkScenario } from '../../../src/core/scenario/check.ts';
import { changeText, isSameJson } from '../../../src/core/scenario/document/change-text.ts';
import { printDocument } from '../../../src/core/scenario/document/print-document.ts';
import { placeDiagnostics, readScenarioText } from '../../../src/core/scenario/document/read-document.ts';

const json = (value: unknown): JsonValue => JSON.parse(JSON.stringify(value)) as JsonValue;

function apply(text: string, edits: readonly TextEdit[] | null): string {
  if (edits === null) throw new Error('no edits');
  return [...edits]
    .reverse()
    .reduce((so, { range, text: put }) => so.slice(0, range.start) + put + so.slice(range.end), text);
}
function placesIn(text: string): string[] {
  const read = readScenarioText(text);
  if (read.kind === 'broken') throw new Error('broken');
  return placeDiagnostics(read.root, checkScenario(read.value).diagnostics).map(
    ({ code, range }) => `${code} ${text.slice(range.start, range.end)}`,
  );
}

const COMMENTED = `{
  // across midnight
  "version": "1",
  "start": "2026-01-01T23:59:58.000Z",
  "agents": [
    { "name": "planner", "steps": [
      { "call": "get_agent_card", "times": 3, "args": {} }, // looks
      { "wait": "1s" }
    ] }
  ]
}
`;

describe('readScenarioText', () => {
  it('reads JSON with comments and trailing commas, and says that there are comments', () => {
    expect(readScenarioText('{ "a": [1,], } // b')).toMatchObject({
      kind: 'document',
      value: { a: [1] },
      hasComments: true,
    });
    expect(readScenarioText('{}')).toMatchObject({ kind: 'document', hasComments: false });
  });

  it('says where a text breaks, in words of a scenario', () => {
    const empty = readScenarioText('');
    expect(empty).toMatchObject({ kind: 'broken', diagnostics: [{ severity: 'error', pointer: '' }] });
    expect(JSON.stringify([empty, readScenarioText('x'), readScenarioText('{} 1')])).not.toContain('policy');
    expect(readScenarioText('{ "a": 1 "b": 2 }')).toMatchObject({ diagnostics: [{ code: 'missing-comma' }] });
  });
});

describe('placeDiagnostics', () => {
  it.each([
    ['"times": 3', '"times": 0', 'out-of-range "times": 0'],
    ['"wait": "1s"', '"wait": "1x"', 'bad-duration "wait": "1x"'],
    ['"times": 3', '"tims": 3', 'unknown-field "tims": 3'],
    ['"name": "planner", ', '', 'missing-field {'],
    ['get_agent_card', 'get_agent_crad', 'unknown-tool "call": "get_agent_crad"'],
    ['"args": {}', '"args": { "x": "{{j}}" }', 'bad-template "x": "{{j}}"'],
  ])('puts what is wrong with %s as %s in its place', (before, after, place) => {
    expect(placesIn(COMMENTED.replace(before, after))).toContain(place);
  });
});

describe('changeText', () => {
  const value: unknown = json((readScenarioText(COMMENTED) as { value: JsonValue }).value);
  const change = (edit: (text: string) => string): string =>
    apply(COMMENTED, changeText(COMMENTED, json(JSON.parse(edit(JSON.stringify(value))))));

  it('writes one number and nothing else', () => {
    expect(change((text) => text.replace('"times":3', '"times":4'))).toBe(COMMENTED.replace('3,', '4,'));
  });

  it('adds a field in the layout of its object', () => {
    expect(change((text) => text.replace('"times":3', '"times":3,"over":"4s"'))).toContain(
      '{ "call": "get_agent_card", "times": 3, "args": {}, "over": "4s" }, // looks',
    );
  });

  it('takes a step out and keeps what is about the others', () => {
    const text = change((document) => document.replace(',{"wait":"1s"}', ''));
    expect(text).toContain('// across midnight');
    expect(text).not.toContain('wait');
  });

  it('swaps neighbours and makes a wait a moment', () => {
    const moved = change((text) => text.replace(/(\{"call".*?\}\}),(\{"wait":"1s"\})/, '$2,$1'));
    expect(moved.indexOf('wait')).toBeLessThan(moved.indexOf('get_agent_card'));
    const until = change((text) => text.replace('"wait":"1s"', '"waitUntil":"2026-01-02T00:00:00.000Z"'));
    expect(until).toContain('"waitUntil": "2026-01-02T00:00:00.000Z"');
    expect(until).toContain('// looks');
  });

  it('leaves a text alone that says it already, and one that cannot be read', () => {
    expect(changeText(COMMENTED, json(value))).toEqual([]);
    expect(changeText('{ "a": ', {})).toBeNull();
  });

  it('says what was wanted, whatever that is', () => {
    const leaf = fc.oneof(fc.integer({ min: 0, max: 3 }), fc.constantFrom('a', 'b', ''), fc.boolean());
    const { tree } = fc.letrec<{ tree: JsonValue }>((tie) => ({
      tree: fc.oneof(
        { depthSize: 'small' },
        leaf,
        fc.array(tie('tree'), { maxLength: 4 }),
        fc.dictionary(fc.constantFrom('p', 'q', 'r'), tie('tree'), { maxKeys: 3 }),
      ),
    }));
    const root = fc.dictionary(fc.constantFrom('p', 'q', 'r'), tree, { maxKeys: 3 });
    fc.assert(
      fc.property(root, root, (before, after) => {
        const text = printDocument(json(before));
        const edits = changeText(text, json(after));
        if (edits === null) return;
        const read = readScenarioText(apply(text, edits));
        expect(read.kind === 'document' && isSameJson(read.value, json(after))).toBe(true);
      }),
      { numRuns: 150 },
    );
  });
});

describe('printDocument', () => {
  it('keeps short values on a line and reads back as it was', () => {
    const text = printDocument(json(SEED_SCENARIO));
    expect(JSON.parse(text)).toEqual(SEED_SCENARIO);
    expect(text).toContain('{ "wait": "1s" }');
    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThan(140);
    expect(printDocument({})).toBe('{}\n');
  });
});
