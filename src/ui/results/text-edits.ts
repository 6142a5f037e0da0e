import type { TextEdit } from '../../core/diagnostic.ts';

/** The text after all edits of a fix; ranges are offsets into the text as given and do not overlap. */
export function withEdits(text: string, edits: readonly TextEdit[]): string {
  const later = [...edits].sort((a, b) => b.range.start - a.range.start);
  return later.reduce((done, { range, text: put }) => done.slice(0, range.start) + put + done.slice(range.end), text);
}
