import type { Alignment, TokenVariable } from '../../core/k6/export.ts';
import type { K6Result } from '../../core/k6/results.ts';
import { formatCount } from '../kit/format-number.ts';
import { OUTCOME_WORD } from '../kit/outcome-words.ts';

/** Choices of alignment, in the order shown. */
export const ALIGNMENT_OPTIONS: readonly { readonly value: Alignment; readonly label: string }[] = [
  { value: 'none', label: 'At once' },
  { value: 'minute', label: 'Minute' },
  { value: 'hour', label: 'Hour' },
  { value: 'day', label: 'Day' },
];

const PERIOD_MS: Readonly<Record<Alignment, number>> = { none: 0, minute: 60_000, hour: 3_600_000, day: 86_400_000 };

/** What an alignment does, as a sentence. */
export function alignmentWords(align: Alignment): string {
  if (align === 'none') return 'Starts after a few seconds. Calendar windows end between other calls than in the run.';
  const day = align === 'day' ? 'day (UTC)' : align;
  return `Waits, up to a whole ${align}, for the moment of the ${day} at which the run starts. Windows then end between the same calls.`;
}

/** A warning when windows are longer than what the start is aligned with; null when all is well. */
export function windowWarning(windowMs: number, align: Alignment): string | null {
  if (windowMs <= PERIOD_MS[align]) return null;
  const longer = ALIGNMENT_OPTIONS.find(({ value }) => PERIOD_MS[value] >= windowMs);
  if (longer === undefined) return 'A window of this policy is longer than a day, so it may end between other calls.';
  const { value } = longer;
  return `The longest window of this policy is ${value === 'hour' ? 'an' : 'a'} ${value}. Align with the ${value}, or it may end between other calls.`;
}

/** Lines to type in a shell. `file` is the script's name. */
export function commandOf(tokens: readonly TokenVariable[], file: string): string {
  const shown = tokens.slice(0, MOST_VARIABLES);
  return [
    'k6 run',
    '-e GATEWAY_URL=https://gateway.example/mcp',
    ...shown.map(({ variable }) => `-e ${variable}="$${variable}"`),
    '--log-format raw --console-output results.jsonl',
    file,
  ].join(' \\\n  ');
}

/** Variables of tokens that are listed; the script names all. */
export const MOST_VARIABLES = 100;

/** The word for what became of a call. */
export function actualWord(actual: K6Result['actual']): string {
  return actual === 'none' ? 'No answer' : OUTCOME_WORD[actual];
}

/** A disagreement as a sentence. */
export function disagreementWords({ call, tool, grant, predicted, actual }: K6Result): string {
  return `Call ${formatCount(call)}, ${tool} by ${grant}: predicted ${inWords(predicted)}, ${became(actual)}.`;
}

function inWords(outcome: K6Result['predicted']): string {
  return { allow: 'allowed', deny: 'denied', approval: 'waiting for approval', hidden: 'denied as hidden' }[outcome];
}

function became(actual: K6Result['actual']): string {
  return actual === 'none' ? 'got no answer' : `was ${inWords(actual)}`;
}
