import type { Diagnostic } from '../../core/diagnostic.ts';

/** What is wrong with a field, in the words of the check. */
export type Problem = Pick<Diagnostic, 'severity' | 'message'>;
