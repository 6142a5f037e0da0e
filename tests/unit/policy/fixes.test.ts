import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Diagnostic } from '../../../src/core/diagnostic.ts';
import type { Policy, ToolPolicy } from '../../../src/core/policy/model.ts';
import { policyDocument } from './arbitrary-policy.ts';
import { applyFix, policyOf, read } from './read.ts';

/** The document as a person might have written it: on one line, spread out, with tabs or Windows line ends. */
const documentText = fc
  .tuple(policyDocument, fc.constantFrom('', '  ', '\t'), fc.boolean())
  .map(([document, indent, crlf]) => {
    const text = JSON.stringify(document, null, indent);
    return crlf ? text.replaceAll('\n', '\r\n') : text;
  });

/** What a tool decides, whatever place of the document says so. */
function meaning({ rules, limits, approval }: ToolPolicy): unknown {
  return {
    rules: rules.map(({ kind, rule, onDeny, conditions }) => ({
      kind,
      rule,
      onDeny,
      conditions: conditions.map(({ path, op, value }) => ({ path, op, value })),
    })),
    limits: limits.map(({ pointer: _, ...limit }) => limit),
    approval,
  };
}

function meanings({ tools, everyTool, hide }: Policy): unknown {
  return {
    tools: [...tools].map(([name, tool]) => [name, meaning(tool)]),
    everyTool: everyTool && meaning(everyTool),
    hide: hide.map(({ name }) => name),
  };
}

function shorthandsOf(text: string): readonly Diagnostic[] {
  return read(text).diagnostics.filter(({ code }) => code === 'shorthand');
}

test('the rewrite of a short form decides the same, under the same rule names', () => {
  let rewritten = 0;
  fc.assert(
    fc.property(documentText, (text) => {
      const before = shorthandsOf(text);
      for (const { fixes = [] } of before) {
        expect(fixes).toHaveLength(1);
        for (const fix of fixes) {
          rewritten++;
          const after = applyFix(text, fix);
          expect(shorthandsOf(after).length).toBeLessThan(before.length);
          expect(meanings(policyOf(after))).toEqual(meanings(policyOf(text)));
        }
      }
    }),
    { numRuns: 100 },
  );
  expect(rewritten).toBeGreaterThan(50);
});

test('every fix of a warning leaves strict JSON without that warning', () => {
  fc.assert(
    fc.property(documentText, (text) => {
      const { diagnostics } = read(text, ['create_escrow', 'guard_tool', 'guard_input']);
      for (const { code, pointer, fixes = [] } of diagnostics) {
        for (const fix of fixes) {
          const after = applyFix(text, fix);
          expect(() => JSON.parse(after) as unknown).not.toThrow();
          const left = read(after, ['create_escrow', 'guard_tool', 'guard_input']).diagnostics;
          const same = (all: typeof left) => all.filter((each) => each.code === code).length;
          expect(same(left), `${code} ${pointer}`).toBeLessThan(same(diagnostics));
        }
      }
    }),
    { numRuns: 100 },
  );
});

test('comments and trailing commas go one by one until the text is strict JSON', () => {
  let text =
    '{ // a\n "version": "1", /* b */ "default": "deny",\n "tools": { "x": { "limits": [ /* c */ ], }, }, // d\n}';
  const before = policyOf(text);
  for (let step = 0; step < 7; step++) {
    const fix = read(text).diagnostics.find(({ severity }) => severity === 'warning')?.fixes?.[0];
    if (fix) text = applyFix(text, fix);
  }
  expect(() => JSON.parse(text) as unknown).not.toThrow();
  expect(policyOf(text)).toEqual(before);
});

test.each([
  [
    '{"version":"1","default":"deny","tools":{"x":{"action":"deny"}}}',
    '{"version":"1","default":"deny","tools":{"x":{"deny_if":[{"conditions":[]}]}}}',
  ],
  [
    '{"version":"1","default":"deny","tools":{"x":{"reason":"r","limits":[],"action":"deny"}}}',
    '{"version":"1","default":"deny","tools":{"x":{"limits":[],"deny_if":[{"conditions":[],"on_deny":"r"}]}}}',
  ],
  [
    '{\n\t"version": "1",\n\t"default": "deny",\n\t"tools": {\n\t\t"x": {\n\t\t\t"rate_limit": { "max": 5, "window": 60 }\n\t\t}\n\t}\n}',
    '{\n\t"version": "1",\n\t"default": "deny",\n\t"tools": {\n\t\t"x": {\n\t\t\t"limits": [\n\t\t\t\t{\n\t\t\t\t\t"counter": "rate_limit",\n\t\t\t\t\t"window": "minute",\n\t\t\t\t\t"max": 5,\n\t\t\t\t\t"scope": "session"\n\t\t\t\t}\n\t\t\t]\n\t\t}\n\t}\n}',
  ],
  [
    '{ "version": "1", "default": "deny", "tools": { "x": { "action": "allow" } } }',
    '{ "version": "1", "default": "deny", "tools": { "x": {} } }',
  ],
])('%s is rewritten in its own style', (text, rewritten) => {
  const fix = read(text).diagnostics[0]?.fixes?.[0];
  expect(fix && applyFix(text, fix)).toBe(rewritten);
});

test('a fix puts a new member into an empty object on lines of its own', () => {
  const text = '{\n  "default": "deny",\n  "tools": { "x": { "deny_if": [\n    {}\n  ] } }\n}';
  const fixes = read(text).diagnostics.flatMap(({ fixes: offered = [] }) => offered);
  expect(fixes.map((fix) => applyFix(text, fix))).toEqual([
    `{\n  "version": "1",\n  ${text.slice(4)}`,
    text.replace('{}', '{\n      "conditions": []\n    }'),
  ]);
});

test('a reason without an action can be moved to every rule and limit that has no words yet', () => {
  const tool = {
    reason: 'not today',
    deny_if: [{ conditions: [], on_deny: 'no' }, { conditions: [] }],
    limits: [{ counter: 'a', window: 'day', max: 5 }],
  };
  const text = JSON.stringify({ version: '1', default: 'deny', tools: { x: tool } });
  const fixes = read(text).diagnostics.flatMap(({ fixes: offered = [] }) => offered);
  const moved = fixes.map((fix) => policyOf(applyFix(text, fix)).tools.get('x'));
  expect(fixes.map(({ title }) => title)).toEqual([
    'Move it to `deny_if/1` as `on_deny`',
    'Move it to `limits/0` as `on_deny`',
  ]);
  expect(moved.map((each) => [each?.rules[1]?.onDeny, each?.limits[0]?.onDeny])).toEqual([
    ['not today', null],
    [null, 'not today'],
  ]);
});
