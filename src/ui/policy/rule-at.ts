import type { Anchor, LogFilter, RuleCoverage, RunSummary } from '../../../workers/engine-api.ts';
import { countOf, formatCount } from '../kit/format-number.ts';

/** The innermost place that results attach to around an offset of the text as written; null outside of all. */
export function anchorAt(anchors: readonly Anchor[], offset: number): Anchor | null {
  let found: Anchor | null = null;
  for (const anchor of anchors) {
    const { start, end } = anchor.range;
    if (offset < start || offset > end) continue;
    if (found === null || end - start <= found.range.end - found.range.start) found = anchor;
  }
  return found;
}

/** Calls that a place of the policy decided in a run; all calls of the tool for the place of a tool. */
export function callsOf(anchor: Anchor, summary: RunSummary): number {
  if (anchor.kind === 'tool') return summary.tools.find(({ tool }) => tool === anchor.tool)?.calls ?? 0;
  const rules = summary.rules.filter(({ pointer }) => pointer === anchor.pointer);
  return rules.reduce((sum, { calls }) => sum + calls, 0);
}

/** What the audit log shows for a place; null when the run has no call of it. */
export function callsFilter(anchor: Anchor, summary: RunSummary): Partial<LogFilter> | null {
  if (callsOf(anchor, summary) === 0) return null;
  if (anchor.kind === 'tool') return { tools: [anchor.tool] };
  const rules = summary.rules.filter(({ pointer }) => pointer === anchor.pointer).map(({ rule }) => rule);
  // why: Intercept's rules of two tools may have one name.
  return anchor.tool === '' || anchor.tool === '*' ? { rules } : { rules, tools: [anchor.tool] };
}

const PASSED: Readonly<Record<RuleCoverage['kind'], string>> = {
  require: 'never denied',
  deny_if: 'never matched',
  limit: 'never denied',
  approval: 'never asked',
};

/** `never reached`, or `never matched, 53 calls passed`; null for a rule that decided calls. */
export function idleWords({ kind, reached, decided }: RuleCoverage): string | null {
  if (decided > 0) return null;
  return reached === 0 ? 'never reached' : `${PASSED[kind]}, ${countOf(reached, 'call')} passed`;
}

/** `decided 40 of 53 calls`, or what `idleWords` says. */
export function coverWords(coverage: RuleCoverage): string {
  return idleWords(coverage) ?? `decided ${formatCount(coverage.decided)} of ${countOf(coverage.reached, 'call')}`;
}
