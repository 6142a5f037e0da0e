const LONGEST_QUOTE = 60;
const PLAIN = /^[\w.-]{1,60}$/;

/** A person's own text inside a message: in backticks, invisible characters escaped, cut after 60 characters. */
export function quoted(text: string): string {
  if (PLAIN.test(text)) return `\`${text}\``;
  const shown = text.length > LONGEST_QUOTE ? `${text.slice(0, LONGEST_QUOTE)}…` : text;
  return `\`${shown.replaceAll('`', "'").replace(/[\p{C}\p{Z}]/gu, escapeInvisible)}\``;
}

function escapeInvisible(character: string): string {
  if (character === ' ') return character;
  const escaped = JSON.stringify(character).slice(1, -1);
  if (escaped !== character) return escaped;
  return `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`;
}

/** Names in backticks as one phrase: `a`, `b` or `c`. */
export function anyOf(names: readonly string[]): string {
  const last = names.at(-1) ?? '';
  if (names.length < 2) return quoted(last);
  return `${names.slice(0, -1).map(quoted).join(', ')} or ${quoted(last)}`;
}

/** `1 tool`, `1,000 tools`. */
export function counted(count: number, noun: string): string {
  return `${grouped(count)} ${noun}${count === 1 ? '' : 's'}`;
}

/** A number with a comma between thousands; fractions and exponents stay as JavaScript prints them. */
export function grouped(value: number): string {
  const text = String(value);
  return /^-?\d+(\.\d+)?$/.test(text) ? text.replace(/^-?\d+/, (whole) => groupDigits(whole)) : text;
}

function groupDigits(whole: string): string {
  return whole.replace(/\d(?=(?:\d{3})+$)/g, '$&,');
}

/** A window's length as people say it after a number: `a minute`, `an hour`, `a day`, `every 90 s`. */
export function perWindow(windowMs: number): string {
  if (windowMs === 60_000) return 'a minute';
  if (windowMs === 3_600_000) return 'an hour';
  if (windowMs === 86_400_000) return 'a day';
  return `every ${grouped(windowMs / 1000)} s`;
}
