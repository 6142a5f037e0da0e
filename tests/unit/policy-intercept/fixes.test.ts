import fc from 'fast-check';
import { expect, test } from 'vitest';
import { TOOL_NAMES } from '../../../src/core/catalogue/tools.ts';
import { applyFix, readYaml } from '../policy/read.ts';

/** Rules with something to remark on, each as lines of a block and in one line of braces. */
const RULES = [
  ['- name: few # a minute', '  rate_limit: 5/minute'],
  ['- { name: short, rate_limit: 60/hour }'],
  ['- name: closed', '  action: deny', '  # nobody'],
  ['- name: typo', '  conditions:', "    - path: 'args.amont'", '      op: lte', '      value: 5'],
  ['- { name: pattern, conditions: [{ path: args.task, op: regex, value: "a|b" }] }'],
  ['- name: pattern', '  conditions: # text', '    - { path: args.task, op: regex, value: pay }'],
  ['- name: cap', '  conditions:', '    - { path: args.amount, op: lte, value: 10 }'],
  ['- name: cap again', '', '  conditions: [{ path: args.amount, op: lte, value: 100 }]'],
  [
    '- name: budget',
    '  conditions:',
    '    - { path: state.TOOL.spend, op: lte, value: 500 }',
    '  state:',
    '    counter: spend',
    '    window: day',
  ],
  [
    '- name: cap on money',
    '  conditions: [{ path: state.TOOL.sum, op: lte, value: 500 }]',
    '  state: { counter: sum, window: day, increment_from: args.amount }',
  ],
];
const TOOLS = ['create_escrow', 'create_escow', '"register_agent"', 'activate_kill_switch'];

const tool = fc
  .tuple(fc.uniqueArray(fc.constantFrom(...RULES), { maxLength: 4 }), fc.constantFrom('', ' {}', ' # later'))
  .map(([rules, nothing]) => ({ rules, nothing }));

const document = fc
  .tuple(
    fc.uniqueArray(fc.constantFrom(...TOOLS), { minLength: 1 }),
    fc.array(tool, { minLength: 4, maxLength: 4 }),
    fc.constantFrom(
      [],
      ['hide: [create_escrow, guard_tool] # not these'],
      ['hide:', '  - create_escrow', '  - guard_inptu'],
    ),
    fc.constantFrom('\n', '\r\n'),
    fc.boolean(),
  )
  .map(([names, tools, hide, newline, ends]) => {
    const lines = names.flatMap((name, index) => {
      const { rules = [], nothing = '' } = tools[index] ?? {};
      if (rules.length === 0) return [`  ${name}:${nothing}`];
      return [
        `  ${name}:`,
        '    rules:',
        ...rules.flat().map((line) => (line === '' ? '' : `      ${line.replace('TOOL', name.replaceAll('"', ''))}`)),
      ];
    });
    return (
      ['version: "1" # of the format', 'default: deny', ...hide, 'tools:', ...lines].join(newline) +
      (ends ? newline : '')
    );
  });

test('every fix leaves a policy that loads, without that remark, and every comment but those it takes out', () => {
  const fixed = new Set<string>();
  fc.assert(
    fc.property(document, (text) => {
      const { diagnostics, policy } = readYaml(text, TOOL_NAMES);
      expect(policy).not.toBeNull();
      for (const { code, fixes = [] } of diagnostics) {
        for (const fix of fixes) {
          const after = readYaml(applyFix(text, fix), TOOL_NAMES);
          const count = (all: typeof diagnostics) => all.filter((each) => each.code === code).length;
          expect(after.policy, fix.title).not.toBeNull();
          expect(count(after.diagnostics), `${code}: ${fix.title}`).toBeLessThan(count(diagnostics));
          expect(applyFix(text, fix)).toContain('# of the format');
          fixed.add(code);
        }
      }
    }),
    { numRuns: 150 },
  );
  expect([...fixed].sort()).toEqual([
    'hidden-and-listed',
    'negative-counted',
    'never-reached',
    'no-limit',
    'spend-uncounted',
    'unanchored-pattern',
    'unknown-argument',
    'unknown-tool',
  ]);
});

test('behind an alias the same text is used twice, so no fix is offered', () => {
  const text = 'version: "1"\ndefault: deny\ntools:\n  create_escrow: &a\n    rules: []\n  register_agent: *a\n';
  const { diagnostics } = readYaml(text, TOOL_NAMES);
  expect(diagnostics.map(({ code, fixes }) => [code, fixes])).toEqual([
    ['no-limit', undefined],
    ['no-limit', undefined],
  ]);
});

test.each([
  ['guard_tool', ['Remove it from `hide`']],
  ['redact_output', ['Remove it from `hide`', 'Remove its rules']],
])('rules of a hidden tool go only where no other tool asks for its counters: %s', (hidden, titles) => {
  const counted = (name: string): string =>
    `  ${name}: { rules: [{ name: n, conditions: [{ path: state.${name}.n, op: lt, value: 5 }], state: { counter: n, window: day } }] }`;
  const asking =
    '  create_escrow: { rules: [{ name: a, conditions: [{ path: state.guard_tool.n, op: lt, value: 5 }] }] }';
  const text = [`version: "1"`, `hide: [${hidden}]`, 'tools:', counted('guard_tool'), counted('redact_output'), asking];
  const { diagnostics } = readYaml(text.join('\n'), TOOL_NAMES);
  const found = diagnostics.find(({ code }) => code === 'hidden-and-listed');
  expect(found?.fixes?.map(({ title }) => title)).toEqual(titles);
});
