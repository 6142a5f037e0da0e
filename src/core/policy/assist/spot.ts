import type { Range, TextEdit } from '../../diagnostic.ts';
import type { Dialect } from '../model.ts';

/** What a member of an object holds, as text; null for an object, a list or nothing. */
export type Members = Map<string, string | null>;

/** An object or a list that the caret is in, with the members written so far; a list has none. */
export interface Container {
  readonly members: Members;
}

/** Names that a whole document uses, in the order of the text. */
export interface UsedNames {
  readonly tools: Set<string>;
  readonly hidden: Set<string>;
  /** Counters by the tool they stand under; `` for all tools. */
  readonly counters: Map<string, Set<string>>;
}

/**
 * Where the caret is in a policy, however unfinished the text. `path` leads to the member or element; for a name that is
 * being written its last segment is that name. `item` is a new element of a list whose mark (`- `) is not written yet.
 */
export interface Spot {
  readonly dialect: Dialect;
  readonly role: 'name' | 'value' | 'item';
  readonly path: readonly (string | number)[];
  /** What is written there, quotes included; empty between two tokens. */
  readonly range: Range;
  /** The text in `range` without quotes. */
  readonly written: string;
  /** Outermost first, one for each segment of `path`. */
  readonly containers: readonly Container[];
  /** The colon after the name is there already. */
  readonly hasColon: boolean;
  /** More follows in the same container without a comma in between (JSON). */
  readonly needsComma: boolean;
  /** The comma that is missing in front (JSON). */
  readonly before: TextEdit | null;
  /** Spaces by which later lines of an insertion stand deeper than the line the caret is in. */
  readonly indent: number;
  /** A space is missing in front (`op:` in YAML). */
  readonly needsSpace: boolean;
  readonly used: UsedNames;
}

/** Counters are noted under the tool whose part of the document they stand in. */
export function noteCounter({ counters }: UsedNames, path: readonly (string | number)[], counter: string): void {
  const tool = path[0] === 'tools' && typeof path[1] === 'string' ? path[1] : '';
  if (counter === '') return;
  const names = counters.get(tool) ?? new Set();
  counters.set(tool, names.add(counter));
}
