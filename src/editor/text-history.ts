/** A text with its selection, as a text area holds it. */
export interface TextState {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** States kept; the oldest go first. */
const MOST = 200;

/**
 * What was typed into the plain text area, so that Undo works there and still works after the larger editor took over.
 * Edits of one kind that follow each other at one place are one step, as long as no line ends between them.
 */
export class TextHistory {
  #states: TextState[];
  #at = 0;
  #lastKind = '';

  constructor(first: TextState) {
    this.#states = [first];
  }

  /** All states in order, and which of them is on screen. */
  get states(): readonly TextState[] {
    return this.#states;
  }
  get index(): number {
    return this.#at;
  }
  get present(): TextState {
    return this.#states[this.#at] ?? { text: '', start: 0, end: 0 };
  }

  /** Notes the text after an edit; `kind` is the event's `inputType`, or any name for an edit of its own. */
  note(next: TextState, kind: string): void {
    const { text, start, end } = this.present;
    if (next.text === text) return;
    const follows =
      kind === this.#lastKind && kind !== '' && start === end && this.#at > 0 && sameLine(text, next.text);
    this.#states.length = this.#at + 1;
    if (follows) this.#states[this.#at] = next;
    else this.#states.push(next);
    if (this.#states.length > MOST) this.#states.shift();
    this.#at = this.#states.length - 1;
    this.#lastKind = kind === 'insertText' || kind.startsWith('deleteContent') ? kind : '';
  }

  /** One step back; null when there is none. */
  undo(): TextState | null {
    return this.#go(this.#at - 1);
  }
  /** One step forward again; null when there is none. */
  redo(): TextState | null {
    return this.#go(this.#at + 1);
  }

  #go(to: number): TextState | null {
    const state = this.#states[to];
    if (state === undefined) return null;
    this.#at = to;
    this.#lastKind = '';
    return state;
  }
}

function sameLine(before: string, after: string): boolean {
  return Math.abs(before.length - after.length) === 1 && before.split('\n').length === after.split('\n').length;
}
