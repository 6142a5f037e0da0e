import type { JsonValue } from '../json.ts';
import { MAX_RECORD } from './limits.ts';
import type { SkipReason } from './trace.ts';

/** A stretch of the text: a JSON value with what stood before it on its line, an empty line, or neither. */
export type Piece =
  | { readonly kind: 'value'; readonly line: number; readonly prefix: string; readonly value: JsonValue }
  | { readonly kind: 'blank'; readonly line: number }
  | { readonly kind: 'bad'; readonly line: number; readonly why: SkipReason };

/** Characters that may be looked at in vain for the end of values that are not closed, all together. */
const MAX_IN_VAIN = 4 * MAX_RECORD;
/** Longest text in front of a value that is kept. */
const PREFIX = 200;

const SPACE = /[^\s]/g;
const ELEMENT_END = /[,\n\]{]/g;

function parse(text: string): JsonValue | undefined {
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return undefined;
  }
}

/**
 * Cuts a text into JSON values without reading it whole: one value a line, values over several lines, and lists whose
 * members are given one by one. Whatever is neither is given as bad, with its line, and reading goes on behind it.
 * INVARIANT: every call of `next` moves on, and work stays proportional to the text.
 */
export class TraceSplitter {
  readonly #text: string;
  #at = 0;
  #line = 1;
  /** Lists that are open around `#at`, and the line of the outermost. */
  #lists = 0;
  #listLine = 0;
  #hasMembers = false;
  #inVain = 0;
  /** The next line break, and the next character that is no space; both as last looked up, to be used while ahead. */
  #break = -1;
  #ink = -1;

  constructor(text: string) {
    this.#text = text.startsWith('\uFEFF') ? text.slice(1) : text;
  }

  /** Characters done. */
  get at(): number {
    return this.#at;
  }

  get length(): number {
    return this.#text.length;
  }

  /** The line reading stands in, from 1. */
  get line(): number {
    return this.#line;
  }

  /** True when reading stands at the start of a line. */
  get endsLine(): boolean {
    return this.#at === 0 || this.#text[this.#at - 1] === '\n';
  }

  /** The next piece; null at the end. */
  next(): Piece | null {
    while (this.#lists > 0 || this.#at < this.#text.length) {
      const piece = this.#lists > 0 ? this.#element() : this.#lineStart();
      if (piece !== null) return piece;
    }
    return null;
  }

