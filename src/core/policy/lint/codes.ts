import type { Severity } from '../../diagnostic.ts';

/**
 * Every remark on what a policy without errors does, in either dialect, with its severity: a warning where something is
 * probably wrong, a note for advice. Each has a case in `tests/cases/policy` and its reason in `explanations.ts`.
 */
export const LINT_CODES = {
  // Tools.
  'unknown-tool': 'warning',
  'star-tool': 'warning',
  'hidden-and-listed': 'warning',
  'nothing-allowed': 'warning',
  'hide-everything': 'warning',
  'no-limit': 'note',
  shorthand: 'note',

  // Rules.
  'argument-left-out': 'warning',
  'unknown-argument': 'warning',
  'never-holds': 'warning',
  'always-holds': 'warning',
  contradiction: 'warning',
  'never-reached': 'warning',
  'unanchored-pattern': 'warning',
  'case-sensitive': 'note',

  // Limits.
  'max-zero': 'warning',
  'increment-over-max': 'warning',
  'never-binds': 'warning',
  'counted-apart': 'note',
  'spend-uncounted': 'warning',
  'negative-denied': 'note',
  'negative-counted': 'warning',
} as const satisfies Record<string, Severity>;

/** A code of the table above. */
export type LintCode = keyof typeof LINT_CODES;
