import type { Explanation } from '../simulator/explanation.ts';
import type { Run } from '../simulator/run.ts';
import { type Comparison, type Flip, FLIP_KINDS, type FlipCounts, type FlipKind } from './compare-runs.ts';

/** A call that was decided differently, with the reasons of both sides; null where the call was not made. */
export interface ToldFlip {
  readonly kind: FlipKind;
  readonly before: Explanation | null;
  readonly after: Explanation | null;
}

/** Differences of one tool's, or one grant's, calls. */
export interface NamedFlips {
  readonly name: string;
  readonly counts: FlipCounts;
}

/** What changed from one run to another, as data that can be sent. Tools and grants with most differences come first. */
export interface ComparisonReport {
  readonly calls: { readonly before: number; readonly after: number };
  readonly same: number;
  /** True when a run was cut off at its largest size. */
  readonly partial: boolean;
  readonly total: FlipCounts;
  readonly tools: readonly NamedFlips[];
  readonly grants: readonly NamedFlips[];
  /** The first differences, in the order of the calls. */
  readonly flips: readonly ToldFlip[];
}

const KIND_WORDS: Readonly<Record<FlipKind, string>> = {
  'allow-deny': 'Allowed → denied',
  'deny-allow': 'Denied → allowed',
  'allow-approval': 'Allowed → approval',
  'approval-allow': 'Approval → allowed',
  'deny-approval': 'Denied → approval',
  'approval-deny': 'Approval → denied',
  'other-rule': 'Other rule',
  'other-time': 'Other time',
  'only-before': 'Only in A',
  'only-after': 'Only in B',
};

/** A kind of difference in words, A being the side before: `Allowed → denied`, `Only in B`. */
export function kindWords(kind: FlipKind): string {
  return KIND_WORDS[kind];
}

/** All differences among the counts. */
export function countFlips(counts: FlipCounts): number {
  return FLIP_KINDS.reduce((sum, kind) => sum + counts[kind], 0);
}

/** Kinds that occurred, in the order of `FLIP_KINDS`. */
export function kindsIn(counts: FlipCounts): readonly FlipKind[] {
  return FLIP_KINDS.filter((kind) => counts[kind] > 0);
}

/** The report on a comparison; `explain` gives the reasons of a call of either run. */
export function reportOf(
  comparison: Comparison,
  runs: { readonly before: Run; readonly after: Run },
  flips: readonly Flip[],
  explain: (side: 'before' | 'after', call: number) => Explanation | null,
): ComparisonReport {
  const { calls, same, total, tools, grants } = comparison;
  return {
    calls,
    same,
    partial: runs.before.partial || runs.after.partial,
    total,
    tools: ranked(tools),
    grants: ranked(grants),
    flips: flips.map(({ kind, before, after }) => {
      return { kind, before: explain('before', before), after: explain('after', after) };
    }),
  };
}

function ranked(counts: ReadonlyMap<string, FlipCounts>): readonly NamedFlips[] {
  const named = Array.from(counts, ([name, each]) => ({ name, counts: each }));
  return named.sort((a, b) => countFlips(b.counts) - countFlips(a.counts) || (a.name < b.name ? -1 : 1));
}

/** One side of a flip: `denied by /tools/x/limits/y: message`, `allowed`, `not made`. */
export function sideWords(explanation: Explanation | null): string {
  if (explanation === null) return 'not made';
  const { outcome, decision } = explanation;
  const word = { allow: 'allowed', deny: 'denied', approval: 'approval needed', hidden: 'denied' }[outcome];
  if (decision.rule === '') return word;
  // why: some messages end with a full stop and some do not.
  return `${word} by ${decision.rule}: ${decision.message.replace(/[\s.]+$/, '')}`;
}
