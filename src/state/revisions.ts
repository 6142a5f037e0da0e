import { sameWork, type Work } from './workspace.svelte.ts';

/** Parts of the work, as history names them. */
const PARTS = ['title', 'policy', 'scenario', 'windows', 'compare'] as const;
export type Part = (typeof PARTS)[number];

/** What a revision is about: one part that was edited, several at once, or the first state of a project. */
export const KINDS = [...PARTS, 'several', 'first'] as const;
export type Kind = (typeof KINDS)[number];

/** A state of a project in its history, without the work itself. */
export interface Revision {
  /** Counts up within a project; numbers are never used twice. */
  readonly n: number;
  readonly atMs: number;
  /** When the edits that are gathered in it began. */
  readonly sinceMs: number;
  readonly kind: Kind;
  /** True for what came whole, such as a file or a restored state; edits are never gathered with it. */
  readonly isStep: boolean;
}

/** Most revisions of a project, and those it keeps whatever their size. */
export const MOST_REVISIONS = 200;
export const LEAST_REVISIONS = 50;
/** Bytes of a project's history, packed, above which it keeps the least; and above which not even those. */
export const ROOMY_BYTES = 8_000_000;
export const MOST_BYTES = 64_000_000;

/** Edits of one part are gathered while they follow each other within this pause, */
const PAUSE_MS = 10_000;
/** and began no longer ago than this. */
const STRETCH_MS = 120_000;

/** Parts that differ, in order; the dialect belongs to the policy. */
export function changedParts(before: Work, after: Work): readonly Part[] {
  const differs: Record<Part, boolean> = {
    title: before.title !== after.title,
    policy: before.policyText !== after.policyText || before.dialect !== after.dialect,
    scenario: JSON.stringify(before.scenario) !== JSON.stringify(after.scenario),
    windows: before.windows !== after.windows,
    compare: !sameWork({ ...after, compare: before.compare }, after),
  };
  return PARTS.filter((part) => differs[part]);
}

/** What a change is about; null when nothing differs. */
export function kindOfChange(before: Work | null, after: Work): Kind | null {
  if (before === null) return 'first';
  const [part, another] = changedParts(before, after);
  return another === undefined ? (part ?? null) : 'several';
}

/** True when an edit belongs to the revision before it: typing in the same part, soon after. */
export function isGathered(last: Revision, next: Omit<Revision, 'n' | 'sinceMs'>): boolean {
  if (last.isStep || next.isStep || last.kind !== next.kind || next.kind === 'first') return false;
  return next.atMs - last.atMs <= PAUSE_MS && next.atMs - last.sinceMs <= STRETCH_MS;
}

/** How many of the oldest revisions to drop, given their sizes in bytes from the oldest. The newest always stays. */
export function countToDrop(sizes: readonly number[]): number {
  let total = sizes.reduce((sum, size) => sum + size, 0);
  let drop = 0;
  for (const size of sizes.slice(0, -1)) {
    const left = sizes.length - drop;
    const isTooMuch = left > MOST_REVISIONS || total > MOST_BYTES || (left > LEAST_REVISIONS && total > ROOMY_BYTES);
    if (!isTooMuch) break;
    total -= size;
    drop++;
  }
  return drop;
}
