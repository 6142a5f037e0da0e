import type { Range, TextEdit } from '../../diagnostic.ts';

/** What a completion puts in, for the word beside it. */
export type CompletionKind = 'field' | 'tool' | 'operator' | 'path' | 'word' | 'counter' | 'rule';

/** One thing that could be written at the caret. */
export interface Completion {
  readonly label: string;
  /** In Monaco's snippet syntax: `$1` and `${1:text}` are stops, `\$` is a dollar sign. */
  readonly insert: string;
  /** What is compared with the text that stands in `range` already. */
  readonly filter: string;
  /** A few words beside the label. */
  readonly detail: string;
  readonly documentation: string;
  readonly kind: CompletionKind;
  readonly range: Range;
  /** An edit elsewhere that has to come with it: the comma that is missing in front. */
  readonly before: TextEdit | null;
  /** Completions should be offered again where it leaves the caret. */
  readonly again: boolean;
}

/** Something to offer, before it is fitted to the caret. `insert` is a snippet whose later lines begin at column 0. */
export type Offer = Pick<Completion, 'label' | 'insert' | 'detail' | 'documentation' | 'kind'> & {
  readonly again?: boolean;
  /** The text to compare with, when it is not `label`. */
  readonly filter?: string;
};
