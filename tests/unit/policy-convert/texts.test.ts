import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BLANK } from '../../../src/core/policy/blank.ts';
import { convertPolicy } from '../../../src/core/policy/convert/convert.ts';
import { formatJson, type JsonPart } from '../../../src/core/policy/convert/json-text.ts';
import { comparesAlike, toOperand } from '../../../src/core/policy/convert/operands.ts';
import { SEED_POLICY_TEXT } from '../../../src/core/catalogue/seed.ts';
import { policyOf } from './decide.ts';

/** Texts that YAML, of either age, could take for something else. */
const ODD = [
  '',
  ' ',
  'y',
  'no',
  '017',
  '0b1',
  '1_000',
  '2001-01-01',
  '<<',
  '=',
  '~',
  'null',
  '# no',
  '- a',
  'a: b',
  '---',
  '*',
  '&a',
  '!t',
  '|',
  '%',
  '@',
  '`',
];
const anyText = fc.oneof(
  fc.constantFrom(...ODD),
  fc.string(),
  fc.string({ unit: 'binary' }),
  fc.string({
    unit: fc.constantFrom('\n', '\r', ' ', '\t', '\u0085', '\u2028', '\ufeff', '\ud800', 'a', '"', '\\', ':'),
  }),
);
const visible = anyText.filter((text) => !BLANK.test(text));

describe('any text', () => {
  test('survives as name, counter, message, value and description, there and back', () => {
    fc.assert(
      fc.property(anyText, visible, visible, anyText, anyText, (description, hidden, counter, onDeny, value) => {
        fc.pre(![hidden, counter].some((name) => name === '*' || name.includes('.')));
        const conditions = [{ path: `args.${counter}`, op: 'eq', value: { [value]: [value] } }];
        const document = {
          version: '1',
          default: 'deny',
          description,
          hide: [hidden],
          tools: {
            [hidden]: { require: [{ conditions, on_deny: onDeny }], limits: [{ counter, window: 'day', max: 3 }] },
          },
        };
        const yaml = policyOf(
          convertPolicy(policyOf(JSON.stringify(document), 'policylayer'), 'intercept').text,
          'intercept',
        );
        const json = policyOf(convertPolicy(yaml, 'policylayer').text, 'policylayer');
        for (const policy of [yaml, json]) {
          const tool = policy.tools.get(hidden);
          expect(policy).toMatchObject({ description, hide: [{ name: hidden }] });
          expect(tool?.rules[0]).toMatchObject({
            conditions: [{ path: `args.${counter}`, value: { [value]: [value] } }],
          });
          expect(tool?.limits[0]).toMatchObject({ counter, max: 3 });
        }
        expect(yaml.tools.get(hidden)?.rules[0]?.onDeny).toBe(onDeny === '' ? null : onDeny);
      }),
      { seed: 3, numRuns: 600 },
    );
  });

  test('a name longer than YAML’s plain keys may be', () => {
    const tools = { ['x'.repeat(3000)]: { limits: [{ counter: 'c', window: 'day', max: 1 }] } };
    const source = policyOf(JSON.stringify({ version: '1', default: 'allow', tools }), 'policylayer');
    expect([...policyOf(convertPolicy(source, 'intercept').text, 'intercept').tools.keys()]).toEqual(
      Object.keys(tools),
    );
  });
});

describe('JSON text', () => {
  test('numbers read back the same, with every digit', () => {
    expect(formatJson([-0, 2 ** 63, 1e21, 0.1, -5])).toBe(
      '[\n  -0,\n  9223372036854775808,\n  1e+21,\n  0.1,\n  -5\n]',
    );
  });

  test('members keep their order, whatever their names; what is empty takes one line', () => {
    const value = new Map<string, readonly []>([
      ['b', []],
      ['1', []],
      ['__proto__', []],
    ]);
    expect(
      formatJson(
        new Map<string, JsonPart>([
          ['a', {}],
          ['value', value],
        ]),
      ),
    ).toBe('{\n  "a": {},\n  "value": {\n    "b": [],\n    "1": [],\n    "__proto__": []\n  }\n}');
  });
});

describe('values compared as text', () => {
  test.each([
    ['eq', 5, true],
    ['eq', '5', true],
    ['eq', 'order 12345678', true],
    ['eq', '12345678x', true],
    ['eq', 1_000_000, true],
    ['eq', '1000000', false],
    ['eq', '1e+06', false],
    ['eq', 1_234_567.5, false],
    ['eq', -0, true],
    ['eq', [1_000_000], false],
    ['neq', '[a 1000000]', false],
    ['contains', '1e+07', false],
    ['in', ['a', 1], true],
    ['not_in', ['a', '1000000'], false],
    ['lt', 1e19, true],
  ] as const)('%s %j is decided alike by both: %s', (op, value, expected) => {
    expect(comparesAlike(op, value, toOperand(value))).toBe(expected);
  });
});

test('the policy people start from, in Intercept’s words', () => {
  expect(convertPolicy(policyOf(SEED_POLICY_TEXT, 'policylayer'), 'intercept').text).toBe(
    `version: "1"
default: deny
tools:
  issue_audit_ticket:
    rules:
      - name: limits/issue_audit_ticket_rate
        conditions:
          - path: state.issue_audit_ticket.issue_audit_ticket_rate
            op: lte
            value: 30
        state:
          counter: issue_audit_ticket_rate
          window: minute
`,
  );
});
