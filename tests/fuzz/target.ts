import type { Diagnostic, Range } from '../../src/core/diagnostic.ts';
import type { Dice } from './dice.ts';

/** What became of an input that nothing is wrong with: it was taken, or it was refused with words. */
export type Outcome = 'accepted' | 'refused';

/** A part of the project that reads what strangers write. Inputs are texts, so that a failure can be kept as it is. */
export interface Target {
  readonly name: string;
  /** Makes an input; the same for the same dice. */
  make(dice: Dice): string | Promise<string>;
  /** Hands the input over and looks at every answer. Throws when a promise is broken. */
  check(input: string): Outcome | Promise<Outcome>;
}

/** Throws with `words` unless `holds`. */
export function must(holds: boolean, words: string): asserts holds {
  if (!holds) throw new Error(words);
}

/** A range must lie within the text. */
export function mustLieIn(range: Range, text: string, what: string): void {
  const { start, end } = range;
  const holds = Number.isInteger(start) && Number.isInteger(end) && 0 <= start && start <= end && end <= text.length;
  must(holds, `${what} is at ${start} to ${end} of ${text.length}`);
}

/** Edits must lie within the text and not overlap. */
export function mustBeEdits(edits: readonly { readonly range: Range }[], text: string, what: string): void {
  let end = 0;
  for (const { range } of [...edits].sort((a, b) => a.range.start - b.range.start || a.range.end - b.range.end)) {
    mustLieIn(range, text, what);
    must(range.start >= end, `${what} overlap`);
    end = range.end;
  }
}

/** Every diagnostic must have a code, words and a place; and there must not be many more than characters. */
export function mustBeSaid(diagnostics: readonly Diagnostic[], text: string): void {
  must(diagnostics.length <= 100 + 2 * text.length, `${diagnostics.length} diagnostics of ${text.length} characters`);
  for (const { code, message, range, fixes = [] } of diagnostics) {
    must(code !== '' && message.trim() !== '', `${code} says nothing`);
    must(message.length < 4000, `${code} says ${message.length} characters`);
    mustLieIn(range, text, code);
    for (const { title, edits } of fixes) {
      must(title !== '', `a fix of ${code} has no title`);
      mustBeEdits(edits, text, `edits of a fix of ${code}`);
    }
  }
}
