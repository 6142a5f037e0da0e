import { ExactText } from './exact-text.ts';

/** One side of a comparison of texts, coloured as the dialect it is written in. */
export interface DiffText {
  readonly text: string;
  readonly yaml: boolean;
}

/** Lines that only one of two texts has. */
export interface LineCounts {
  readonly added: number;
  readonly removed: number;
}

/**
 * Characters of both texts up to which the diff editor opens. Measured in the built page with lines changed all over, its
 * longest task is 110 to 130 ms for 70,000 to 390,000 characters alike: the editor's own start, not the comparison, which
 * its worker makes.
 */
const MOST = 400_000;

/** True when the diff editor shows what differs: texts that are not too long and differ in more than line ends. */
export function suitsDiffEditor(before: DiffText, after: DiffText): boolean {
  if (before.text.length + after.text.length > MOST) return false;
  return new ExactText(before.text).shown !== new ExactText(after.text).shown;
}
