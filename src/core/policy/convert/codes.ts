/**
 * What a note means for calls. `impossible`: the other dialect cannot say it; it is left out, and calls are denied in its
 * place. `differs`: it is said, and some calls are decided differently. `same`: decided alike, written otherwise.
 */
export const CONVERSION_SEVERITIES = ['impossible', 'differs', 'same'] as const;
export type ConversionSeverity = (typeof CONVERSION_SEVERITIES)[number];

interface CodeEntry {
  readonly severity: ConversionSeverity;
  /** One line the page shows above the notes of this code. */
  readonly explanation: string;
}

const impossible = (explanation: string): CodeEntry => ({ severity: 'impossible', explanation });
const differs = (explanation: string): CodeEntry => ({ severity: 'differs', explanation });
const same = (explanation: string): CodeEntry => ({ severity: 'same', explanation });

/** Every note a conversion makes, in the order shown. Each has a case in `tests/cases/convert`. */
export const CONVERSION_CODES = {
  // PolicyLayer to Intercept.
  approval: impossible('Intercept has no approvals: a call that would wait for a person is denied.'),
  'several-conditions': impossible(
    'Intercept denies unless all conditions of a rule hold, and cannot deny only when several hold together.',
  ),
  'no-negation': impossible('Intercept has no operator for “does not match” and “does not contain”.'),
  'window-length': impossible('Intercept’s windows are a minute, an hour or a day, and nothing between.'),
  'dotted-tool': impossible('Intercept cannot name a counter of a tool whose name holds a dot.'),
  'star-tool': impossible('In Intercept `*` stands for every tool, so no tool can have that name.'),
  'global-tool': impossible('Intercept keeps the counters of all tools under the name `_global`.'),

  // Intercept to PolicyLayer.
  'counter-condition': impossible('PolicyLayer’s rules look at arguments only, never at a counter.'),
  'every-tool-rules': impossible(
    'PolicyLayer’s `all_tools` holds limits only, so tools that are not listed have no rules.',
  ),
  'every-tool-amount': impossible('PolicyLayer’s limits for all tools count calls, never an argument.'),
  'empty-field': impossible('PolicyLayer’s paths name every field; none may be empty.'),
  operand: impossible('JSON has no way to write this value, or PolicyLayer does not read it.'),

  // Both ways.
  'counter-scope': differs('PolicyLayer counts each grant or session by itself, Intercept all callers together.'),
  'roll-back': differs(
    'PolicyLayer returns what a failed call took, to the window it was taken from; Intercept only after a JSON-RPC error, from whatever the counter holds by then.',
  ),
  amounts: differs(
    'Intercept cuts fractions off amounts and lets negative ones lower a counter; PolicyLayer does neither.',
  ),
  'number-text': differs(
    'The dialects print large and small numbers differently, which counts where one is compared with text.',
  ),
  'check-order': differs('Amounts that cannot be counted are refused before other limits are looked at, or after.'),

  // PolicyLayer to Intercept.
  'argument-left-out': differs(
    'A condition on a missing argument is false, so its opposite denies calls without the argument.',
  ),
  'fraction-sums': differs(
    'Sums of fractions are rounded a little with every call; Intercept counts in whole numbers.',
  ),

  // Intercept to PolicyLayer.
  'joined-names': differs('Intercept joins the names of tool and counter, so two limits may meet in one counter.'),
  'counter-bounds': differs(
    'Intercept looks at a counter before the call and again after it; PolicyLayer has one max.',
  ),
  'falling-counter': differs('PolicyLayer’s counters only rise, so an increment below 0 cannot be written.'),
  'large-max': differs('PolicyLayer’s max ends at 2^53 − 1, Intercept’s at 2^63 − 1.'),

  // Decided alike.
  'own-words': same('A denial that the policy has no text for is told in the gateway’s own words.'),
  'rule-names': same(
    'PolicyLayer names rules by their conditions; Intercept’s names are kept where a message shows them.',
  ),
  'blank-counter': same('PolicyLayer’s counters have a name with a visible character.'),
  comments: same('JSON has no comments, so they are left out.'),
  'no-effect': same('What changes no decision is left out.'),
  'never-reached': same('What stands behind a rule that denies every call is left out.'),
} as const satisfies Record<string, CodeEntry>;

/** A code of the table above. */
export type ConversionCode = keyof typeof CONVERSION_CODES;
