const moment = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'medium' });

/** A moment of the reader's own day, such as `23 Nov 2026, 13:02:11`; words where it is not known. */
export function momentWords(atMs: number): string {
  return atMs > 0 && atMs <= 8.64e15 ? moment.format(atMs) : 'Time not known';
}
