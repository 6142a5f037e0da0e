import { describe, expect, test } from 'vitest';
import { formatJson } from '../../../src/core/policy/format-json.ts';
import { applySplices } from '../../../src/editor/plain-editor.ts';
import { toStrictJson } from '../../../src/core/policy/strict-json.ts';

describe('strict JSON', () => {
  test.each([
    ['a strict document stays to the letter', '{ "a" : 1e2,\r\n"b":[ ] }\n', '{ "a" : 1e2,\r\n"b":[ ] }\n'],
    ['comments go', '{"a":1/* one */,// two\n"b":2}', '{"a":1,\n"b":2}'],
    ['trailing commas go', '{"a":[1,2,],}', '{"a":[1,2]}'],
    ['also with a comment between', '[1, // last\n]', '[1 \n]'],
    ['commas and slashes in strings stay', '{"a":"x,}// y"}', '{"a":"x,}// y"}'],
    ['a byte order mark goes', '\uFEFF{}', '{}'],
    ['what does not parse stays', '{"a":', '{"a":'],
  ])('%s', (_name, text, strict) => {
    expect(toStrictJson(text)).toBe(strict);
  });
});

describe('format', () => {
  test('lays out with two spaces and keeps comments', () => {
    const text = '{"a":[1,2], // two\n"b":{}}';
    const edits = formatJson(text);
    const splices = (edits ?? []).map((edit) => ({ ...edit.range, text: edit.text }));
    expect(applySplices(text, splices)).toBe('{\n  "a": [\n    1,\n    2\n  ], // two\n  "b": {}\n}');
  });

  test('leaves a broken document alone', () => {
    expect(formatJson('{"a":')).toBeNull();
    expect(formatJson('')).toBeNull();
  });
});
