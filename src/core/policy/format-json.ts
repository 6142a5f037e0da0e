import { format, parseTree, type ParseError } from 'jsonc-parser';
import type { TextEdit } from '../diagnostic.ts';
import { jsonDepth, MOST_PARSED_DEPTH } from '../json-depth.ts';

/** Edits that lay a JSON document (with or without comments) out with two spaces; null when it does not parse, or is nested over 500 levels deep. */
export function formatJson(text: string): readonly TextEdit[] | null {
  if (jsonDepth(text) > MOST_PARSED_DEPTH) return null;
  const errors: ParseError[] = [];
  const tree = parseTree(text, errors, { allowTrailingComma: true });
  if (tree === undefined || errors.length > 0) return null;
  const edits = format(text, undefined, { tabSize: 2, insertSpaces: true, eol: '\n' });
  return edits.map(({ offset, length, content }) => ({
    range: { start: offset, end: offset + length },
    text: content,
  }));
}
