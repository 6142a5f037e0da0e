import { countOf } from '../ui/kit/format-number.ts';

/** A coloured piece of a line. */
export interface Piece {
  readonly kind: 'key' | 'text' | 'number' | 'mark' | 'comment' | 'plain';
  readonly text: string;
}

/** Longer lines keep one colour. */
const MOST_LINE = 2000;
/** Lines drawn, and characters of all of them; a policy of more is read in the playground. */
const MOST_LINES = 400;
const MOST_CHARACTERS = 20_000;

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

/** The beginning of a text that can be drawn at once, in lines, and words for what is left out; these may be empty. */
export function drawnLines(text: string): { readonly lines: readonly string[]; readonly more: string } {
  const all = text.split('\n');
  const lines: string[] = [];
  let room = MOST_CHARACTERS;
  for (const line of all.slice(0, MOST_LINES)) {
    if (room <= 0) break;
    lines.push(line.slice(0, room));
    room -= line.length + 1;
  }
  const cut = room < -1 ? -room - 1 : 0;
  const left = [
    cut > 0 && countOf(cut, 'more character'),
    all.length > lines.length && countOf(all.length - lines.length, 'more line'),
  ].filter((part) => part !== false);
  return { lines, more: left.length === 0 ? '' : `and ${left.join(' and ')}, in the playground` };
}
