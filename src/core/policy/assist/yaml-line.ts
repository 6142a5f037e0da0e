/** One line of a block of YAML, cut into its parts. Columns count from 0, offsets from the start of the text. */
export interface YamlLine {
  readonly start: number;
  readonly text: string;
  /** Columns of the list marks it begins with. */
  readonly dashes: readonly number[];
  /** Where the text behind indentation and list marks begins. */
  readonly column: number;
  /** The name before a colon, without quotes; null when there is none. */
  readonly key: string | null;
  /** Columns of the name with its quotes, and of the colon; -1 without a name. */
  readonly keyEnd: number;
  readonly colon: number;
  /** Columns of what follows the colon, or of the whole text without a name; a comment is left out. */
  readonly valueStart: number;
  readonly valueEnd: number;
}

const KEY = /(?:"((?:[^"\\]|\\.)*)"|'([^']*)'|([^\s"'#[\]{},|>&!%@`][^:#]*?))[ \t]*:(?=\s|$)/y;
const COMMENT = /(?:^|\s)#/g;

/** Reads one line; never fails, whatever it holds. */
export function readYamlLine(text: string, start: number): YamlLine {
  let column = skip(text, 0);
  const dashes: number[] = [];
  while (
    text[column] === '-' &&
    (column + 1 === text.length || text[column + 1] === ' ' || text[column + 1] === '\r')
  ) {
    dashes.push(column);
    column = skip(text, column + 1);
  }
  KEY.lastIndex = column;
  const found = text.length > 2000 ? null : KEY.exec(text);
  const key = found === null ? null : (found[1] ?? found[2] ?? found[3] ?? '').trim();
  const colon = found === null ? -1 : column + found[0].length - 1;
  const valueStart = found === null ? column : skip(text, colon + 1);
  return {
    start,
    text,
    dashes,
    column,
    key,
    keyEnd: found === null ? -1 : text.slice(0, colon).trimEnd().length,
    colon,
    valueStart,
    valueEnd: Math.max(valueStart, commentStart(text, valueStart)),
  };
}

function skip(text: string, from: number): number {
  let at = from;
  while (text[at] === ' ') at++;
  return at;
}

/** Where the value ends: before a comment that no quotes hold, without blanks. */
function commentStart(text: string, from: number): number {
  const quote = text[from];
  const closing = quote === '"' || quote === "'" ? text.indexOf(quote, from + 1) : -1;
  COMMENT.lastIndex = Math.max(from - 1, closing, 0);
  const comment = COMMENT.exec(text);
  return text.slice(0, comment === null ? text.length : comment.index).trimEnd().length;
}

/** The text a scalar stands for, as far as one line shows it. */
export function scalarText(written: string): string {
  const quoted = /^(["'])(.*?)\1?$/.exec(written);
  return quoted?.[2] ?? written;
}
