/** Bytes of a text in UTF-8; half of a surrogate pair on its own becomes U+FFFD. Never throws. */
export function utf8(text: string): Uint8Array {
  const bytes: number[] = [];
  // why: a text is gone through by whole characters, pairs joined.
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    const point = code >= 0xd800 && code <= 0xdfff ? 0xfffd : code;
    const more = point < 0x80 ? 0 : point < 0x800 ? 1 : point < 0x10000 ? 2 : 3;
    const lead = [0, 0xc0, 0xe0, 0xf0][more] ?? 0;
    bytes.push(lead | (point >> (6 * more)));
    for (let left = more - 1; left >= 0; left--) bytes.push(0x80 | ((point >> (6 * left)) & 0x3f));
  }
  return Uint8Array.from(bytes);
}
