import { spliceBetween, type Splice } from './exact-text.ts';
import type { CaretPlace, Editor, EditorEvents, ShownRange } from './handle.ts';
import { TextHistory } from './text-history.ts';

const INDENT = '  ';
const LINE_HEIGHT = 20;

/** The plain editor also hands over what was typed, for the full editor's Undo. */
export interface PlainEditor extends Editor {
  readonly history: TextHistory;
  /** True while a character is being composed, or text is being dragged over: not the moment to swap editors. */
  busy(): boolean;
}

/** Line and column of an offset, both from 1. */
export function placeOf(text: string, offset: number): CaretPlace {
  let line = 1;
  let from = 0;
  for (let end = text.indexOf('\n'); end !== -1 && end < offset; end = text.indexOf('\n', from)) {
    line++;
    from = end + 1;
  }
  return { line, column: offset - from + 1 };
}

/** The text after edits that do not overlap. */
export function applySplices(text: string, edits: readonly Splice[]): string {
  const backwards = [...edits].sort((a, b) => b.start - a.start);
  return backwards.reduce((so, { start, end, text: added }) => so.slice(0, start) + added + so.slice(end), text);
}

/**
 * Makes a text area an editor: Tab indents once something was typed, Esc leaves, Undo and Redo go over typed and
 * applied edits alike.
 */
export function createPlainEditor(area: HTMLTextAreaElement, events: EditorEvents): PlainEditor {
  const history = new TextHistory({ text: area.value, start: area.selectionStart, end: area.selectionEnd });
  let composing = false;
  let pressed = false;
  let typed = false;

  const tell = (before: string): void => {
    const splice = spliceBetween(before, area.value);
    if (splice !== null) events.edited([splice]);
  };
  const note = (kind: string): void => {
    const before = history.present.text;
    history.note({ text: area.value, start: area.selectionStart, end: area.selectionEnd }, kind);
    tell(before);
  };
  const step = (state: ReturnType<TextHistory['undo']>): void => {
    if (state === null) return;
    const before = area.value;
    area.value = state.text;
    area.setSelectionRange(state.start, state.end);
    tell(before);
  };
  const indent = (): void => {
    area.setRangeText(INDENT, area.selectionStart, area.selectionEnd, 'end');
    note('insertText');
  };
  const keydown = (event: KeyboardEvent): void => {
    const command = (event.ctrlKey || event.metaKey) && !event.altKey;
    const key = event.key.toLowerCase();
    if (event.key === 'Escape' && !event.isComposing) {
      event.stopPropagation();
      typed = false;
      events.leave();
    } else if (event.key === 'Tab' && typed && !command && !event.altKey && !event.shiftKey) indent();
    else if (command && key === 'z') step(event.shiftKey ? history.redo() : history.undo());
    else if (command && key === 'y') step(history.redo());
    else return;
    event.preventDefault();
  };
  const beforeInput = (event: InputEvent): void => {
    if (event.inputType !== 'historyUndo' && event.inputType !== 'historyRedo') return;
    event.preventDefault();
    step(event.inputType === 'historyUndo' ? history.undo() : history.redo());
  };
  const input = (event: Event): void => {
    typed = true;
    note(event instanceof InputEvent ? event.inputType : 'replace');
  };
  const caret = (): void => {
    if (document.activeElement !== area) return;
    const { value, selectionStart: start, selectionEnd: end } = area;
    const place = placeOf(value, start);
    events.caret(place, start, start < end ? [place.line, placeOf(value, end - 1).line] : null);
  };
  const reveal = ({ start }: ShownRange): void => {
    const top = (placeOf(area.value, start).line - 1) * LINE_HEIGHT;
    if (top < area.scrollTop || top > area.scrollTop + area.clientHeight - 2 * LINE_HEIGHT) {
      area.scrollTop = Math.max(0, top - area.clientHeight / 3);
    }
  };

  const off = new AbortController();
  const on = { signal: off.signal };
  area.addEventListener('keydown', keydown, on);
  area.addEventListener('beforeinput', beforeInput, on);
  area.addEventListener('input', input, on);
  area.addEventListener('blur', () => (typed = false), on);
  area.addEventListener('compositionstart', () => (composing = true), on);
  area.addEventListener('compositionend', () => (composing = false), on);
  area.addEventListener('pointerdown', () => (pressed = true), on);
  window.addEventListener('pointerup', () => (pressed = false), on);
  window.addEventListener('pointercancel', () => (pressed = false), on);
  document.addEventListener('selectionchange', caret, on);

  return {
    history,
    busy: () => composing || pressed,
    apply(edits) {
      const { selectionStart, scrollTop } = area;
      area.value = applySplices(area.value, edits);
      area.setSelectionRange(selectionStart, selectionStart);
      area.scrollTop = scrollTop;
      note('');
    },
    select(range) {
      area.setSelectionRange(range.start, range.end);
      reveal(range);
    },
    mark(range) {
      if (range !== null) reveal(range);
    },
    yaml: () => undefined,
    markers: () => undefined,
    hints: () => undefined,
    focus: () => area.focus(),
    undo: () => step(history.undo()),
    dispose: () => off.abort(),
  };
}
