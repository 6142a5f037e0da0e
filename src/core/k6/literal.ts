/**
 * A JavaScript string literal of any text: data that can end neither the literal, nor a line, nor a `script` element it
 * may be put into.
 */
export function stringLiteral(text: string): string {
  return JSON.stringify(text)
    .replace(/</g, '\\u003c')
    .replace(/\u2028/g, '\\u2028')
    .replace(/\u2029/g, '\\u2029');
}
