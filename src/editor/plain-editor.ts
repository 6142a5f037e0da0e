import { spliceBetween, type Splice } from './exact-text.ts';
import type { CaretPlace, Editor, EditorEvents, ShownRange } from './handle.ts';
import { TextHistory, type TextState } from './text-history.ts';

const INDENT = '  ';
const LINE_HEIGHT = 20;
const nothing = (): void => undefined;

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
  return new AreaEditor(area, events);
}

class AreaEditor implements PlainEditor {
  readonly history: TextHistory;
  // why: a text area has one colour, and room for text alone.
  readonly yaml = nothing;
  readonly markers = nothing;
  readonly hints = nothing;
  readonly #area: HTMLTextAreaElement;
  readonly #events: EditorEvents;
  readonly #off = new AbortController();
  #composing = false;
  #pressed = false;
  #typed = false;

  constructor(area: HTMLTextAreaElement, events: EditorEvents) {
    this.#area = area;
    this.#events = events;
    this.history = new TextHistory(this.#state());
    const on = { signal: this.#off.signal };
    area.addEventListener('keydown', (event) => this.#keydown(event), on);
    area.addEventListener('beforeinput', (event) => this.#beforeInput(event), on);
    area.addEventListener('input', (event) => this.#input(event), on);
    area.addEventListener('blur', () => (this.#typed = false), on);
    area.addEventListener('compositionstart', () => (this.#composing = true), on);
    area.addEventListener('compositionend', () => (this.#composing = false), on);
    area.addEventListener('pointerdown', () => (this.#pressed = true), on);
    window.addEventListener('pointerup', () => (this.#pressed = false), on);
    window.addEventListener('pointercancel', () => (this.#pressed = false), on);
    document.addEventListener('selectionchange', () => this.#caret(), on);
  }

  busy(): boolean {
    return this.#composing || this.#pressed;
  }

  apply(edits: readonly Splice[]): void {
    const area = this.#area;
    const { selectionStart, scrollTop } = area;
    area.value = applySplices(area.value, edits);
    area.setSelectionRange(selectionStart, selectionStart);
    area.scrollTop = scrollTop;
    this.#note('');
  }

  select(range: ShownRange): void {
    this.#area.setSelectionRange(range.start, range.end);
    this.#reveal(range);
  }

  mark(range: ShownRange | null): void {
    if (range !== null) this.#reveal(range);
  }

  focus(): void {
    this.#area.focus();
  }

  undo(): void {
    this.#step(this.history.undo());
  }

  dispose(): void {
    this.#off.abort();
  }

  #state(): TextState {
    const { value, selectionStart, selectionEnd } = this.#area;
    return { text: value, start: selectionStart, end: selectionEnd };
  }

  #tell(before: string): void {
    const splice = spliceBetween(before, this.#area.value);
    if (splice !== null) this.#events.edited([splice]);
  }

  #note(kind: string): void {
    const before = this.history.present.text;
    this.history.note(this.#state(), kind);
    this.#tell(before);
  }

  #step(state: TextState | null): void {
    if (state === null) return;
    const before = this.#area.value;
    this.#area.value = state.text;
    this.#area.setSelectionRange(state.start, state.end);
    this.#tell(before);
  }

  #keydown(event: KeyboardEvent): void {
    const command = (event.ctrlKey || event.metaKey) && !event.altKey;
    const key = event.key.toLowerCase();
    if (event.key === 'Escape' && !event.isComposing) {
      event.stopPropagation();
      this.#typed = false;
      this.#events.leave();
    } else if (event.key === 'Tab' && this.#typed && !command && !event.altKey && !event.shiftKey) this.#indent();
    else if (command && key === 'z') this.#step(event.shiftKey ? this.history.redo() : this.history.undo());
    else if (command && key === 'y') this.#step(this.history.redo());
    else return;
    event.preventDefault();
  }

  #indent(): void {
    const { selectionStart, selectionEnd } = this.#area;
    this.#area.setRangeText(INDENT, selectionStart, selectionEnd, 'end');
    this.#note('insertText');
  }

  #beforeInput(event: InputEvent): void {
    if (event.inputType !== 'historyUndo' && event.inputType !== 'historyRedo') return;
    event.preventDefault();
    this.#step(event.inputType === 'historyUndo' ? this.history.undo() : this.history.redo());
  }

  #input(event: Event): void {
    this.#typed = true;
    this.#note(event instanceof InputEvent ? event.inputType : 'replace');
  }

  #caret(): void {
    if (document.activeElement !== this.#area) return;
    const { text, start, end } = this.#state();
    const place = placeOf(text, start);
    this.#events.caret(place, start, start < end ? [place.line, placeOf(text, end - 1).line] : null);
  }

  #reveal({ start }: ShownRange): void {
    const area = this.#area;
    const top = (placeOf(area.value, start).line - 1) * LINE_HEIGHT;
    if (top < area.scrollTop || top > area.scrollTop + area.clientHeight - 2 * LINE_HEIGHT) {
      area.scrollTop = Math.max(0, top - area.clientHeight / 3);
    }
  }
}
