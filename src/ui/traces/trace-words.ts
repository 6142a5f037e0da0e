import type { ConversionLosses } from '../../core/traces/convert-trace.ts';
import type { OtherKind, SkipReason, TraceFormat, TraceGaps } from '../../core/traces/trace.ts';
import { countOf } from '../kit/format-number.ts';

/** A format in words. */
export const FORMAT_WORDS: Readonly<Record<TraceFormat, string>> = {
  mcp: 'MCP messages',
  inspector: 'MCP Inspector history',
  intercept: 'Intercept event log',
  anthropic: 'Anthropic transcript',
  openai: 'OpenAI transcript',
  'audit-log': 'Audit log',
};

const OTHER_WORDS: Readonly<Record<OtherKind, readonly [string, string]>> = {
  answer: ['answer', 'answers'],
  message: ['other MCP message', 'other MCP messages'],
  event: ['event that is no call', 'events that are no calls'],
  text: ['message without a tool call', 'messages without a tool call'],
  repeated: ['tool call that is there already', 'tool calls that are there already'],
  blank: ['empty line', 'empty lines'],
};

/** Why something was not understood, as a sentence. */
export const REASON_WORDS: Readonly<Record<SkipReason, string>> = {
  'no-json': 'There is no JSON object on this line.',
  'broken-json': 'The JSON is broken or cut off.',
  'not-closed': 'The list that starts here is not closed; the file may be cut off.',
  'too-long': 'The record is longer than 16 MB.',
  'not-an-object': 'The member of the list is not an object.',
  'unknown-format': 'The object is of no known format.',
  'no-tool-name': 'The call names no tool.',
  'arguments-not-an-object': 'The arguments are not an object.',
  'arguments-not-json': 'The text of the arguments is not JSON.',
  'arguments-too-deep': 'The arguments nest more than 64 levels deep.',
  'too-many-names': 'A run holds at most 65,535 callers and as many tools.',
  'too-many-calls': 'A trace holds at most 1,000,000 calls.',
  'after-31-days': 'The call comes more than 31 days after the first, the longest a run may span.',
};

/** What was found beside calls: `2 answers, 1 empty line`; empty for nothing. */
export function otherWords(others: readonly { readonly kind: OtherKind; readonly count: number }[]): string {
  return others.map(({ kind, count }) => countOf(count, ...OTHER_WORDS[kind])).join(', ');
}

/** What the trace does not say, and what is done about it; a sentence each. */
export function gapNotes(gaps: TraceGaps, calls: number): readonly string[] {
  const { noTime, noZone, noArguments, unknownTool, shortened } = gaps;
  const notes: (string | false)[] = [
    noTime > 0 && noTime < calls && `${countOf(noTime, 'call')} without a time: made at the time of the call before.`,
    noZone > 0 && `${countOf(noZone, 'time')} without a time zone: read as UTC.`,
    noArguments > 0 &&
      `${countOf(noArguments, 'call')} without recorded arguments: conditions and amounts on arguments cannot be checked.`,
    unknownTool > 0 &&
      `${countOf(unknownTool, 'call')} of tools this server does not have: decided all the same, and taken to succeed.`,
    shortened > 0 && `${countOf(shortened, 'tool name')} shortened from mcp__server__tool to the tool.`,
  ];
  return notes.filter((note) => note !== false);
}

/** What steps cannot say of the trace; a sentence each. */
export function lossNotes({ unwritable, answers, order }: ConversionLosses): readonly string[] {
  const notes: (string | false)[] = [
    unwritable > 0 &&
      `${countOf(unwritable, 'call')} left out: steps would read {{ or $ in the arguments as a template.`,
    answers > 0 && `${countOf(answers, 'call')} answered by the simulated server, which may refuse what succeeded.`,
    order > 0 && `${countOf(order, 'call')} may change places with another agent's call of the same millisecond.`,
  ];
  return notes.filter((note) => note !== false);
}
