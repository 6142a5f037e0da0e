import type { FlipKind } from './compare-runs.ts';
import {
  type ComparisonReport,
  countFlips,
  kindsIn,
  kindWords,
  type NamedFlips,
  sideWords,
  type ToldFlip,
} from './comparison-report.ts';

/** What was compared, in words. */
export interface ComparedNames {
  readonly title: string;
  /** Side A and side B. */
  readonly before: string;
  readonly after: string;
  readonly scenario: string;
  /** What converting B lost or decides differently, a line each. */
  readonly notes?: readonly string[];
}

/** Rows of a table, and differences written out one by one. */
const MOST_ROWS = 20;
const MOST_FLIPS = 10;
const MOST_NOTES = 20;

/**
 * The report as Markdown, to be pasted into a review: title, what was compared, counts, tables, first differences. What
 * people wrote (names, rules, messages) stands as text: no table, link or markup can come of it.
 */
export function formatComparison(report: ComparisonReport, names: ComparedNames): string {
  const kinds = kindsIn(report.total);
  const { flips } = report;
  return [
    `## Policy comparison${names.title === '' ? '' : `: ${plain(names.title)}`}`,
    [
      `- A: ${plain(names.before)}`,
      `- B: ${plain(names.after)}`,
      `- Scenario: ${plain(names.scenario)}`,
      `- ${comparisonWords(report)}`,
    ].join('\n'),
    ...notesOf(names.notes ?? []),
    ...(kinds.length === 0
      ? []
      : [
          table(
            'Difference',
            ['Calls'],
            kinds.map((kind) => [kindWords(kind), [report.total[kind]]]),
          ),
        ]),
    ...(kinds.length === 0 ? [] : [byName('Tool', report.tools, kinds), byName('Grant', report.grants, kinds)]),
    ...(flips.length === 0 ? [] : ['### First differences', flips.slice(0, MOST_FLIPS).map(flipItem).join('\n')]),
  ]
    .join('\n\n')
    .concat('\n');
}

function notesOf(notes: readonly string[]): readonly string[] {
  if (notes.length === 0) return [];
  const more = notes.length > MOST_NOTES ? [`- ${digits(notes.length - MOST_NOTES)} more`] : [];
  return [
    '### What converting changed',
    [...notes.slice(0, MOST_NOTES).map((note) => `- ${plain(note)}`), ...more].join('\n'),
  ];
}

/** The result in one sentence: `20 of 133 calls are decided differently.` */
export function comparisonWords({ calls, same, total, partial }: ComparisonReport): string {
  const all = same + countFlips(total);
  const differ = countFlips(total);
  const made = calls.before === calls.after ? '' : ` A made ${counted(calls.before)}, B ${counted(calls.after)}.`;
  const cut = partial ? ' A run was cut off at its largest size.' : '';
  if (differ === 0) return `No difference: ${counted(all)}, all decided alike.${cut}`;
  const verb = differ === 1 ? 'is' : 'are';
  return `${digits(differ)} of ${counted(all)} ${verb} decided differently.${made}${cut}`;
}

/** Where and when a flip stands: `Call 61, issue_audit_ticket, grant planner, 23:59:59.200 UTC`. */
export function flipPlace({ before, after }: ToldFlip): string {
  const told = before ?? after;
  if (told === null) return 'Call';
  const time = new Date(told.atMs).toISOString().slice(11, 23);
  const numbers = [...new Set([before, after].filter((side) => side !== null).map(({ call }) => digits(call + 1)))];
  return `Call ${numbers.join(' in A, ')}${numbers.length > 1 ? ' in B' : ''}, ${told.tool}, grant ${told.grant}, ${time} UTC`;
}

function flipItem(flip: ToldFlip, index: number): string {
  const place = `${index + 1}. ${plain(flipPlace(flip))}: ${kindWords(flip.kind).toLowerCase()}`;
  return `${place}\n   - A: ${plain(sideWords(flip.before))}\n   - B: ${plain(sideWords(flip.after))}`;
}

function byName(head: string, all: readonly NamedFlips[], kinds: readonly FlipKind[]): string {
  const rows = all.slice(0, MOST_ROWS).map(({ name, counts }): Row => [name, kinds.map((kind) => counts[kind])]);
  const more = all.length - rows.length;
  const rest = more > 0 ? `\n\n${digits(more)} more not listed.` : '';
  return table(head, kinds.map(kindWords), rows) + rest;
}

type Row = readonly [name: string, counts: readonly number[]];

function table(head: string, columns: readonly string[], rows: readonly Row[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [
    line([head, ...columns]),
    line(['---', ...columns.map(() => '---:')]),
    ...rows.map(([name, counts]) => line([plain(name), ...counts.map(digits)])),
  ].join('\n');
}

/** Text of people as one line of Markdown in which nothing is markup. */
function plain(text: string): string {
  return text.replace(/\s+/g, ' ').replace(/[\\`*_{}[\]<>#|~!&@]/g, '\\$&');
}

function counted(calls: number): string {
  return `${digits(calls)} ${calls === 1 ? 'call' : 'calls'}`;
}

function digits(value: number): string {
  return value.toLocaleString('en-US');
}
