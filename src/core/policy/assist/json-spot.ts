import { createScanner } from 'jsonc-parser';
import { type Container, noteCounter, type Spot, type UsedNames } from './spot.ts';

interface Frame extends Container {
  readonly kind: 'object' | 'list';
  readonly path: readonly (string | number)[];
  /** `after`: a value stands there and no comma yet. */
  state: 'name' | 'colon' | 'value' | 'after';
  key: string;
  index: number;
}

interface Token {
  readonly kind: number;
  readonly start: number;
  readonly end: number;
  readonly value: string;
}

// why: the scanner's kinds are an enum without values at run time; these are its numbers.
const KIND = { openBrace: 1, closeBrace: 2, openBracket: 3, closeBracket: 4, comma: 5, colon: 6 } as const;
const LINE_COMMENT = 12;
const BLOCK_COMMENT = 13;
const LINE_BREAK = 14;
const TRIVIA = 15;
const END = 17;
const LAST_MARK = 6;
const MOST_LEVELS = 100;

/**
 * Where the caret is in JSON; null in a comment, where nothing can be written, and in text of over 100 levels. One pass
 * over the text.
 */
export function jsonSpot(text: string, offset: number): Spot | null {
  return new JsonWalk(offset).walk(text);
}

class JsonWalk {
  readonly #offset: number;
  readonly #used: UsedNames = { tools: new Set(), hidden: new Set(), counters: new Map() };
  readonly #frames: Frame[] = [];
  #spot: Spot | null = null;
  /** What follows the caret decides on commas, and is looked at once. */
  #waits = true;
  /** Whether the token looked at stands in the line of the caret. */
  #isSameLine = true;
  #lastEnd = 0;

  constructor(offset: number) {
    this.#offset = offset;
  }

  walk(text: string): Spot | null {
    const scanner = createScanner(text, false);
    for (let kind: number = scanner.scan(); kind !== END; kind = scanner.scan()) {
      const start = scanner.getTokenOffset();
      if (kind === LINE_BREAK && start >= this.#offset) this.#isSameLine = false;
      if (kind === LINE_BREAK || kind === TRIVIA) continue;
      const end = start + scanner.getTokenLength();
      if (kind === LINE_COMMENT || kind === BLOCK_COMMENT) {
        const isOpen = kind === LINE_COMMENT ? this.#offset <= end : this.#offset < end;
        if (start < this.#offset && isOpen) return null;
        continue;
      }
      this.#take({ kind, start, end, value: scanner.getTokenValue() });
      // why: each level remembers its whole path, and a text that nests deeper is refused by its readers.
      if (this.#frames.length > MOST_LEVELS) return null;
    }
    if (this.#waits && this.#spot === null) this.#capture(null);
    return this.#spot;
  }

  #take(token: Token): void {
    const touches = token.kind > LAST_MARK && token.start < this.#offset && this.#offset <= token.end;
    if (this.#waits && this.#spot !== null) this.#look(token);
    else if (this.#waits && (touches || token.start >= this.#offset)) {
      this.#capture(touches ? token : null);
      if (this.#spot !== null && !touches) this.#look(token);
    }
    this.#apply(token);
    this.#lastEnd = token.end;
  }

  #capture(token: Token | null): void {
    const frame = this.#frames.at(-1);
    if (frame === undefined) {
      this.#captureDocument(token);
      return;
    }
    if (frame.state === 'colon') {
      this.#waits = false;
      return;
    }
    const isName = frame.kind === 'object' && frame.state !== 'value';
    const isLate = frame.state === 'after';
    const index = frame.index + (isLate ? 1 : 0);
    const written = token === null ? '' : token.value;
    this.#spot = {
      dialect: 'policylayer',
      role: isName ? 'name' : 'value',
      path: [...frame.path, isName ? written : frame.kind === 'object' ? frame.key : index],
      range: token === null ? { start: this.#offset, end: this.#offset } : { start: token.start, end: token.end },
      written,
      containers: [...this.#frames],
      hasColon: false,
      needsComma: false,
      before: isLate ? { range: { start: this.#lastEnd, end: this.#lastEnd }, text: ',' } : null,
      indent: 0,
      needsSpace: false,
      used: this.#used,
    };
  }

  /** Outside everything: the place of the whole document, while there is none. */
  #captureDocument(token: Token | null): void {
    this.#waits = token === null && this.#lastEnd === 0;
    if (!this.#waits) return;
    this.#spot = {
      dialect: 'policylayer',
      role: 'value',
      path: [],
      range: { start: this.#offset, end: this.#offset },
      written: '',
      containers: [],
      hasColon: false,
      needsComma: false,
      before: null,
      indent: 0,
      needsSpace: false,
      used: this.#used,
    };
  }

  #look({ kind, end }: Token): void {
    this.#waits = false;
    const spot = this.#spot;
    if (spot === null) return;
    const ends: readonly number[] = [KIND.closeBrace, KIND.closeBracket, KIND.comma];
    const hasColon = kind === KIND.colon;
    const needsComma = !hasColon && !ends.includes(kind);
    if (needsComma && this.#isSameLine && isEmptyMember(spot)) {
      // why: the member has its value already, so another one can only take its place.
      const isScalar = kind > LAST_MARK;
      this.#spot = isScalar ? { ...spot, range: { start: spot.range.start, end } } : null;
    } else this.#spot = { ...spot, hasColon, needsComma };
  }

  #apply({ kind, value }: Token): void {
    const frame = this.#frames.at(-1);
    if (kind === KIND.openBrace) this.#open('object', frame);
    else if (kind === KIND.openBracket) this.#open('list', frame);
    else if (kind === KIND.closeBrace) this.#close('object');
    else if (kind === KIND.closeBracket) this.#close('list');
    else if (frame === undefined) return;
    else if (kind === KIND.comma) {
      frame.state = frame.kind === 'object' ? 'name' : 'value';
      frame.index++;
    } else if (kind === KIND.colon) frame.state = 'value';
    else this.#scalar(frame, value);
  }

  #scalar(frame: Frame, value: string): void {
    if (frame.kind === 'object' && frame.state !== 'value') {
      frame.key = value;
      frame.state = 'colon';
      frame.members.set(value, null);
      if (frame.path.length === 1 && frame.path[0] === 'tools') this.#used.tools.add(value);
      return;
    }
    frame.state = 'after';
    if (frame.kind === 'object') frame.members.set(frame.key, value);
    else if (frame.path.length === 1 && frame.path[0] === 'hide') this.#used.hidden.add(value);
    if (frame.key === 'counter') noteCounter(this.#used, frame.path, value);
  }

  #open(kind: Frame['kind'], parent: Frame | undefined): void {
    const segment = parent === undefined ? [] : [parent.kind === 'object' ? parent.key : parent.index];
    this.#frames.push({
      kind,
      path: [...(parent?.path ?? []), ...segment],
      state: kind === 'object' ? 'name' : 'value',
      key: '',
      index: 0,
      members: new Map(),
    });
  }

  /** Closes the nearest container of that kind, and what was left open inside it. */
  #close(kind: Frame['kind']): void {
    const at = this.#frames.findLastIndex((frame) => frame.kind === kind);
    if (at === -1) return;
    this.#frames.length = at;
    const parent = this.#frames.at(-1);
    if (parent !== undefined) parent.state = 'after';
  }
}

/** Whether the caret stands behind the colon of a member, on no value. */
function isEmptyMember({ role, range, path }: Spot): boolean {
  return role === 'value' && range.start === range.end && typeof path.at(-1) === 'string';
}
