import type { Agent, Scenario, Step } from '../scenario/model.ts';
import { describePace } from '../scenario/rows.ts';

/** Names in words: one as it is, several by the first and the last; all between backticks. */
function names(agents: readonly Agent[]): string {
  const [first, last] = [agents[0]?.name ?? '', agents.at(-1)?.name ?? ''];
  return agents.length === 1 ? `\`${first}\`` : `\`${first}\` to \`${last}\``;
}

function who(agents: readonly Agent[]): string {
  const grants = new Set(agents.map(({ name, grant }) => grant ?? name));
  const [grant] = grants;
  const sessions = new Set(agents.map(({ session }) => session)).size;
  if (agents.length === 1) return names(agents);
  return grants.size === 1
    ? `${names(agents)}, ${sessions} sessions of the grant \`${grant ?? ''}\``
    : `${names(agents)}, each with a grant of its own`;
}

function linesOf(steps: readonly Step[], prefix: string): string[] {
  return steps.flatMap((step) => {
    if ('repeat' in step) return linesOf(step.steps, `${prefix}${step.repeat} rounds of `);
    if (!('call' in step)) return [];
    const args = step.args === undefined ? '' : ` with \`${JSON.stringify(step.args)}\``;
    return [`${prefix}\`${step.call}\`, ${describePace(step)}${args}`];
  });
}

/** Calls of one or more agents that do the same, in words; names and arguments stand between backticks. */
export interface CallWords {
  readonly who: string;
  readonly lines: readonly string[];
}

/** The calls of a scenario in words, in the order of its agents; those who do the same, waits aside, share an entry. */
export function describeCalls(scenario: Scenario): readonly CallWords[] {
  const groups = new Map<string, Agent[]>();
  for (const agent of scenario.agents) {
    const lines = linesOf(agent.steps, '').join('\n');
    groups.set(lines, [...(groups.get(lines) ?? []), agent]);
  }
  return Array.from(groups, ([lines, agents]) => ({ who: who(agents), lines: lines.split('\n') }));
}
