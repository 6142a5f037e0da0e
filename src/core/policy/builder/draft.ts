import type { TextEdit } from '../../diagnostic.ts';

/** A stretch of the first text, or text that was put in. */
type Piece = { readonly start: number; readonly end: number } | { readonly put: string };

/** A text under several rounds of edits, each made for the text the one before left; tells what they come to. */
export class Draft {
  readonly #first: string;
  #pieces: readonly Piece[];
  #text: string;

  constructor(text: string) {
    this.#first = text;
    this.#text = text;
    this.#pieces = [{ start: 0, end: text.length }];
  }

  /** The text as it is now. */
  get text(): string {
    return this.#text;
  }

  /** Makes edits of the present text that do not overlap. */
  apply(edits: readonly TextEdit[]): void {
    for (const { range, text } of [...edits].sort((a, b) => b.range.start - a.range.start)) {
      const before = this.#cut(0, range.start);
      const after = this.#cut(range.end, this.#text.length);
      this.#pieces = [...before, ...(text === '' ? [] : [{ put: text }]), ...after];
      this.#text = this.#text.slice(0, range.start) + text + this.#text.slice(range.end);
    }
  }

  /** All rounds as one set of edits of the first text, in order. */
  edits(): readonly TextEdit[] {
    const edits: TextEdit[] = [];
    let at = 0;
    let put = '';
    const close = (end: number): void => {
      if (end > at || put !== '') edits.push({ range: { start: at, end }, text: put });
      put = '';
    };
    for (const piece of this.#pieces) {
      if ('put' in piece) put += piece.put;
      else {
        close(piece.start);
        at = piece.end;
      }
    }
    close(this.#first.length);
    return edits;
  }

  #cut(from: number, to: number): Piece[] {
    const pieces: Piece[] = [];
    let at = 0;
    for (const piece of this.#pieces) {
      const length = 'put' in piece ? piece.put.length : piece.end - piece.start;
      const [start, end] = [Math.max(from - at, 0), Math.min(to - at, length)];
      at += length;
      if (start >= end) continue;
      pieces.push(
        'put' in piece ? { put: piece.put.slice(start, end) } : { start: piece.start + start, end: piece.start + end },
      );
    }
    return pieces;
  }
}
