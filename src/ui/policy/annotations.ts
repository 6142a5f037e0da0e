import type { Anchor, CheckResult, RuleCoverage, RunSummary } from '../../../workers/engine-api.ts';
import type { ShownOutcome } from '../../core/simulator/columns.ts';
import type { Hint, Marker } from '../../editor/handle.ts';
import type { Playground } from '../../state/playground.svelte.ts';
import type { Workspace } from '../../state/workspace.svelte.ts';
import { formatCount } from '../kit/format-number.ts';
import type { PolicyDesk } from './policy-desk.svelte.ts';
import { coverWords, idleWords } from './rule-at.ts';

/** Squiggles drawn at once; a text with more mistakes than that is not helped by more. */
const MOST_MARKERS = 500;

/** Diagnostics of the newest check as markers on screen; none while the text has moved on. */
export function policyMarkers(workspace: Workspace, desk: PolicyDesk): readonly Marker[] {
  if (workspace.check === null || workspace.checkedText !== workspace.policyText) return [];
  return workspace.check.diagnostics.slice(0, MOST_MARKERS).map((diagnostic) => ({
    ...desk.toShown(diagnostic.range),
    severity: diagnostic.severity,
    code: diagnostic.code,
    message: diagnostic.message,
    fixes: (diagnostic.fixes ?? []).map((fix) => ({ title: fix.title, edits: desk.toSplices(fix) })),
  }));
}

/** Places of a policy up to which every rule that decided nothing says so: drawing thousands would hold up typing. */
const MOST_COVERED = 1000;

type Part = Hint['parts'][number];

function part(outcome: ShownOutcome, calls: number, words = ''): readonly Part[] {
  return calls === 0 ? [] : [{ outcome, words: formatCount(calls) + words }];
}

/** What the last run says about one place of the policy. */
function partsOf(anchor: Anchor, summary: RunSummary): readonly Part[] {
  if (anchor.kind === 'tool') {
    const tool = summary.tools.find((entry) => entry.tool === anchor.tool);
    if (tool === undefined) return [];
    const { allowed, denied, approvals, hidden } = tool;
    return [
      ...part('allow', allowed),
      ...part('deny', denied),
      ...part('approval', approvals),
      ...part('hidden', hidden),
    ];
  }
  const words = anchor.kind === 'limit' ? ' by this limit' : anchor.kind === 'rule' ? ' by this rule' : '';
  return summary.rules
    .filter((rule) => rule.pointer === anchor.pointer)
    .flatMap((rule) => part(rule.outcome, rule.calls, words));
}

/** The mark in the margin of a rule. */
function coverOf(coverage: RuleCoverage, end: number): NonNullable<Hint['cover']> {
  const kind = coverage.decided > 0 ? 'decided' : coverage.reached > 0 ? 'passed' : 'unreached';
  const words = coverWords(coverage);
  return { end, kind, words: words.charAt(0).toUpperCase() + words.slice(1) };
}

/**
 * Results at the ends of the lines they belong to, as `check.anchors` places them; a rule that decided nothing says so.
 * `coverage` is empty until it is there.
 */
function hintsFor(
  check: CheckResult,
  summary: RunSummary,
  coverage: readonly RuleCoverage[],
  toShown: (offset: number) => number,
): readonly Hint[] {
  const covers = new Map(coverage.map((cover) => [cover.pointer, cover]));
  const tools = new Set(summary.tools.map((tool) => tool.tool));
  const pointers = new Set(summary.rules.map((rule) => rule.pointer));
  // why: Intercept has one place for a rule and for the counter it keeps.
  const seen = new Set<string>();
  return (check.policy?.anchors ?? []).flatMap((anchor): readonly Hint[] => {
    const { kind, pointer, tool, range } = anchor;
    if (kind !== 'tool' && seen.has(pointer)) return [];
    const cover = kind === 'tool' ? undefined : covers.get(pointer);
    if (kind === 'tool' ? !tools.has(tool) : !pointers.has(pointer) && cover === undefined) return [];
    if (kind !== 'tool') seen.add(pointer);
    const idle = cover === undefined ? null : idleWords(cover);
    const parts = idle === null ? partsOf(anchor, summary) : [{ outcome: 'quiet' as const, words: idle }];
    const hint = { at: toShown(range.start), parts };
    if (cover !== undefined) return [{ ...hint, cover: coverOf(cover, toShown(range.end)) }];
    return parts.length > 0 ? [hint] : [];
  });
}

/** The hints for what is on screen: none while the document does not parse, or was edited since it was checked. */
export function policyHints(playground: Playground, desk: PolicyDesk): readonly Hint[] {
  const { check, checkedText, policyText } = playground.workspace;
  const { summary } = playground.run;
  if (check === null || check.policy === null || summary === null || checkedText !== policyText) return [];
  const isDrawn = summary.calls > 0 && check.policy.anchors.length <= MOST_COVERED;
  const coverage = isDrawn ? desk.coverage : [];
  return hintsFor(check, summary, coverage, (offset) => desk.toShown({ start: offset, end: offset }).start);
}
