import { CONVERSION_CODES, CONVERSION_SEVERITIES, type ConversionCode, type ConversionSeverity } from './codes.ts';

/**
 * One thing a conversion lost or changed. `message` is lower case, has no full stop, and says what stands in the new
 * document instead. `pointer` leads into the source document, in its own dialect; empty for the whole of it.
 */
export interface ConversionNote {
  readonly code: ConversionCode;
  readonly severity: ConversionSeverity;
  readonly message: string;
  readonly pointer: string;
}

/** Collects the notes of one conversion, in the order they are made; of equal ones the first is kept. */
export class NoteBook {
  readonly #notes = new Map<string, ConversionNote>();

  /** Severity comes from the code's table entry. */
  add(code: ConversionCode, pointer: string, message: string): void {
    const key = `${code} ${pointer} ${message}`;
    if (!this.#notes.has(key))
      this.#notes.set(key, { code, severity: CONVERSION_CODES[code].severity, message, pointer });
  }

  get notes(): readonly ConversionNote[] {
    return [...this.#notes.values()];
  }
}

/** The notes of one code, under the line that explains it. */
export interface NoteGroup {
  readonly code: ConversionCode;
  readonly severity: ConversionSeverity;
  readonly explanation: string;
  readonly notes: readonly ConversionNote[];
}

/**
 * Notes as people read them: what is impossible, then what differs, then what is the same; within that in the order of the
 * table, each code once, its notes in the order given.
 */
export function describeNotes(notes: readonly ConversionNote[]): readonly NoteGroup[] {
  const codes = Object.keys(CONVERSION_CODES) as ConversionCode[];
  const groups = codes.map((code) => ({
    code,
    ...CONVERSION_CODES[code],
    notes: notes.filter((note) => note.code === code),
  }));
  const rank = ({ severity }: NoteGroup): number => CONVERSION_SEVERITIES.indexOf(severity);
  return groups.filter((group) => group.notes.length > 0).sort((a, b) => rank(a) - rank(b));
}
