import type { Diagnostic } from '../diagnostic.ts';
import { lintPolicy, type LintOptions } from './lint/lint.ts';
import type { ParseResult } from './reader.ts';

/**
 * All diagnostics of a text that was read: what reading found and, when that was no error, warnings and notes on what the
 * policy does. Sorted by place. Kept apart from reading, because deciding calls need not wait for it. Never throws.
 */
export function checkPolicy(parsed: ParseResult, options: LintOptions): readonly Diagnostic[] {
  const { diagnostics, policy, written } = parsed;
  if (policy === null || written === null) return diagnostics;
  return [...diagnostics, ...lintPolicy(policy, written, options)].sort(
    (a, b) => a.range.start - b.range.start || a.range.end - b.range.end,
  );
}
