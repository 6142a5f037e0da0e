import type { Diagnostic } from '../diagnostic.ts';
import { fixesForError } from './lint/error-fixes.ts';
import { lintPolicy, type LintOptions } from './lint/lint.ts';
import { JsonPage } from './policylayer/page.ts';
import type { ParseResult } from './reader.ts';

/**
 * All diagnostics of a text that was read: what reading found and, when that was no error, warnings and notes on what the
 * policy does. Sorted by place. Kept apart from reading, because deciding calls need not wait for it. Never throws.
 */
export function checkPolicy(parsed: ParseResult, options: LintOptions): readonly Diagnostic[] {
  const { diagnostics, policy, written } = parsed;
  if (policy === null || written === null) return withFixes(parsed);
  return [...diagnostics, ...lintPolicy(policy, written, options)].sort(
    (a, b) => a.range.start - b.range.start || a.range.end - b.range.end,
  );
}

/** Errors that need a look at more of the text get the fixes that reading could not offer; at most so many. */
const MOST_MENDED = 100;

function withFixes({ diagnostics, written }: ParseResult): readonly Diagnostic[] {
  if (written?.dialect !== 'policylayer') return diagnostics;
  const page = new JsonPage(written);
  return diagnostics.map((diagnostic, index) => {
    if (diagnostic.fixes !== undefined || index >= MOST_MENDED) return diagnostic;
    const fixes = fixesForError(diagnostic, written, page);
    return fixes.length === 0 ? diagnostic : { ...diagnostic, fixes };
  });
}
