import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { pointerSegments } from '../../../src/core/policy/pointer.ts';
import { mayHavePatterns, parsePolicy, recognizeDialect } from '../../../src/core/policy/parse.ts';
import { compilePattern } from '../../../src/core/policy/pattern.ts';
import { readIntercept } from '../../../src/core/policy/read-intercept.ts';
import type { ParseResult } from '../../../src/core/policy/reader.ts';
import { policyDocument } from './arbitrary-policy.ts';
import { codesOf, errorsOf, read } from './read.ts';

const SEED = '{ "version": "1", "default": "deny", "tools": { "create_escrow": {} } }';

describe('the dialect of a text', () => {
  test.each([
    '',
    '  \n',
    '{',
    '\ufeff{}',
    '[]',
    ' // c\n{',
    '/* a */ /* b */\t[',
    '//',
    '/*',
    '"x"',
    '"a\\":"',
    '42',
    '-1.5e3',
    'null',
    'true\n',
  ])('%j starts like JSON', (text) => expect(recognizeDialect(text)).toBe('policylayer'));
  test.each([
    'version: "1"',
    '# c\nversion: "1"',
    '---\n',
    '- a',
    '"version": "1"',
    '"version" : "1"',
    'null: 1',
    '42: x',
    '/ x',
    '// c\nversion: "1"',
    "'{'",
    'true story',
  ])('%j does not', (text) => expect(recognizeDialect(text)).toBe('intercept'));

  test('an explicit choice wins', () => {
    const yaml = 'version: "1"\n';
    const asJson = parsePolicy(yaml, { dialect: 'policylayer', compilePattern });
    expect([asJson.dialect, asJson.policy]).toEqual(['policylayer', null]);
    const asYaml = parsePolicy(SEED, { dialect: 'intercept', compilePattern, readers: { intercept: readIntercept } });
    expect([asYaml.dialect, asYaml.policy?.dialect]).toEqual(['intercept', 'intercept']);
  });

  test('Intercept policies go to their reader', () => {
    const text =
      'version: "1"\ndefault: deny\nhide: [a]\ntools:\n  x:\n    rules:\n      - { name: r, rate_limit: 5/hour }\n';
    const options = { dialect: 'auto', compilePattern, readers: { intercept: readIntercept } } as const;
    const result = parsePolicy(text, options);
    expect(result.policy?.tools.get('x')?.limits).toHaveLength(1);
    expect(result.anchors().map(({ kind, pointer, rule }) => [kind, pointer, rule])).toEqual([
      ['hide', 'hide[0]', '(hidden)'],
      ['default', 'default', '(default deny)'],
      ['tool', 'tools.x', ''],
      ['rule', 'tools.x.rules[0]', 'r'],
      ['limit', 'tools.x.rules[0]', 'r'],
    ]);
  });
});

test('patterns are expected wherever the operator could be spelt', () => {
  expect(mayHavePatterns(SEED)).toBe(false);
  for (const text of ['"op": "regex"', '"op": "reg\\u0065x"', 'op: "\\x72egex"'])
    expect(mayHavePatterns(text)).toBe(true);
});

describe('any text', () => {
  const known = ['create_escrow', 'guard_tool'];

  function check(text: string, result: ParseResult): void {
    expect(result.policy === null).toBe(result.diagnostics.some(({ severity }) => severity === 'error'));
    for (const { range, pointer } of result.diagnostics) {
      expect(range.start).toBeGreaterThanOrEqual(0);
      expect(range.end).toBeGreaterThanOrEqual(range.start);
      expect(range.end).toBeLessThanOrEqual(text.length);
      expect(pointerSegments(pointer)).not.toBeNull();
    }
    for (const { pointer, range } of result.anchors()) expect(result.locate(pointer)).toEqual(range);
  }

  test('is read without a throw', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.json(),
      fc.string({ unit: fc.constantFrom(...'{}[]",:\\/*- \n\'1a\u0000e.') }),
    );
    fc.assert(
      fc.property(text, (source) => {
        check(source, read(source, known));
        parsePolicy(source, { dialect: 'auto', compilePattern });
      }),
      { numRuns: 2000 },
    );
  });

  test('that was a policy and lost or gained a piece is read without a throw', () => {
    const damaged = fc
      .tuple(policyDocument, fc.nat(), fc.nat(5), fc.string({ maxLength: 3 }), fc.boolean())
      .map(([document, at, length, piece, pretty]) => {
        const text = JSON.stringify(document, null, pretty ? 2 : undefined);
        const start = at % (text.length + 1);
        return text.slice(0, start) + piece + text.slice(start + length);
      });
    fc.assert(
      fc.property(damaged, (source) => check(source, read(source, known))),
      { numRuns: 500 },
    );
  });

  test('points at members that are there, or at what is missing from one that is', () => {
    fc.assert(
      fc.property(policyDocument, fc.jsonValue(), fc.nat(), (document, junk, at) => {
        const values = JSON.stringify(document).split(':');
        values.splice(1 + (at % values.length), 1, `${JSON.stringify(junk)},"zzz"`);
        const result = read(values.join(':'));
        for (const { pointer } of result.diagnostics) {
          const parent = pointer.slice(0, Math.max(0, pointer.lastIndexOf('/')));
          expect(result.locate(pointer) ?? result.locate(parent)).not.toBeNull();
        }
      }),
    );
  });

  test.each([
    ['brackets', '['.repeat(1_000_000), 'nested-too-deep'],
    ['objects', '{"a":'.repeat(200_000), 'nested-too-deep'],
    ['quotes', '"'.repeat(1_000_001), 'unexpected-text'],
    ['letters', `"${'a'.repeat(1_000_000)}`, 'unclosed-text'],
    ['commas', `[${','.repeat(1_000_000)}]`, 'extra-comma'],
    ['words', `[${'a '.repeat(500_000)}]`, 'too-many-mistakes'],
    ['blanks', ' '.repeat(1_048_576), 'empty-document'],
    ['comments', `${'/**/'.repeat(1000)}{`, 'unclosed-bracket'],
  ])('of many %s is refused', (_name, text, code) => {
    expect(codesOf(read(text))).toContain(code);
  });
});

