import { describe, expect, test } from 'vitest';
import { decodeFile, formatFile } from '../../../src/share/file.ts';
import { gradeLength, LINK_MARKS, MOST_INFLATED } from '../../../src/share/limits.ts';
import { anyScenario, FULL, SMALL } from './contents.ts';

describe('a file', () => {
  test('opens as it was written', () => {
    const text = formatFile(FULL);
    expect(text).toMatch(/^\{\n {2}"v": 1,\n[^]*\}\n$/);
    expect(decodeFile(text, anyScenario)).toMatchObject({ kind: 'opened', content: FULL });
  });

  test('may be longer than any link', () => {
    const policy = { dialect: 'intercept' as const, text: Array.from({ length: 90_000 }, (_, i) => i).join(' ') };
    const opened = decodeFile(formatFile({ ...SMALL, policy }), anyScenario);
    expect(opened.kind === 'opened' && opened.content.policy).toEqual(policy);
  });

  test.each([
    ['damaged', 'not json', 'This file is damaged'],
    ['too-large', ' '.repeat(MOST_INFLATED + 1), 'This file unfolds to too much'],
    ['unknown-version', '{"v":2}', 'This file is written in another version'],
    ['invalid', '{"v":1}', 'This file holds something else'],
  ])('%s', (code, text, title) => {
    expect(decodeFile(text, anyScenario)).toMatchObject({ kind: 'rejected', code, title, raw: text });
  });
});

test.each([
  [1, 'roomy'],
  [6000, 'roomy'],
  [6001, 'near'],
  [LINK_MARKS.tracker, 'near'],
  [8001, 'long'],
])('a link of %d characters is %s', (length, grade) => {
  expect(gradeLength(length)).toBe(grade);
});
