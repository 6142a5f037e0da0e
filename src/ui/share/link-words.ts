import type { LinkContent } from '../../share/schema.ts';
import { countOf, formatCount } from '../kit/format-number.ts';
import { visibleLine } from '../kit/visible-text.ts';

const MOST_NAME = 200;

function shorten(name: string): string {
  return visibleLine(name.length > MOST_NAME ? `${name.slice(0, MOST_NAME)}…` : name);
}

const DIALECT_WORD = { policylayer: 'PolicyLayer', intercept: 'Intercept' } as const;
const WINDOW_WORD = { calendar: 'Calendar', sliding: 'Sliding, a what-if', anchored: 'Anchored, a what-if' } as const;

function policyWords(policy: LinkContent['policy']): string {
  return `${DIALECT_WORD[policy.dialect]}, ${countOf(policy.text.length, 'character')}`;
}

const TAB_WORD: Readonly<Record<string, string>> = {
  summary: 'Summary',
  findings: 'Findings',
  log: 'Audit log',
  agent: "Agent's view",
  tickets: 'Tickets',
  tests: 'Tests',
  attacks: 'Attacks',
  compare: 'Compare',
};

function lineWords([from, to]: readonly [number, number]): string {
  return from === to ? `line ${from}` : `lines ${from} to ${to}`;
}

function viewWords(view: NonNullable<LinkContent['view']>): string {
  const parts = [
    view.tab && `tab ${TAB_WORD[view.tab] ?? shorten(view.tab)}`,
    view.call !== undefined && `call ${formatCount(view.call + 1)}`,
    view.atMs !== undefined && 'the moment of the run',
    view.lines && lineWords(view.lines),
  ];
  const words = parts.filter(Boolean).join(', ') || 'nothing in particular';
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** What a link of `content` holds: name and words of each part, in the order of the link. */
export function describeContent(content: LinkContent): readonly (readonly [string, string])[] {
  const { title, policy, compare, scenario, windows, view } = content;
  const agents = countOf(scenario.agents.length, 'agent');
  const parts: (readonly [string, string] | undefined)[] = [
    title ? ['Title', shorten(title)] : undefined,
    ['Policy', policyWords(policy)],
    compare && ['Policy to compare', policyWords(compare)],
    ['Scenario', scenario.name ? `${shorten(scenario.name)}, ${agents}` : agents],
    windows && ['Windows', WINDOW_WORD[windows]],
    view && ['What is in view', viewWords(view)],
  ];
  return parts.filter((part) => part !== undefined);
}
