const NAMED_ESCAPES: ReadonlyMap<string, string> = new Map([
  ['"', '\\"'],
  ['\\', '\\\\'],
  ['\u0007', '\\a'],
  ['\b', '\\b'],
  ['\f', '\\f'],
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
  ['\v', '\\v'],
]);

/** Letters, marks, numbers, punctuation and symbols, and the space; what Go's `strconv.IsPrint` passes. */
const PRINTABLE = /^[\p{L}\p{M}\p{N}\p{P}\p{S} ]$/u;

/**
 * A string in double quotes as Go's `%q` prints it: `"` and `\` escaped, control characters by name or as `\x1b`, other
 * characters that do not print as `\u200b` or `\U000e0001`. A lone surrogate, which Go strings cannot hold, becomes U+FFFD.
 */
export function quoteGo(text: string): string {
  let quoted = '"';
  for (const character of text) quoted += NAMED_ESCAPES.get(character) ?? escapeUnlessPrintable(character);
  return `${quoted}"`;
}

function escapeUnlessPrintable(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code >= 0xd800 && code <= 0xdfff) return '\ufffd';
  if (PRINTABLE.test(character)) return character;
  if (code < 0x20 || code === 0x7f) return `\\x${hex(code, 2)}`;
  return code < 0x10000 ? `\\u${hex(code, 4)}` : `\\U${hex(code, 8)}`;
}

function hex(code: number, digits: number): string {
  return code.toString(16).padStart(digits, '0');
}
