import type { Severity } from '../diagnostic.ts';

/**
 * Every remark made while a `policylayer` text is read, with its severity; for what a policy does see `LINT_CODES`. Each
 * has a case in `tests/cases/policy` and its reason in `explanations.ts`.
 */
export const POLICY_CODES = {
  // The text is not JSON.
  'empty-document': 'error',
  'not-a-value': 'error',
  'missing-quotes': 'error',
  'missing-comma': 'error',
  'extra-comma': 'error',
  'missing-colon': 'error',
  'missing-value': 'error',
  'missing-name': 'error',
  'unexpected-text': 'error',
  'unclosed-bracket': 'error',
  'wrong-bracket': 'error',
  'unclosed-text': 'error',
  'unclosed-comment': 'error',
  'bad-escape': 'error',
  'control-character': 'error',
  'nested-too-deep': 'error',
  'too-many-mistakes': 'error',
  comment: 'warning',
  'trailing-comma': 'warning',

  // The JSON is not a policy.
  'duplicate-name': 'error',
  'number-too-large': 'error',
  'number-rounded': 'warning',
  'wrong-type': 'error',
  'unknown-field': 'error',
  'missing-field': 'error',
  'wrong-version': 'error',
  'unknown-choice': 'error',
  'blank-name': 'error',
  'repeated-hide': 'error',
  'bad-path': 'error',
  'bad-pattern': 'error',
  'wrong-operand': 'error',
  'bad-max': 'error',
  'bad-window': 'error',
  'bad-increment': 'error',
  'repeated-counter': 'error',
  'increment-twice': 'error',
  'increment-from-in-all-tools': 'error',
  'reason-without-action': 'error',
  'reader-not-loaded': 'error',
} as const satisfies Record<string, Severity>;

/** A code of the table above. */
export type PolicyCode = keyof typeof POLICY_CODES;
