import type { OutcomeCounts, RunSummary, TicketTrack, TimelineLane, ToolSummary } from '../../../workers/engine-api.ts';
import { OUTCOME_CODE } from '../../core/simulator/columns.ts';
import { countOf, formatCount } from '../kit/format-number.ts';
import { visibleText } from '../kit/visible-text.ts';
import { spanText } from './utc-text.ts';

/** Name of the track of tickets. */
export const TICKETS_VALID = 'tickets valid';

const TOOLS_NAMED = 5;
const GRANTS_NAMED = 2;

function outcomesText({ allowed, denied, approvals, hidden }: OutcomeCounts): string {
  const parts = [`${formatCount(allowed)} allowed`, `${formatCount(denied)} denied`];
  if (approvals > 0) parts.push(countOf(approvals, 'approval'));
  if (hidden > 0) parts.push(`${formatCount(hidden)} hidden`);
  return parts.join(', ');
}

/** The result in a few sentences, for those who do not see the plot. */
export function timelineSentence(summary: RunSummary, tickets?: Pick<TicketTrack, 'most'>): string {
  const all = `${countOf(summary.calls, 'call')} from ${spanText(summary.firstMs, summary.lastMs)} UTC: ${outcomesText(summary)}.`;
  const named = summary.tools.slice(0, TOOLS_NAMED).map((tool) => `${visibleText(tool.tool)}: ${outcomesText(tool)}`);
  const rest = summary.tools.length - named.length;
  const more = rest > 0 ? `, and ${countOf(rest, 'tool')} more` : '';
  const valid = tickets === undefined ? '' : ` At most ${countOf(tickets.most, 'ticket')} valid at once.`;
  return named.length < 2 ? `${all}${valid}` : `${all} ${named.join('; ')}${more}.${valid}`;
}

/** Grants and number of calls of a lane: `settler, 100 calls`, `5 grants, 120 calls`. */
export function laneText(grants: readonly string[], calls: number): string {
  const who = grants.length > GRANTS_NAMED ? countOf(grants.length, 'grant') : visibleText(grants.join(', '));
  return `${who}, ${countOf(calls, 'call')}`;
}

/** What a lane is of: its tool, or the grant of its agent. */
export function laneName({ tool, agent }: Pick<TimelineLane, 'tool' | 'agent'>): string {
  return visibleText(agent?.grant ?? tool);
}

/** What stands under the name of a lane: grants of a tool, or the session of an agent, and the number of calls. */
export function laneCaption({ agent, grants, calls }: Pick<TimelineLane, 'agent' | 'grants' | 'calls'>): string {
  return agent === undefined
    ? laneText(grants, calls)
    : `session ${visibleText(agent.session)}, ${countOf(calls, 'call')}`;
}

/** Name of the row that tools with a single call share. */
export function groupName(tools: number): string {
  return countOf(tools, 'tool');
}

/** Why the calls of several tools were denied, where one reason holds for them all; else nothing. */
export function sharedReason(tools: readonly (ToolSummary | undefined)[], outcome: number): string {
  const denied = tools.filter((tool) => tool !== undefined && tool.denied > 0);
  const reasons = new Set(denied.map((tool) => denialReason(tool, outcome)));
  const [only = ''] = reasons;
  return reasons.size === 1 ? only : '';
}

/** Why a tool's calls were denied, where all of them were for one reason that is no rule of its own; else nothing. */
export function denialReason(tool: ToolSummary | undefined, outcome: number): string {
  if (outcome !== OUTCOME_CODE.deny || tool?.rules.length !== 1) return '';
  const rule = tool.rules[0]?.rule;
  if (rule === '(default deny)') return 'not in tools';
  return rule === '(no policy)' ? 'no policy' : '';
}
