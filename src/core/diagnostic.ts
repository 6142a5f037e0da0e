/** Half-open range of UTF-16 offsets into the text as written. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/** How much it matters: an error keeps the text from being used, a warning and a note do not. */
export type Severity = 'error' | 'warning' | 'note';

/** Replacement of `range` by `text`; several edits of one fix apply together and never overlap. */
export interface TextEdit {
  readonly range: Range;
  readonly text: string;
}

/** A change the editor offers for a diagnostic; `title` is a short imperative ("Use `deny_if`"). */
export interface Fix {
  readonly title: string;
  readonly edits: readonly TextEdit[];
}

/**
 * One remark on a text a person wrote. `message` is lower case, has no full stop, quotes the person's text in
 * backticks and says what to do. `pointer` is RFC 6901 (policylayer) or Intercept's own path (intercept).
 */
export interface Diagnostic {
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  readonly range: Range;
  readonly pointer: string;
  readonly fixes?: readonly Fix[];
}
