import { durationMs } from './duration.ts';
import type { Assertion, CountAssertion, DecisionAssertion } from './model.ts';

/** Two assertions, by their places in `expect`, that cannot both hold; the same place twice for one that never can. */
export interface Contradiction {
  readonly first: number;
  readonly second: number;
}

interface Bound {
  readonly index: number;
  readonly assertion: CountAssertion;
  readonly least: number;
  readonly most: number;
}

function boundOf(assertion: CountAssertion, index: number): Bound {
  const { atLeast, atMost, exactly } = assertion;
  return {
    index,
    assertion,
    least: Math.max(atLeast ?? 0, exactly ?? 0),
    most: Math.min(atMost ?? Infinity, exactly ?? Infinity),
  };
}

/** True when every call that `inner` counts is counted by `outer` too, over spans of the same length. */
function within(inner: CountAssertion, outer: CountAssertion): boolean {
  if (durationMs(inner.within) !== durationMs(outer.within)) return false;
  const { tool, grant, outcome, rule } = outer.where ?? {};
  const own = inner.where ?? {};
  return (
    (tool === undefined || tool === own.tool) &&
    (grant === undefined || grant === own.grant) &&
    (outcome === undefined || outcome === own.outcome) &&
    (rule === undefined || rule === own.rule)
  );
}

function disagree(a: DecisionAssertion, b: DecisionAssertion): boolean {
  if (a.call !== b.call) return false;
  return a.is !== b.is || (a.rule !== undefined && b.rule !== undefined && a.rule !== b.rule);
}

/**
 * Assertions that cannot all hold: two decisions of one call, and counts where fewer calls must be more. Finds every
 * contradiction between two; one that needs three (two parts that together pass a whole) is not looked for.
 */
export function findContradictions(assertions: readonly Assertion[]): readonly Contradiction[] {
  const bounds = assertions.flatMap((assertion, index) =>
    assertion.that === 'count' ? [boundOf(assertion, index)] : [],
  );
  const found: Contradiction[] = [];
  for (const inner of bounds) {
    for (const outer of bounds) {
      if (inner.least <= outer.most || !within(inner.assertion, outer.assertion)) continue;
      const [first, second] = [Math.min(inner.index, outer.index), Math.max(inner.index, outer.index)];
      if (!found.some((known) => known.first === first && known.second === second)) found.push({ first, second });
    }
  }
  assertions.forEach((a, first) => {
    assertions.slice(first + 1).forEach((b, k) => {
      if (a.that === 'decision' && b.that === 'decision' && disagree(a, b))
        found.push({ first, second: first + 1 + k });
    });
  });
  return found;
}
