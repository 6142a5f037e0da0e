/** Every remark the Intercept reader makes, with one line a person can read beside it. */
export const INTERCEPT_CODES = {
  'yaml-syntax': 'The text is not YAML that can be read.',
  'yaml-duplicate-key': 'A name stands twice in one mapping, so one of the two would be lost.',
  'yaml-documents': 'A policy is one YAML document; everything after `---` would be ignored.',
  'yaml-alias': 'An alias must name an anchor written before it, and 100 aliases are the most that are followed.',
  'yaml-type': 'Intercept cannot load a value of this kind here.',
  'intercept-version': 'Intercept reads version 1 only.',
  'intercept-default': 'A tool that is not listed is allowed or denied; there is no third way.',
  'intercept-hide': 'Each hidden tool is named once, and never by an empty name.',
  'intercept-rule': 'A rule needs a name, an action Intercept knows, and conditions that go with it.',
  'intercept-rate-limit': 'The shorthand is `N/window` and stands alone in its rule.',
  'intercept-condition': 'A condition has a path, an operator and a value of the operator’s kind.',
  'intercept-state': 'A state block names a counter, a window and, if any, an argument to add up.',
  'intercept-counter': 'A condition can only read a counter that a state block of that tool keeps.',
  'intercept-never-counts': 'Intercept counts only where a rule compares its own counter with `lt` or `lte`.',
  'intercept-number-text':
    'Intercept prints numbers from 1e6 on as exponents, so this text is never equal to the number.',
  'intercept-unknown-field': 'Intercept ignores fields it does not know.',
} as const;

export type InterceptCode = keyof typeof INTERCEPT_CODES;
