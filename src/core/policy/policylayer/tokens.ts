import { createScanner } from 'jsonc-parser';
import type { Range } from '../../diagnostic.ts';

/** `word` is any run of characters that is no JSON token: bare names, `01`, `'text'`, `NaN`. */
export type TokenKind =
  '{' | '}' | '[' | ']' | ',' | ':' | 'null' | 'true' | 'false' | 'string' | 'number' | 'word' | 'end';

/** One token. */
export interface Token {
  readonly kind: TokenKind;
  readonly range: Range;
  /** The decoded text of a string; as written for everything else. */
  readonly value: string;
  /** Only for strings: the closing quote is missing, or something inside is not JSON. */
  readonly flaw: 'none' | 'unclosed' | 'inside';
}

/** A comment; `closed` is false for `/*` without its end. */
export interface Comment {
  readonly range: Range;
  readonly closed: boolean;
}

type ScannedKind = TokenKind | 'comment' | 'space';

/** By the scanner's number for each kind of token, from 1. */
const KINDS: readonly ScannedKind[] = [
  'word',
  '{',
  '}',
  '[',
  ']',
  ',',
  ':',
  'null',
  'true',
  'false',
  'string',
  'number',
  'comment',
  'comment',
  'space',
  'space',
  'word',
  'end',
];
const UNCLOSED_COMMENT = 1;
const UNCLOSED_STRING = 2;

const DELIMITERS = new Set('{}[]",:/ \t\r\n');
const BYTE_ORDER_MARK = '\ufeff';

/** A token source over `text`: each call gives the next token, `end` for ever after the last. Comments are collected. */
export function createTokens(text: string): { next(): Token; readonly comments: readonly Comment[] } {
  const scanner = createScanner(text);
  const comments: Comment[] = [];
  if (text.startsWith(BYTE_ORDER_MARK)) scanner.setPosition(1);
  const next = (): Token => {
    for (;;) {
      const kind = KINDS[scanner.scan()] ?? 'word';
      // why: behind an unclosed comment the scanner stands past the end of the text.
      const range = { start: scanner.getTokenOffset(), end: Math.min(scanner.getPosition(), text.length) };
      const error: number = scanner.getTokenError();
      if (kind === 'comment') comments.push({ range, closed: error !== UNCLOSED_COMMENT });
      else if (kind === 'string') return { kind, range, value: scanner.getTokenValue(), flaw: flawOf(error) };
      else if (kind !== 'space') return plainToken(kind, range);
    }
  };
  /** Numbers and words reach to the next delimiter, so that `01` is one word and not two numbers. */
  const plainToken = (kind: TokenKind, range: Range): Token => {
    const end = kind === 'number' || kind === 'word' ? wordEnd(text, range) : range.end;
    if (end !== range.end) scanner.setPosition(end);
    const isWord = end !== range.end || scanner.getTokenError() > 0;
    return {
      kind: isWord ? 'word' : kind,
      range: { start: range.start, end },
      value: text.slice(range.start, end),
      flaw: 'none',
    };
  };
  return { next, comments };
}

function flawOf(error: number): Token['flaw'] {
  if (error === 0) return 'none';
  return error === UNCLOSED_STRING ? 'unclosed' : 'inside';
}

function wordEnd(text: string, range: Range): number {
  if (text[range.start] === "'") {
    const closing = /^'[^'\r\n]*'/.exec(text.slice(range.start, range.start + 1000));
    if (closing !== null) return range.start + closing[0].length;
  }
  let end = range.end;
  while (end < text.length && !DELIMITERS.has(text[end] ?? '')) end++;
  return end;
}