  /** Null where a list begins. */
  #lineStart(): Piece | null {
    const text = this.#text;
    const line = this.#line;
    const end = this.#endOfLine(this.#at);
    const start = this.#skipSpace(this.#at);
    if (start >= end) {
      this.#moveTo(Math.min(end + 1, text.length));
      return { kind: 'blank', line };
    }
    if (text[start] === '[' && this.#opensList(start)) {
      this.#lists = 1;
      this.#listLine = line;
      this.#hasMembers = false;
      this.#moveTo(start + 1);
      return null;
    }
    return text[start] === '{' ? this.#object(start, end) : this.#behindPrefix(start, end);
  }

  /** A list is one of objects or lists; `[client] {…}` and `[2026-01-01 …] {…}` are lines of a log. */
  #opensList(start: number): boolean {
    const first = this.#text[this.#skipSpace(start + 1)];
    return first === '{' || first === '[' || first === ']';
  }

  #object(start: number, lineEnd: number): Piece {
    const line = this.#line;
    const value = lineEnd - start > MAX_RECORD ? undefined : parse(this.#text.slice(start, lineEnd));
    if (value !== undefined) {
      this.#passLine(lineEnd);
      return { kind: 'value', line, prefix: '', value };
    }
    const end = this.#endOfValue(start);
    const whole = end > 0 ? parse(this.#text.slice(start, end)) : undefined;
    if (whole === undefined) {
      if (end > 0) this.#inVain += end - start;
      this.#passLine(lineEnd);
      return { kind: 'bad', line, why: lineEnd - start > MAX_RECORD ? 'too-long' : 'broken-json' };
    }
    this.#moveTo(end);
    this.#passBlankRest();
    return { kind: 'value', line, prefix: '', value: whole };
  }

  #behindPrefix(start: number, lineEnd: number): Piece {
    const line = this.#line;
    const text = this.#text.slice(start, Math.min(lineEnd, start + MAX_RECORD));
    this.#passLine(lineEnd);
    const brace = text.indexOf('{');
    if (brace < 0) return { kind: 'bad', line, why: 'no-json' };
    const value = parse(text.slice(brace, text.lastIndexOf('}') + 1));
    if (value === undefined) return { kind: 'bad', line, why: 'broken-json' };
    return { kind: 'value', line, prefix: text.slice(0, Math.min(brace, PREFIX)), value };
  }

  /** Null where the list ends. */
  #element(): Piece | null {
    const text = this.#text;
    while (this.#lists > 0) {
      const start = this.#skipSpace(this.#at);
      this.#moveTo(Math.min(start, text.length));
      const first = text[start];
      this.#hasMembers ||= first !== ',' && first !== '[' && first !== ']';
      if (first === undefined) {
        this.#lists = 0;
        return { kind: 'bad', line: this.#listLine, why: 'not-closed' };
      }
      if (first === '{') return this.#member(start);
      if (first !== ',' && first !== '[' && first !== ']') return this.#strayMember(start);
      this.#lists += first === '[' ? 1 : first === ']' ? -1 : 0;
      this.#moveTo(start + 1);
    }
    const line = this.#line;
    this.#passBlankRest();
    return this.#hasMembers ? null : { kind: 'blank', line };
  }

  #member(start: number): Piece {
    const line = this.#line;
    const end = this.#endOfValue(start);
    const value = end > 0 ? parse(this.#text.slice(start, end)) : undefined;
    if (value !== undefined) {
      this.#moveTo(end);
      return { kind: 'value', line, prefix: '', value };
    }
    if (end > 0) this.#inVain += end - start;
    this.#passLine(this.#endOfLine(start));
    return { kind: 'bad', line, why: 'broken-json' };
  }

  #strayMember(start: number): Piece {
    const line = this.#line;
    let from = start;
    if (this.#text[start] === '"') {
      const close = this.#endOfString(start);
      from = close < 0 || close > this.#endOfLine(start) ? start : close;
    }
    ELEMENT_END.lastIndex = from + 1;
    this.#moveTo(ELEMENT_END.exec(this.#text)?.index ?? this.#text.length);
    return { kind: 'bad', line, why: 'not-an-object' };
  }

  /** Where the object at `start` ends; -1 when it does not, or is too long. */
  #endOfValue(start: number): number {
    const text = this.#text;
    const stop = Math.min(text.length, start + MAX_RECORD);
    if (this.#inVain > MAX_IN_VAIN) return -1;
    let depth = 0;
    for (let i = start; i < stop; i++) {
      const code = text.charCodeAt(i);
      if (code === 34) {
        i = this.#endOfString(i);
        if (i < 0) break;
      } else if (code === 123 || code === 91) depth++;
      else if ((code === 125 || code === 93) && --depth === 0) return i + 1;
    }
    this.#inVain += stop - start;
    return -1;
  }

  /** Index of the quote that closes the text opened at `start`; -1 when none does. */
  #endOfString(start: number): number {
    const text = this.#text;
    for (let close = text.indexOf('"', start + 1); close >= 0; close = text.indexOf('"', close + 1)) {
      let slash = close - 1;
      while (text.charCodeAt(slash) === 92) slash--;
      if ((close - slash) % 2 === 1) return close;
    }
    this.#inVain += text.length - start;
    return -1;
  }

  #endOfLine(from: number): number {
    if (this.#break < from) {
      const found = this.#text.indexOf('\n', from);
      this.#break = found < 0 ? this.#text.length : found;
    }
    return this.#break;
  }

  #skipSpace(from: number): number {
    if (this.#ink < from) {
      SPACE.lastIndex = from;
      this.#ink = SPACE.exec(this.#text)?.index ?? this.#text.length;
    }
    return this.#ink;
  }

  #passLine(end: number): void {
    this.#moveTo(Math.min(end + 1, this.#text.length));
  }

  /** Goes to the next line when nothing is left on this one. */
  #passBlankRest(): void {
    const end = this.#endOfLine(this.#at);
    if (this.#skipSpace(this.#at) >= end) this.#passLine(end);
  }

  #moveTo(to: number): void {
    for (let i = this.#endOfLine(this.#at); i < to; i = this.#endOfLine(i + 1)) this.#line++;
    this.#at = to;
  }
}
