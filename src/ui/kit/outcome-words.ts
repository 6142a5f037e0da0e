import type { ShownOutcome } from '../../core/simulator/columns.ts';

/** The one word for each outcome, wherever it is shown. */
export const OUTCOME_WORD: Readonly<Record<ShownOutcome, string>> = {
  allow: 'Allowed',
  deny: 'Denied',
  approval: 'Approval',
  hidden: 'Hidden',
};

/** Custom property that holds an outcome's colour: `color: ${OUTCOME_COLOUR.allow}`. */
export const OUTCOME_COLOUR: Readonly<Record<ShownOutcome, string>> = {
  allow: 'var(--allow)',
  deny: 'var(--deny)',
  approval: 'var(--approval)',
  hidden: 'var(--hidden)',
};
