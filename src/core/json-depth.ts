/** Nesting up to which JSON is laid out or cut: its parser calls itself for every level, and stacks end at some thousands. */
export const MOST_PARSED_DEPTH = 500;

/**
 * Deepest nesting of arrays and objects in JSON text: 0 for a bare value, 1 for `{}`, 2 for `[[]]`. One pass without
 * recursion, to be asked before `JSON.parse`. Text that is not JSON gives some number; never throws.
 */
export function jsonDepth(text: string): number {
  let depth = 0;
  let deepest = 0;
  let inString = false;
  for (let i = 0; i < text.length; i++) {
    const character = text[i];
    if (inString) {
      if (character === '\\') i++;
      else if (character === '"') inString = false;
    } else if (character === '"') inString = true;
    else if (character === '{' || character === '[') deepest = Math.max(deepest, ++depth);
    else if (character === '}' || character === ']') depth--;
  }
  return deepest;
}
