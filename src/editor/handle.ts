import type { Severity } from '../core/diagnostic.ts';
import type { Completion } from '../core/policy/assist/completion.ts';
import type { HoverText } from '../core/policy/assist/hover-at.ts';
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

/** What the last run says at the end of the line that holds `at`, and in the margin of the lines of a rule. */
export interface Hint {
  readonly at: number;
  /** `quiet`: words without an outcome, for a rule that decided nothing. */
  readonly parts: readonly { readonly outcome: ShownOutcome | 'quiet'; readonly words: string }[];
  /** The mark in the margin; absent where the place is no rule. */
  readonly cover?: Cover;
}

/** How much a rule had to do, with the words that say so. */
export interface Cover {
  readonly end: number;
  readonly kind: 'decided' | 'passed' | 'unreached';
  readonly words: string;
}

/** Help while writing. Offsets are into the shown text. */
export interface Assistance {
  /** None when the text moved on meanwhile. */
  complete(offset: number): Promise<readonly Completion[]>;
  hover(offset: number): Promise<HoverText | null>;
  /** Shows the calls that the rule at an offset decided; absent for a text without rules. */
  showCalls?(offset: number): void;
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
  /** `lines`: first and last that are selected, null when nothing is. */
  caret(place: CaretPlace, offset: number, lines: readonly [number, number] | null): void;
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
