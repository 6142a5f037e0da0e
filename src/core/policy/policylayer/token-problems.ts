import { nearestName } from '../../nearest-name.ts';
import { replacement, type Report } from '../report.ts';
import { quoted } from '../wording.ts';
import { withoutQuotes } from './syntax-remarks.ts';
import type { Token } from './tokens.ts';

/** Words of other languages for what JSON calls otherwise. */
const OTHER_WORDS: ReadonlyMap<string, string> = new Map([
  ['True', 'true'],
  ['TRUE', 'true'],
  ['yes', 'true'],
  ['False', 'false'],
  ['FALSE', 'false'],
  ['no', 'false'],
  ['None', 'null'],
  ['nil', 'null'],
  ['Null', 'null'],
  ['NULL', 'null'],
  ['undefined', 'null'],
]);

const JSON_WORDS = ['true', 'false', 'null'];

/** A word where a value should be: says what was probably meant. */
export function reportWord(token: Token, report: Report): void {
  const { range, value: word } = token;
  const json = OTHER_WORDS.get(word) ?? jsonNumber(word) ?? nearestName(word, JSON_WORDS);
  if (json !== null) {
    const fix = replacement(`Write \`${json}\``, range, json);
    report.add('not-a-value', range, '', `${quoted(word)} is not JSON; write \`${json}\``, fix);
  } else if (/^(?:[-+.\d]|nan$|infinity$)/i.test(word)) {
    report.add(
      'not-a-value',
      range,
      '',
      `${quoted(word)} is not a number JSON knows; write digits, with a point if need be`,
    );
  } else {
    const bare = withoutQuotes(word);
    const fix = replacement('Put it in double quotes', range, JSON.stringify(bare));
    report.add('missing-quotes', range, '', `${quoted(bare)} has no double quotes; put them around it`, fix);
  }
}

/** What `+1`, `007`, `.5` or `1.` are in JSON. */
function jsonNumber(word: string): string | null {
  const parts = /^([-+]?)0*(\d*)(?:\.(\d*))?((?:[eE][-+]?\d+)?)$/.exec(word);
  if (parts === null || !/\d/.test(word)) return null;
  const [, sign, whole, fraction, exponent] = parts;
  const digits = `${whole || '0'}${fraction ? `.${fraction}` : ''}${exponent ?? ''}`;
  return `${sign === '-' ? '-' : ''}${digits}`;
}

/** Escapes JSON knows are matched too, so that the second half of one is not taken for the beginning of another. */
const ESCAPES = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})|\\u[0-9a-fA-F]{0,3}|\\[^]|\p{Cc}/gu;
const GOOD_ESCAPE = /^\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})$/;

/** What is wrong inside a string: its missing end, or each bad escape and control character by itself. */
export function reportFlaws(text: string, token: Token, report: Report): void {
  const { start, end } = token.range;
  if (token.flaw === 'unclosed') {
    const place = lostEnd(text, token);
    const fix = replacement('Insert the quote', { start: place, end: place }, '"');
    report.add('unclosed-text', token.range, '', 'this text has no closing quote; write `"` where it ends', fix);
    return;
  }
  for (const match of text.slice(start, end).matchAll(ESCAPES)) {
    const [found] = match;
    const range = { start: start + match.index, end: start + match.index + found.length };
    if (found.startsWith('\\') && !GOOD_ESCAPE.test(found)) {
      const fix = replacement('Escape the backslash', { start: range.start, end: range.start }, '\\');
      report.add('bad-escape', range, '', `${quoted(found)} is no escape; write \`\\\\\` for a backslash`, fix);
    } else if (found < ' ') {
      const escape = JSON.stringify(found).slice(1, -1);
      const fix = replacement(`Write \`${escape}\``, range, escape);
      report.add('control-character', range, '', `a control character stands in this text; write \`${escape}\``, fix);
    }
  }
}

/** Where the closing quote probably was: before commas, brackets and blanks, which the text swallowed. */
function lostEnd(text: string, { range }: Token): number {
  let end = range.end;
  while (end > range.start + 1 && ' \t,]}'.includes(text[end - 1] ?? '')) end--;
  return end;
}
