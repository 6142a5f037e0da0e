import { countOf } from '../ui/kit/format-number.ts';

/** A coloured piece of a line. */
export interface Piece {
  readonly kind: 'key' | 'text' | 'number' | 'mark' | 'comment' | 'plain';
  readonly text: string;
}

/** Longer lines keep one colour. */
const MOST_LINE = 2000;
/** Lines drawn; a policy of more is read in the playground. */
export const MOST_LINES = 400;

const JSON_PIECES =
  /(?<comment>\/\/.*|\/\*.*?(?:\*\/|$))|(?<key>"(?:[^"\\]|\\.)*"(?=\s*:))|(?<text>"(?:[^"\\]|\\.)*"?)|(?<number>-?\d[\d.eE+-]*|\b(?:true|false|null)\b)|(?<mark>[{}[\],:]+)|(?<plain>[^"\d{}[\],:/-]+|.)/g;
const YAML_PIECES =
  /(?<comment>#.*)|(?<key>[A-Za-z_][\w .*-]*(?=\s*:(?:\s|$))|"[^"]*"(?=\s*:))|(?<text>"(?:[^"\\]|\\.)*"?|'[^']*'?)|(?<number>-?\d[\d.]*(?=[\s,\]}]|$)|\b(?:true|false|null)\b)|(?<mark>[{}[\],:]+|-(?=\s))|(?<plain>\s+|[\w./*$-]+|.)/g;

/** The pieces of one line, joined the line itself; linear in its length. */
export function piecesOf(line: string, yaml: boolean): readonly Piece[] {
  if (line.length > MOST_LINE) return [{ kind: 'plain', text: line }];
  const pieces: Piece[] = [];
  for (const { groups = {} } of line.matchAll(yaml ? YAML_PIECES : JSON_PIECES)) {
    const kind = (['comment', 'key', 'text', 'number', 'mark', 'plain'] as const).find(
      (name) => groups[name] !== undefined,
    );
    if (kind !== undefined) pieces.push({ kind, text: groups[kind] ?? '' });
  }
  return pieces;
}

/** First and last line, from 1, of a stretch of text. */
export function linesOf(text: string, { start, end }: { readonly start: number; readonly end: number }) {
  const before = text.slice(0, start).split('\n').length;
  return { first: before, last: before + text.slice(start, Math.max(start, end - 1)).split('\n').length - 1 };
}

/** `and 12 more lines`, or empty. */
export function moreLines(count: number): string {
  return count <= MOST_LINES ? '' : `and ${countOf(count - MOST_LINES, 'more line')}, in the playground`;
}