describe('large policies', () => {
  test('1 MiB is read whole', () => {
    const limits = Array.from({ length: 12_000 }, (_, at) => ({
      counter: `counter_${at}`,
      window: 'hour',
      max: at + 1,
      on_deny: 'later',
    }));
    const policy = JSON.stringify({ version: '1', default: 'deny', tools: { create_escrow: { limits } } });
    const text = policy.padEnd(1_048_576);
    expect(read(text).policy?.tools.get('create_escrow')?.limits).toHaveLength(12_000);
  });

  test('5,000 tools are read, with a place for each', () => {
    const tools = Object.fromEntries(
      Array.from({ length: 5000 }, (_, at) => [`tool_${at}`, { rate_limit: { max: 1, window: 60 } }]),
    );
    const result = read(JSON.stringify({ version: '1', default: 'deny', tools }, null, 2));
    expect(result.policy?.tools.size).toBe(5000);
    expect(result.anchors()).toHaveLength(10_001);
    expect(codesOf(result)).toEqual(Array<string>(5000).fill('shorthand'));
  });

  test('every one of 50,000 unknown fields is reported, the first ones with a suggestion', () => {
    const fields = Object.fromEntries(Array.from({ length: 50_000 }, (_, at) => [`toolz${at}`, 1]));
    const result = read(JSON.stringify({ version: '1', default: 'deny', ...fields, tols: {} }));
    expect(errorsOf(result)).toHaveLength(50_001);
  });
});

describe('places', () => {
  const text =
    '{\n  "version": "1", "default": "deny", "hide": ["a", "b"],\n  "tools": { "x/y": { "action": "deny" } }\n}';
  const result = read(text);
  const at = (pointer: string) => {
    const range = result.locate(pointer);
    return range === null ? null : text.slice(range.start, range.end);
  };

  test('are members with their names, elements without, and the whole', () => {
    expect(at('')).toBe(text);
    expect(at('/default')).toBe('"default": "deny"');
    expect(at('/hide/1')).toBe('"b"');
    expect(at('/tools/x~1y')).toBe('"x/y": { "action": "deny" }');
    expect(at('/tools/x~1y/action')).toBe('"action": "deny"');
  });

  test.each([
    '/nope',
    '/hide/2',
    '/hide/-1',
    '/hide/01',
    '/hide/a',
    '/version/0',
    'default',
    '/tools/x/y',
    '/toString',
  ])('%s is none', (pointer) => expect(result.locate(pointer)).toBeNull());

  test('of everything that decides are listed', () => {
    expect(result.anchors().map(({ kind, pointer, rule, tool }) => [kind, pointer, rule, tool])).toEqual([
      ['hide', '/hide/0', '(hidden)', 'a'],
      ['hide', '/hide/1', '(hidden)', 'b'],
      ['default', '/default', '(default deny)', ''],
      ['tool', '/tools/x~1y', '', 'x/y'],
      ['rule', '/tools/x~1y/action', '/tools/x~1y/deny_if/always', 'x/y'],
    ]);
  });

  test('are known even while the text is broken', () => {
    const broken = read(text.slice(0, -1));
    expect(broken.policy).toBeNull();
    expect(broken.locate('/default')).toEqual(result.locate('/default'));
    expect(broken.anchors()).toEqual([]);
  });
});

test('several mistakes of JSON are reported one by one', () => {
  const text = '{\n  version: "1"\n  "default": "deny",\n  "hide": ["a",, "b"],\n  "tools": { "x": {}, }\n} end';
  expect(read(text).diagnostics.map(({ code, range }) => [code, text.slice(range.start, range.end)])).toEqual([
    ['missing-quotes', 'version'],
    ['missing-comma', '"default"'],
    ['extra-comma', ','],
    ['trailing-comma', ','],
    ['unexpected-text', 'end'],
  ]);
});

test('a byte order mark and Windows line ends are no mistake', () => {
  expect(codesOf(read(`\ufeff${SEED.replaceAll(' ', '\r\n')}`))).toEqual([]);
});

test('both of two members with one name are named', () => {
  const text =
    '{ "version": "1", "version": "1", "default": "deny", "tools": { "x": { "require": [{ "conditions": [{ "path": "args.a", "op": "eq", "value": { "k": 1, "k": 2 } }] }] } } }';
  expect(errorsOf(read(text))).toEqual([
    ['duplicate-name', '/version'],
    ['duplicate-name', '/tools/x/require/0/conditions/0/value/k'],
  ]);
});
