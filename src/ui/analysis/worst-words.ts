import type { ShownTraffic } from '../../../workers/engine-api.ts';
import type { WorstQuestion } from '../../core/analysis/worst-scenario.ts';
import { countOf, formatCount } from '../kit/format-number.ts';
import { amountText } from '../timeline/utc-text.ts';

/** Who the traffic comes from: one session, one grant with any number of sessions, or `grants` such grants. */
export type Who = 'session' | 'grant' | 'grants';

/** A number of the worst case: `60`, `at most 60` where it is an upper bound, `unlimited`. */
export function worstText(value: number, exact: boolean): string {
  if (value === Infinity) return 'unlimited';
  return exact || value === 0 ? amountText(value) : `at most ${amountText(value)}`;
}

/** A number of calls with the word: `1 call`, `at most 60 calls`. */
export function callsText(value: number, exact: boolean): string {
  return `${worstText(value, exact)} ${value === 1 ? 'call' : 'calls'}`;
}

/** What a number is, for the button that runs it: `60 calls of issue_audit_ticket in any minute`. */
export function questionText(value: number, exact: boolean, { tool, span, of, sliding }: WorstQuestion): string {
  const amount = of === 'calls' ? callsText(value, exact) : `${worstText(value, exact)} spent`;
  return `${amount} ${of === 'calls' ? 'of' : 'by'} ${tool ?? 'all tools together'} in ${sliding ? 'any' : 'a calendar'} ${span}`;
}

/** `1 caller`, in the words of the choice above the table. */
export function whoText(who: Who, grants: number): string {
  if (who === 'session') return 'one session';
  if (who === 'grant') return 'one grant in any number of sessions';
  return `${grants} grants in any number of sessions`;
}

/** What the scenario of a number shows: `320 calls by 64 agents; all pass here. Every further session adds 5.` */
export function shownText({ calls, passing, agents, endless, sessionAdds }: ShownTraffic): string {
  const passes = passing === calls ? 'all pass' : `${formatCount(passing)} pass`;
  const shown = `${countOf(calls, 'call')} by ${countOf(agents, 'agent')}; ${passes} here.`;
  if (sessionAdds !== null) return `${shown} Every further session adds ${formatCount(sessionAdds)}.`;
  return endless ? `${shown} Nothing stops further ones.` : shown;
}
