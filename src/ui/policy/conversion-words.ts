import type { Diagnostic } from '../../core/diagnostic.ts';
import type { ConversionSeverity } from '../../core/policy/convert/codes.ts';
import type { Dialect } from '../../core/policy/model.ts';
import type { LocatedNotes } from '../../../workers/engine-api.ts';
import { countOf } from '../kit/format-number.ts';

/** The dialects as they are called. */
export const DIALECT_NAMES = { policylayer: 'PolicyLayer', intercept: 'Intercept' } as const;

/** The headings notes stand under, the worst first. */
export const NOTE_HEADINGS: readonly { readonly severity: ConversionSeverity; readonly title: string }[] = [
  { severity: 'impossible', title: 'Cannot be expressed' },
  { severity: 'differs', title: 'Decided differently' },
  { severity: 'same', title: 'Changed in form' },
];

/** What the notes come to, in a sentence or two. */
export function conversionSentence(groups: readonly LocatedNotes[], to: Dialect): string {
  const total = (severity: ConversionSeverity): number =>
    groups.filter((group) => group.severity === severity).reduce((sum, { count }) => sum + count, 0);
  const [impossible, differs] = [total('impossible'), total('differs')];
  if (impossible + differs === 0) return `Every call is decided alike in ${DIALECT_NAMES[to]}.`;
  const parts = [
    impossible > 0 ? `${countOf(impossible, 'place')} cannot be expressed: calls are denied there instead.` : '',
    differs > 0 ? `${countOf(differs, 'place')} may be decided differently.` : '',
  ];
  return parts.filter(Boolean).join(' ');
}

/** Why a text with errors is not converted. */
export function refusalSentence(diagnostics: readonly Diagnostic[]): string {
  const errors = diagnostics.filter(({ severity }) => severity === 'error').length;
  return `The policy has ${countOf(errors, 'error')}, so what it decides is not known. Correct it, then convert it.`;
}
