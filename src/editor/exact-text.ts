const BYTE_ORDER_MARK = '\uFEFF';

/** One replacement in the text on screen: `start` and `end` are offsets into `ExactText.shown`. */
export interface Splice {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/**
 * A text exactly as written, and the same text as editors show it: without a byte order mark, every line end one `\n`.
 * Edits of the shown text are carried back, so that nothing a person did not touch ever changes.
 */
export class ExactText {
  readonly text: string;
  readonly shown: string;
  /** Offsets into `shown` of the line ends that are two characters long in `text`, ascending. */
  readonly #long: readonly number[];
  readonly #mark: number;

  constructor(text: string) {
    this.text = text;
    this.#mark = text.startsWith(BYTE_ORDER_MARK) ? 1 : 0;
    const long: number[] = [];
    if (text.includes('\r')) {
      this.shown = text.slice(this.#mark).replace(/\r\n|\r/g, (end, at: number) => {
        if (end.length === 2) long.push(at - long.length);
        return '\n';
      });
    } else {
      this.shown = this.#mark === 1 ? text.slice(1) : text;
    }
    this.#long = long;
  }

  /** Offset into `text` of an offset into `shown`. */
  toExact(offset: number): number {
    return offset + this.#mark + lowerBound(this.#long, offset);
  }

  /** Offset into `shown` of an offset into `text`; the middle of a line end is its start. */
  toShown(offset: number): number {
    const wanted = Math.max(0, offset - this.#mark);
    let low = 0;
    let high = this.#long.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#long[middle] ?? 0) + middle < wanted) low = middle + 1;
      else high = middle;
    }
    const before = low > 0 && (this.#long[low - 1] ?? 0) + low - 1 === wanted - 1 ? low - 1 : low;
    return before === low ? wanted - low : (this.#long[before] ?? 0);
  }

  /** The text after one edit of the shown text; new lines end as most lines of this text do. */
  splice({ start, end, text }: Splice): ExactText {
    const written = this.#long.length === 0 ? text : text.replaceAll('\n', this.#lineEnd());
    return new ExactText(this.text.slice(0, this.toExact(start)) + written + this.text.slice(this.toExact(end)));
  }

  #lineEnd(): string {
    const ends = this.shown.split('\n').length - 1;
    return this.#long.length * 2 >= ends ? '\r\n' : '\n';
  }
}

/** How many entries of an ascending list are below `value`. */
function lowerBound(list: readonly number[], value: number): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((list[middle] ?? 0) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The smallest single replacement that turns `before` into `after`; null when they are equal. Never splits a surrogate pair. */
export function spliceBetween(before: string, after: string): Splice | null {
  if (before === after) return null;
  const most = Math.min(before.length, after.length);
  let start = 0;
  while (start < most && before.charCodeAt(start) === after.charCodeAt(start)) start++;
  if (start > 0 && isHigh(before.charCodeAt(start - 1))) start--;
  let tail = 0;
  while (
    tail < most - start &&
    before.charCodeAt(before.length - 1 - tail) === after.charCodeAt(after.length - 1 - tail)
  )
    tail++;
  if (tail > 0 && isLow(before.charCodeAt(before.length - tail))) tail--;
  return { start, end: before.length - tail, text: after.slice(start, after.length - tail) };
}

function isHigh(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff;
}
function isLow(unit: number): boolean {
  return unit >= 0xdc00 && unit <= 0xdfff;
}
