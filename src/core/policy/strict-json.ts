import { parseTree, visit, type ParseError } from 'jsonc-parser';
import type { Range } from '../diagnostic.ts';
import { jsonDepth, MOST_PARSED_DEPTH } from '../json-depth.ts';

/** What strict JSON does not allow, in order: comments, and commas with nothing after them. */
function extras(text: string): readonly Range[] {
  const cuts: Range[] = [];
  let comma = -1;
  const cut = (start: number, length: number): void => void cuts.push({ start, end: start + length });
  const value = (): void => void (comma = -1);
  const end = (): void => {
    if (comma !== -1) cut(comma, 1);
    comma = -1;
  };
  visit(
    text,
    {
      onComment: cut,
      onSeparator: (character, offset) => void (comma = character === ',' ? offset : -1),
      onLiteralValue: value,
      onObjectProperty: value,
      onObjectBegin: value,
      onArrayBegin: value,
      onObjectEnd: end,
      onArrayEnd: end,
    },
    { allowTrailingComma: true },
  );
  return cuts.sort((a, b) => a.start - b.start);
}

/**
 * The same document without comments, trailing commas and byte order mark; every value keeps its spelling. A text that
 * does not parse, is nested over 500 levels deep, or needs no change, comes back as it is.
 */
export function toStrictJson(text: string): string {
  const body = text.startsWith('\uFEFF') ? text.slice(1) : text;
  if (jsonDepth(body) > MOST_PARSED_DEPTH) return text;
  const errors: ParseError[] = [];
  const tree = parseTree(body, errors, { allowTrailingComma: true });
  if (tree === undefined || errors.length > 0) return text;
  let strict = '';
  let from = 0;
  for (const { start, end } of extras(body)) {
    strict += body.slice(from, start);
    from = end;
  }
  return strict + body.slice(from);
}
