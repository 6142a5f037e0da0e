import type { Severity } from '../core/diagnostic.ts';
import type { ShownOutcome } from '../core/simulator/columns.ts';
import type { Splice } from './exact-text.ts';

/** Half-open range of offsets into the shown text. */
export interface ShownRange {
  readonly start: number;
  readonly end: number;
}

/** A diagnostic at its place in the shown text; `fixes` are single undo steps. */
export interface Marker extends ShownRange {
  readonly severity: Severity;
  readonly code: string;
  readonly message: string;
  readonly fixes: readonly { readonly title: string; readonly edits: readonly Splice[] }[];
}

/** Results at the end of the line that holds `at`: what the rule written there did in the last run. */
export interface Hint {
  readonly at: number;
  readonly parts: readonly { readonly outcome: ShownOutcome; readonly words: string }[];
}

export interface CaretPlace {
  /** From 1. */
  readonly line: number;
  /** From 1, in UTF-16 units. */
  readonly column: number;
}

/** What an editor tells the page. */
export interface EditorEvents {
  /** The person (or `apply`) changed the text; each splice applies to the text after the one before it. */
  edited(splices: readonly Splice[]): void;
  caret(place: CaretPlace): void;
  /** Esc: the keyboard wants to leave for the tab bar. */
  leave(): void;
}

/** An editor of one text, plain or full. Offsets are into the shown text (line ends are `\n`). */
export interface Editor {
  /** Replaces ranges of the text as it is now as one undo step; edits do not overlap. */
  apply(edits: readonly Splice[]): void;
  /** Selects a range and scrolls it into view; focus stays. */
  select(range: ShownRange): void;
  /** Marks the lines of a range as the place that decided a call and scrolls them into view; null takes the mark away. */
  mark(range: ShownRange | null, outcome: ShownOutcome): void;
  /** Colours the text as YAML instead of JSON, or back. */
  yaml(on: boolean): void;
  markers(markers: readonly Marker[]): void;
  hints(hints: readonly Hint[]): void;
  focus(): void;
  undo(): void;
  dispose(): void;
}
