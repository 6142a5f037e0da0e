import type { CountAssertion } from './model.ts';

/** What suggestions are derived from: calls by tool, as a run's summary counts them. */
interface CalledTool {
  readonly tool: string;
  readonly calls: number;
  readonly allowed: number;
}

const MOST_BUSY = 3;
const MOST_REFUSED = 2;
const SPAN = '60s';

/**
 * Questions that suggestions come from: the busiest tools' allowed calls in any 60 s, and tools of which no call was
 * allowed. `suggestionOf` makes the suggestion of each from what was seen. Busiest first; at most five.
 */
export function candidateAssertions(tools: readonly CalledTool[]): readonly CountAssertion[] {
  const busy = tools.filter(({ allowed }) => allowed > 0).sort((a, b) => b.allowed - a.allowed);
  const refused = tools.filter(({ allowed }) => allowed === 0).sort((a, b) => b.calls - a.calls);
  return [
    ...busy.slice(0, MOST_BUSY).map(({ tool }) => allowedOf(tool, { within: SPAN, atMost: 0 })),
    ...refused.slice(0, MOST_REFUSED).map(({ tool }) => allowedOf(tool, { exactly: 0 })),
  ];
}

/** The candidate with the bound that the run just keeps. `seen`: its count where it is largest. */
export function suggestionOf(candidate: CountAssertion, seen: number): CountAssertion {
  return candidate.atMost === undefined ? candidate : { ...candidate, atMost: seen };
}

function allowedOf(tool: string, rest: Pick<CountAssertion, 'within' | 'atMost' | 'exactly'>): CountAssertion {
  return { that: 'count', where: { tool, outcome: 'allow' }, ...rest };
}
