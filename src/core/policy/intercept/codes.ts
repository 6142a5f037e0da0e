/** Every remark the Intercept reader makes; each has its reason in `explanations.ts`. */
export const INTERCEPT_CODES = [
  'yaml-syntax',
  'yaml-duplicate-key',
  'yaml-documents',
  'yaml-alias',
  'yaml-type',
  'intercept-version',
  'intercept-default',
  'intercept-hide',
  'intercept-rule',
  'intercept-rate-limit',
  'intercept-condition',
  'intercept-state',
  'intercept-counter',
  'intercept-never-counts',
  'intercept-number-text',
  'intercept-unknown-field',
] as const;

/** One of them. */
export type InterceptCode = (typeof INTERCEPT_CODES)[number];
