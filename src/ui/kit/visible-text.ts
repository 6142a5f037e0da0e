const UNSEEN = /(?! )[\p{C}\p{Z}\p{DI}\u2800]/gu;
const LOOK_ALIKE = /[\p{sc=Cyrl}\p{sc=Grek}\uff01-\uff5e]/gu;

const codeOf = (character: string): string =>
  `‹U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}›`;

/**
 * A line of text or code as it is: what shows nothing or turns the direction becomes its code; tabs and letters of any
 * script stay. For showing only.
 */
export function visibleLine(line: string): string {
  return line.replace(UNSEEN, (character) => (character === '\t' ? character : codeOf(character)));
}

/**
 * A name as people can tell it from others: what shows nothing, is an odd space or turns the direction of text becomes its
 * code, `a‹U+200B›b`, and a Cyrillic, Greek or full-width letter among Latin ones is followed by its own. Plain names stay.
 * For showing only, never for comparing.
 */
export function visibleText(name: string): string {
  const seen = name.replace(UNSEEN, codeOf);
  return /[a-z]/i.test(name) ? seen.replace(LOOK_ALIKE, (letter) => letter + codeOf(letter)) : seen;
}
