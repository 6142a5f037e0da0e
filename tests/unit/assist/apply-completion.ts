import type { Completion } from '../../../src/core/policy/assist/completion.ts';

/** A text with its caret marked by `|`. */
export function caretIn(marked: string): { readonly text: string; readonly offset: number } {
  const offset = marked.indexOf('|');
  return { text: marked.slice(0, offset) + marked.slice(offset + 1), offset };
}

/** A snippet as text: stops with their words, or empty. */
export function plainText(snippet: string): string {
  return snippet.replace(/\\([\\$}])|\$\{\d+:((?:\\.|[^}\\])*)\}|\$\d+/g, (_all, escaped?: string, words?: string) => {
    return escaped ?? (words ?? '').replace(/\\(.)/g, '$1');
  });
}

/** The text after accepting a completion as the editor does it: later lines are indented as the caret's line is. */
export function accept(text: string, { range, insert, before }: Completion): string {
  const lineStart = text.lastIndexOf('\n', range.start - 1) + 1;
  const indent = /^ */.exec(text.slice(lineStart))?.[0] ?? '';
  const inserted = plainText(insert).replaceAll('\n', `\n${indent}`);
  const after = text.slice(0, range.start) + inserted + text.slice(range.end);
  return before === null ? after : after.slice(0, before.range.start) + before.text + after.slice(before.range.end);
}
