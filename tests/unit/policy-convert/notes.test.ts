import { describe, expect, test } from 'vitest';
import { CONVERSION_CODES } from '../../../src/core/policy/convert/codes.ts';
import { describeNotes, NoteBook } from '../../../src/core/policy/convert/notes.ts';

describe('notes', () => {
  test('have the severity of their code, and equal ones stand once', () => {
    const book = new NoteBook();
    book.add('approval', '/tools/a/action', 'denies');
    book.add('approval', '/tools/b/action', 'denies');
    book.add('approval', '/tools/a/action', 'denies');
    expect(book.notes).toEqual([
      { code: 'approval', severity: 'impossible', message: 'denies', pointer: '/tools/a/action' },
      { code: 'approval', severity: 'impossible', message: 'denies', pointer: '/tools/b/action' },
    ]);
  });

  test('are shown worst first, each code once under its explanation', () => {
    const book = new NoteBook();
    book.add('own-words', '', 'told otherwise');
    book.add('roll-back', '/tools/a/limits/0', 'keeps');
    book.add('approval', '/tools/a/action', 'denies');
    book.add('roll-back', '/tools/b/limits/0', 'keeps');
    const groups = describeNotes(book.notes);
    expect(groups.map(({ code, severity, notes }) => [code, severity, notes.length])).toEqual([
      ['approval', 'impossible', 1],
      ['roll-back', 'differs', 2],
      ['own-words', 'same', 1],
    ]);
    expect(groups[1]?.explanation).toBe(CONVERSION_CODES['roll-back'].explanation);
    expect(groups[1]?.notes.map(({ pointer }) => pointer)).toEqual(['/tools/a/limits/0', '/tools/b/limits/0']);
  });

  test('of nothing are none', () => {
    expect(describeNotes([])).toEqual([]);
  });

  test.each(Object.entries(CONVERSION_CODES))('%s is explained in a sentence', (_code, { explanation }) => {
    expect(explanation).toMatch(/^[A-Z].*\.$/);
  });
});
