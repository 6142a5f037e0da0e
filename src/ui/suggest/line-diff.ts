import { diffArrays } from 'diff';

/** A line of two texts laid over each other: in both, only in the one before, or only in the one after. */
export interface DiffLine {
  readonly kind: 'same' | 'removed' | 'added';
  readonly text: string;
}

/** Lines in both texts that stand further from a change than the lines around it; `count` of them. */
export interface Fold {
  readonly kind: 'fold';
  readonly count: number;
}

/** Changed lines up to which the shortest way from one text to the other is looked for: some ms. */
const MOST_CHANGES = 1000;
/** Lines in both texts that are kept on each side of a change. */
const CONTEXT = 3;

/**
 * Lines of `before` and `after` in order, as few as possible removed and added; of one place, removed lines come first.
 * Texts that differ in more than 1,000 lines count as replaced whole.
 */
export function diffLines(before: string, after: string): readonly DiffLine[] {
  const [a, b] = [before.split('\n'), after.split('\n')];
  const lines = (kind: DiffLine['kind'], texts: readonly string[]): DiffLine[] => texts.map((text) => ({ kind, text }));
  const changes = diffArrays(a, b, { maxEditLength: MOST_CHANGES });
  if (changes === undefined) return [...lines('removed', a), ...lines('added', b)];
  return changes.flatMap(({ added, removed, value }) => lines(removed ? 'removed' : added ? 'added' : 'same', value));
}

/** The lines with long stretches that are in both texts folded. Texts that are alike are one fold. */
export function foldSame(lines: readonly DiffLine[]): readonly (DiffLine | Fold)[] {
  const starts = lines.flatMap(({ kind }, at) =>
    (kind === 'same') === (lines[at - 1]?.kind === 'same') && at > 0 ? [] : [at],
  );
  return starts.flatMap((from, run): readonly (DiffLine | Fold)[] => {
    const to = starts[run + 1] ?? lines.length;
    const [first, last] = [from === 0 ? from : from + CONTEXT, to === lines.length ? to : to - CONTEXT];
    if (lines[from]?.kind !== 'same' || last - first < 2) return lines.slice(from, to);
    return [...lines.slice(from, first), { kind: 'fold', count: last - first }, ...lines.slice(last, to)];
  });
}
