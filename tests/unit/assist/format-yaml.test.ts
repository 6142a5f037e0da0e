import { describe, expect, it } from 'vitest';
import { formatPolicy } from '../../../src/core/policy/format-policy.ts';
import { formatYaml } from '../../../src/core/policy/format-yaml.ts';

function formatted(text: string): string | null {
  const edits = formatYaml(text);
  return edits === null ? null : (edits[0]?.text ?? text);
}

describe('formatting YAML', () => {
  it('lays out with two spaces and keeps comments, quotes and blank lines', () => {
    const text = [
      '# top',
      'version:   "1"   # the only one',
      '',
      'tools:',
      '      create_escrow:',
      '            rules:',
      '            -   name: cap',
      "                on_deny: 'no'",
      '                # below',
      '                conditions:',
      '                - {path: args.amount,   op: lte, value: 1.0}',
      '',
    ].join('\n');
    expect(formatted(text)).toBe(
      [
        '# top',
        'version: "1" # the only one',
        '',
        'tools:',
        '  create_escrow:',
        '    rules:',
        '      - name: cap',
        "        on_deny: 'no'",
        '        # below',
        '        conditions:',
        '          - {path: args.amount, op: lte, value: 1.0}',
        '',
      ].join('\n'),
    );
  });

  it('changes nothing that is laid out already', () => {
    expect(formatYaml('version: "1"\ndefault: deny\n')).toEqual([]);
  });

  it.each(['017', '1e3', '0x1F', '1.50', '12345678901234567890', '.inf', '~', 'yes'])(
    'keeps the value %s as it is read',
    (value) => {
      expect(formatted(`tools:\n   x:\n      rules:\n       - value:   ${value}\n`)).toBe(
        `tools:\n  x:\n    rules:\n      - value: ${value}\n`,
      );
    },
  );

  it('keeps long text on its line', () => {
    const long = `description:   ${'word '.repeat(60)}end\n`;
    expect(formatted(long)).toBe(long.replace('   ', ' '));
  });

  it('leaves a text alone that does not load', () => {
    expect(formatYaml('a: [')).toBeNull();
    expect(formatYaml('a: 1\na: 2\n')).toBeNull();
  });
});

describe('formatting a policy', () => {
  it.each([
    ['policylayer', '{"a":1}', '{\n  "a": 1\n}'],
    ['intercept', 'a:   1\n', 'a: 1\n'],
  ] as const)('%s', (dialect, text, expected) => {
    const result = formatPolicy(text, dialect);
    if (result.kind !== 'edits') throw new Error(result.reason);
    const backwards = [...result.edits].sort((a, b) => b.range.start - a.range.start);
    const after = backwards.reduce<string>(
      (so, { range, text: put }) => so.slice(0, range.start) + put + so.slice(range.end),
      text,
    );
    expect(after).toBe(expected);
  });

  it.each([
    ['policylayer', '{"a":', 'the text is no whole JSON document'],
    ['intercept', 'a: [', 'the text is no whole YAML document'],
    ['intercept', `a: ${'x'.repeat(200_000)}`, 'YAML of more than 200 kB is left as it is'],
  ] as const)('%s: says why not', (dialect, text, reason) => {
    expect(formatPolicy(text, dialect)).toEqual({ kind: 'refused', reason });
  });
});
