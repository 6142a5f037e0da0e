import { describe, expect, test } from 'vitest';
import { TextHistory, type TextState } from '../../../src/editor/text-history.ts';

function at(text: string, caret = text.length): TextState {
  return { text, start: caret, end: caret };
}

describe('what was typed before the larger editor came', () => {
  test('letters typed in a row are one step', () => {
    const history = new TextHistory(at(''));
    for (const text of ['m', 'ma', 'max']) history.note(at(text), 'insertText');
    expect(history.undo()?.text).toBe('');
    expect(history.redo()?.text).toBe('max');
  });

  test('a line end, a paste and a change of kind begin new steps', () => {
    const history = new TextHistory(at(''));
    history.note(at('a'), 'insertText');
    history.note(at('a\n'), 'insertLineBreak');
    history.note(at('a\nb'), 'insertText');
    history.note(at('a\nbcd'), 'insertFromPaste');
    history.note(at('a\nbc'), 'deleteContentBackward');
    const seen: (string | undefined)[] = [];
    for (let step = 0; step < 5; step++) seen.push(history.undo()?.text);
    expect(seen).toEqual(['a\nbcd', 'a\nb', 'a\n', 'a', '']);
    expect(history.undo()).toBeNull();
  });

  test('an edit after Undo drops what was taken back', () => {
    const history = new TextHistory(at('one'));
    history.note(at('two'), 'format');
    history.undo();
    history.note(at('three'), 'format');
    expect(history.redo()).toBeNull();
    expect(history.states.map((state) => state.text)).toEqual(['one', 'three']);
    expect(history.index).toBe(1);
  });

  test('an event that changed nothing is no step', () => {
    const history = new TextHistory(at('one'));
    history.note(at('one', 0), 'insertText');
    expect(history.undo()).toBeNull();
  });

  test('keeps a bounded number of states', () => {
    const history = new TextHistory(at(''));
    for (let step = 0; step < 1000; step++) history.note(at(`${step}`), 'format');
    expect(history.states.length).toBe(200);
    expect(history.present.text).toBe('999');
  });
});
