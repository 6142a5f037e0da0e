/** Something a check found: `start` and `end` are UTF-16 offsets, half-open. */
export interface Finding {
  readonly type: string;
  readonly start: number;
  readonly end: number;
}

/** Where one kind of thing stands in a text. Time linear in the text: every look around a place is bounded. */
export type Check = (text: string) => readonly Finding[];

const LONGEST_LOCAL = 64;
const LONGEST_DOMAIN = 255;
const LONGEST_TOKEN = 512;

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

function isLetter(code: number): boolean {
  return (code >= 65 && code <= 90) || (code >= 97 && code <= 122);
}

function isWord(code: number): boolean {
  return isDigit(code) || isLetter(code) || code === 95;
}

/** End of the run of accepted characters from `start` on, at most `longest` of them. */
function runEnd(text: string, start: number, longest: number, accepts: (code: number) => boolean): number {
  const last = Math.min(text.length, start + longest);
  let end = start;
  while (end < last && accepts(text.charCodeAt(end))) end++;
  return end;
}

const inLocal = (code: number): boolean => isWord(code) || code === 46 || code === 43 || code === 37 || code === 45;
const inDomain = (code: number): boolean => isDigit(code) || isLetter(code) || code === 46 || code === 45;
const inToken = (code: number): boolean => isWord(code) || code === 45 || code === 46;

/** E-mail addresses, found from their `@` outwards. */
export function findEmails(text: string): readonly Finding[] {
  const found: Finding[] = [];
  for (let at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1)) {
    let start = at;
    while (start > 0 && at - start < LONGEST_LOCAL && inLocal(text.charCodeAt(start - 1))) start--;
    let end = runEnd(text, at + 1, LONGEST_DOMAIN, inDomain);
    while (end > at && !isLetter(text.charCodeAt(end - 1))) end--;
    const domain = text.slice(at + 1, end);
    const dot = domain.lastIndexOf('.');
    if (start < at && dot > 0 && domain.length - dot > 2) found.push({ type: 'email', start, end });
  }
  return found;
}

function luhnHolds(digits: string): boolean {
  let sum = 0;
  for (let i = 0; i < digits.length; i++) {
    const digit = Number(digits[digits.length - 1 - i]);
    const doubled = i % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}

/** Card numbers: 13 to 19 digits, single spaces or dashes between them, with a Luhn check digit that fits. */
export function findCards(text: string): readonly Finding[] {
  const found: Finding[] = [];
  for (let at = 0; at < text.length;) {
    if (!isDigit(text.charCodeAt(at))) {
      at++;
      continue;
    }
    let digits = '';
    let end = at;
    let next = at;
    while (next < text.length && isDigit(text.charCodeAt(next))) {
      if (digits.length < 20) digits += text.charAt(next);
      end = ++next;
      const gap = text[next] === ' ' || text[next] === '-';
      if (gap && isDigit(text.charCodeAt(next + 1))) next++;
    }
    if (digits.length >= 13 && digits.length <= 19 && luhnHolds(digits))
      found.push({ type: 'credit_card', start: at, end });
    at = end;
  }
  return found;
}

/** How secrets of known kinds begin, with the fewest characters that must follow. */
const KEY_PREFIXES: readonly (readonly [string, string, number])[] = [
  ['aws_access_key', 'AKIA', 16],
  ['api_key', 'sk-', 20],
  ['api_key', 'sk_live_', 16],
  ['api_key', 'ghp_', 30],
  ['api_key', 'agntor_live_', 12],
  ['api_key', 'xoxb-', 20],
  ['jwt', 'eyJ', 30],
];

/** Keys and tokens that are told by how they begin. */
export function findKeys(text: string): readonly Finding[] {
  const found: Finding[] = [];
  for (const [type, prefix, fewest] of KEY_PREFIXES) {
    for (let start = text.indexOf(prefix); start >= 0;) {
      const inside = start > 0 && isWord(text.charCodeAt(start - 1));
      const end = inside ? start : runEnd(text, start + prefix.length, LONGEST_TOKEN, inToken);
      const long = end - start >= prefix.length + fewest;
      if (long) found.push({ type, start, end });
      start = text.indexOf(prefix, long ? end : start + 1);
    }
  }
  return found;
}

const KEY_BEGIN = '-----BEGIN ';
const KEY_END = 'PRIVATE KEY-----';

/** Private keys in PEM form, from their first line to their last, or to the end of a text that was cut off. */
export function findPrivateKeys(text: string): readonly Finding[] {
  const found: Finding[] = [];
  for (let start = text.indexOf(KEY_BEGIN); start >= 0;) {
    const head = text.slice(start, start + 64);
    const headEnd = head.indexOf(KEY_END);
    let end = start + KEY_BEGIN.length;
    if (headEnd >= 0) {
      const tail = text.indexOf(KEY_END, start + headEnd + KEY_END.length);
      end = tail < 0 ? text.length : tail + KEY_END.length;
      found.push({ type: 'private_key', start, end });
    }
    start = text.indexOf(KEY_BEGIN, end);
  }
  return found;
}

/** Every check for personal data and secrets. */
export const SECRET_CHECKS: readonly Check[] = [findEmails, findCards, findKeys, findPrivateKeys];

/** A phrase to look for, in lower case and with single spaces, and what it is reported as. */
export interface Phrase {
  readonly type: string;
  readonly phrase: string;
}

/** Where phrases stand, letter case and the kind and number of spaces in the text aside. */
export function findPhrases(text: string, phrases: readonly Phrase[]): readonly Finding[] {
  const { plain, offsets } = flatten(text);
  const found: Finding[] = [];
  for (const { type, phrase } of phrases) {
    for (let at = phrase === '' ? -1 : plain.indexOf(phrase); at >= 0; at = plain.indexOf(phrase, at + phrase.length)) {
      const end = (offsets[at + phrase.length - 1] ?? 0) + 1;
      found.push({ type, start: offsets[at] ?? 0, end });
    }
  }
  return found;
}

/** The text in lower case, each run of white space one space; `offsets[k]` is where character k of it came from. */
export function flatten(text: string): { readonly plain: string; readonly offsets: readonly number[] } {
  const parts: string[] = [];
  const offsets: number[] = [];
  for (let i = 0; i < text.length; i++) {
    const unit = text[i] ?? '';
    const space = unit.trim() === '';
    if (space && parts.at(-1) === ' ') continue;
    const lower = unit.toLowerCase();
    parts.push(space ? ' ' : lower.length === 1 ? lower : unit);
    offsets.push(i);
  }
  return { plain: parts.join(''), offsets };
}
