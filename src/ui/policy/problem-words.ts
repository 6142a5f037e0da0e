import type { Diagnostic } from '../../core/diagnostic.ts';
import { countOf } from '../kit/format-number.ts';

/** `2 errors, 1 warning`, or `1 warning`; empty without either. Notes do not count. */
export function problemWords(diagnostics: readonly Diagnostic[]): string {
  const count = (severity: Diagnostic['severity']): number =>
    diagnostics.filter((diagnostic) => diagnostic.severity === severity).length;
  const parts = [
    [count('error'), 'error'],
    [count('warning'), 'warning'],
  ] as const;
  return parts
    .filter(([number]) => number > 0)
    .map(([number, word]) => countOf(number, word))
    .join(', ');
}

/** The problem the foot names: the first error, else the first warning. */
export function firstProblem(diagnostics: readonly Diagnostic[]): Diagnostic | undefined {
  return (
    diagnostics.find((diagnostic) => diagnostic.severity === 'error') ??
    diagnostics.find((diagnostic) => diagnostic.severity === 'warning')
  );
}
