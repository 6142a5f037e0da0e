import { commentsOf } from '../src/core/policy/convert/comments.ts';
import { convertPolicy } from '../src/core/policy/convert/convert.ts';
import { describeNotes } from '../src/core/policy/convert/notes.ts';
import type { Dialect } from '../src/core/policy/model.ts';
import type { ParseResult } from '../src/core/policy/reader.ts';
import type { ConversionResult } from './engine-api.ts';

/** Notes of one code that are sent to the page; the rest is a number. */
const MOST_NOTES = 50;

/** A policy text that has been read, in another dialect. */
export function convertReading(text: string, reading: ParseResult, to: Dialect): ConversionResult {
  const { dialect: from, policy, diagnostics } = reading;
  if (policy === null) return { kind: 'policy-invalid', diagnostics };
  const lineOf = lineCounter(text);
  const converted = convertPolicy(policy, to, commentsOf(text, reading));
  const groups = describeNotes(converted.losses).map(({ notes, ...group }) => ({
    ...group,
    count: notes.length,
    notes: notes.slice(0, MOST_NOTES).map((note) => {
      const range = note.pointer === '' ? null : reading.locate(note.pointer);
      return { ...note, place: range === null ? null : { range, line: lineOf(range.start) } };
    }),
  }));
  return { kind: 'ok', from, text: converted.text, groups };
}

/** Gives the line, from 1, that an offset stands in. */
function lineCounter(text: string): (offset: number) => number {
  const starts = [0, ...Array.from(text.matchAll(/\r\n|\r|\n/g), ({ index, 0: end }) => index + end.length)];
  return (offset) => {
    let [low, high] = [0, starts.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle + 1;
      else high = middle;
    }
    return low;
  };
}
