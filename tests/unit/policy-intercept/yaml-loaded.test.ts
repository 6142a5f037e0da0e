import { describe, expect, it } from 'vitest';
import { printInline, printMember } from '../../../src/core/policy/builder/yaml-print.ts';
import { convertPolicy } from '../../../src/core/policy/convert/convert.ts';
import { formatYaml } from '../../../src/core/policy/format-yaml.ts';
import { formatValue } from '../../../src/core/engine/value-text.ts';
import { readInterceptText } from '../../../src/core/policy/intercept/read.ts';
import type { Operand } from '../../../src/core/policy/model.ts';
import { compilePattern } from '../../../src/core/policy/pattern.ts';
import { policyOf } from '../policy-convert/decide.ts';

function read(text: string): ReturnType<typeof readInterceptText> {
  return readInterceptText(text, compilePattern);
}

/** A rule that compares one argument with `value`, as written. */
function comparing(value: string): string {
  return `version: 1\ntools:\n  t:\n    rules:\n      - name: r\n        conditions:\n          - { path: args.a, op: eq, value: ${value} }\n`;
}

function operandOf(value: string): Operand | undefined {
  return read(comparing(value)).policy?.tools.get('t')?.rules[0]?.conditions[0]?.operand;
}

function counting(increment: string): string {
  return `version: 1\ntools:\n  t:\n    rules:\n      - name: r\n        conditions:\n          - { path: state.t.c, op: lte, value: 3 }\n        state: { counter: c, window: minute, increment: ${increment} }\n`;
}

describe('values as Intercept loads them', () => {
  it.each<[written: string, operand: Operand]>([
    ['9007199254740993', 9007199254740993n],
    ['-9223372036854775808', -9223372036854775808n],
    ['18446744073709551615', 18446744073709551615n],
    ['18446744073709551616', 18446744073709551616],
    ['-9223372036854775809', -9223372036854775808],
    ['1e308', 1e308],
    ['1e400', '1e400'],
    ['-1e400', '-1e400'],
    [`1${'0'.repeat(400)}`, `1${'0'.repeat(400)}`],
    ['.inf', Infinity],
    ['-.Inf', -Infinity],
    ['0xFFFFFFFFFFFFFFFF', 0xffffffffffffffffn],
    ['0x10000000000000000', '0x10000000000000000'],
  ])('%s', (written, operand) => {
    expect(operandOf(written)).toBe(operand);
  });

  it.each([
    ['{ 1.0: x }', 'map[1:x]'],
    ['{ 1e3: x, 0x10: y }', 'map[1000:x 16:y]'],
    ['{ ~: x }', 'map[<nil>:x]'],
    ['{ true: { "1.0": z } }', 'map[true:map[1.0:z]]'],
  ])('%s prints as %s', (written, printed) => {
    expect(formatValue(operandOf(written) ?? null, 'float')).toBe(printed);
  });

  it.each<[increment: string, amount: object | null]>([
    ['9007199254740991', { kind: 'static', value: 9007199254740991 }],
    ['9223372036854775807', { kind: 'static', value: 2 ** 63 - 1024, exact: 2n ** 63n - 1n }],
    ['-9223372036854775808', { kind: 'static', value: -(2 ** 63), exact: -(2n ** 63n) }],
    ['-0.5', { kind: 'static', value: 1 }],
    ['9223372036854775808', null],
    ['1e19', null],
    ['.nan', null],
    ['"3"', null],
  ])('increment %s', (increment, amount) => {
    expect(read(counting(increment)).policy?.tools.get('t')?.limits[0]?.amount ?? null).toEqual(amount);
  });
});

describe('names as Intercept loads them', () => {
  it('leaves out a tool whose name is null', () => {
    const policy = read('version: 1\ntools:\n  ~: { rules: [] }\n  a: {}\n').policy;
    expect([...(policy?.tools.keys() ?? [])]).toEqual(['a']);
  });

  it.each(['tools:\n  [a]: {}\n', 'tools:\n  ? { a: b }\n  : {}\n', '[a]: 1\n', 'tools:\n  t:\n    [rules]: []\n'])(
    'refuses a name that is no single value: %j',
    (text) => {
      const { policy, diagnostics } = read(`version: 1\n${text}`);
      expect(policy).toBeNull();
      expect(diagnostics.map(({ code }) => code)).toContain('yaml-type');
    },
  );

  it('compares names by their text: 1 stands twice beside "1", and 0x1 is another name', () => {
    expect(read('version: 1\ntools:\n  1: {}\n  "1": {}\n').diagnostics.map(({ code }) => code)).toEqual([
      'yaml-duplicate-key',
    ]);
    expect([...(read('version: 1\ntools:\n  1: {}\n  0x1: {}\n').policy?.tools.keys() ?? [])]).toEqual(['1', '0x1']);
  });

  it.each([
    ['"\\u0085"', false],
    ['"\\u3000\\t "', false],
    ['"\\ufeff"', true],
    ['"\\u200b"', true],
  ])('hide %s: a name is %s', (written, isName) => {
    expect(read(`version: 1\nhide: [${written}]\n`).policy !== null).toBe(isName);
  });
});

describe('characters that Intercept refuses', () => {
  it.each(['\u0000', '\u0001', '\u0007', '\u000b', '\u001b', '\u007f', '\u0080', '\u009f'])('%j', (found) => {
    const text = `version: 1\ndescription: "a${found}b"\n`;
    const { policy, diagnostics } = read(text);
    expect(policy).toBeNull();
    expect(diagnostics.map(({ code, range }) => [code, text.slice(range.start, range.end)])).toEqual([
      ['yaml-syntax', found],
    ]);
  });

  it('takes tabs, U+0085, byte order marks and characters beyond 16 bits', () => {
    expect(read('\ufeffversion: 1\ndescription: "a\tb\u0085\u00a0\ufeff😀"\n').policy).not.toBeNull();
  });

  it('takes a character escaped as two halves, as JSON does', () => {
    expect(read(String.raw`version: 1${'\n'}description: "\ud83d\ude00"`).policy?.description).toBe('😀');
  });

  it.each(['\u0001', '\u007f', '\u0080', '\u009f'])('%j is escaped by all that writes YAML', (found) => {
    const text = `a${found}b`;
    expect(read(printMember('description', text, '', { newline: '\n', unit: '  ' })).root).not.toBeNull();
    const policy = policyOf(JSON.stringify({ version: '1', default: 'allow', description: text }), 'policylayer');
    expect(read(convertPolicy(policy, 'intercept').text).policy?.description).toBe(text);
    const laidOut = formatYaml(`version:   1\ndescription: ${printInline(text)}\n`)?.[0]?.text;
    expect(laidOut && read(laidOut).policy?.description).toBe(text);
  });
});
