import { expect, test } from 'vitest';
import { EXAMPLES } from '../../../src/core/catalogue/examples.ts';
import { TOOL_NAMES } from '../../../src/core/catalogue/tools.ts';
import { codesOf, read, readYaml } from './read.ts';

/** What is remarked on in each policy of the gallery; nothing in all others. */
const REMARKS: Readonly<Record<string, readonly string[]>> = {
  // It shows what happens without the rule, so both remarks are what it is about.
  'dodged-rule': ['no-limit', 'argument-left-out'],
  // It shows that a negative amount is denied by the limit alone.
  'spend-cap': ['negative-denied'],
  // It is written in short forms throughout.
  'session-shorthand': ['shorthand', 'shorthand', 'shorthand', 'shorthand'],
};

/** Full of mistakes on purpose; its errors keep anything else from being looked at. */
const BROKEN = 'mistakes';

test.each(EXAMPLES.map(({ name, dialect, policyText }) => ({ name, dialect, policyText })))(
  '$name has the remarks it deserves and no others',
  ({ name, dialect, policyText }) => {
    const { diagnostics, policy } =
      dialect === 'intercept' ? readYaml(policyText, TOOL_NAMES) : read(policyText, TOOL_NAMES);
    const codes = diagnostics.map(({ code }) => code);
    if (name === BROKEN) expect(policy).toBeNull();
    else expect(codes).toEqual(REMARKS[name] ?? []);
  },
);

test('every example that is excused is in the gallery', () => {
  const names = EXAMPLES.map(({ name }) => name);
  expect(names).toEqual(expect.arrayContaining([BROKEN, ...Object.keys(REMARKS)]));
});

test('the mistakes to learn from are errors and comments', () => {
  const text = EXAMPLES.find(({ name }) => name === BROKEN)?.policyText ?? '';
  expect(new Set(codesOf(read(text, TOOL_NAMES)))).toEqual(
    new Set([
      'comment',
      'bad-path',
      'unknown-field',
      'wrong-operand',
      'unknown-choice',
      'repeated-counter',
      'bad-pattern',
      'reason-without-action',
    ]),
  );
});
