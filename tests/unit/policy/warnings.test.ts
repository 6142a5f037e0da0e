import { describe, expect, test } from 'vitest';
import { SEED_POLICY_TEXT } from '../../../src/core/catalogue/seed.ts';
import { TOOLS } from '../../../src/core/catalogue/tools.ts';
import { codesOf, read } from './read.ts';

const KNOWN = TOOLS.map(({ name }) => name);

function withTool(tool: unknown): string {
  return JSON.stringify({ version: '1', default: 'deny', tools: { create_escrow: tool } });
}
const condition = (path: string, op: string, value: unknown) => ({ path, op, value });
const amountOver = condition('args.amount', 'gt', 9);
const leftOut = (tool: unknown): string[] =>
  read(withTool(tool)).diagnostics.flatMap(({ code, pointer }) => (code === 'argument-left-out' ? [pointer] : []));

test('the seed policy is remarked on nowhere', () => {
  expect(codesOf(read(SEED_POLICY_TEXT, KNOWN))).toEqual([]);
});

describe('an argument left out avoids', () => {
  const place = '/tools/create_escrow/deny_if/0/conditions/0';

  test.each(['eq', 'neq', 'lt', 'contains', 'not_in', 'regex', 'in'])('a deny_if rule with %s', (op) => {
    const value = op.endsWith('in') ? [] : op === 'lt' ? 1 : 'a';
    expect(leftOut({ deny_if: [{ conditions: [condition('args.target', op, value)] }] })).toEqual([place]);
  });

  test('each argument of a rule, and each once', () => {
    const both = { conditions: [amountOver, condition('args.approved', 'neq', true)] };
    expect(leftOut({ deny_if: [both, both] })).toEqual([place, '/tools/create_escrow/deny_if/0/conditions/1']);
  });

  test('a rule beside which only another argument is required', () => {
    const require = [
      { conditions: [condition('args.amounts', 'exists', true), condition('args.amount', 'exists', false)] },
    ];
    expect(leftOut({ require, deny_if: [{ conditions: [amountOver] }] })).toEqual([place]);
  });
});

describe('an argument left out does not avoid', () => {
  const deny_if = [{ conditions: [amountOver] }];

  test.each([
    [
      'a require rule that it exists',
      { require: [{ conditions: [condition('args.amount', 'exists', true)] }], deny_if },
    ],
    ['any require rule about it', { require: [{ conditions: [condition('args.amount', 'lte', 99)] }], deny_if }],
    [
      'a require rule about what is inside it',
      { require: [{ conditions: [condition('args.amount.eur', 'gte', 0)] }], deny_if },
    ],
    [
      'a deny_if rule for its absence',
      { deny_if: [...deny_if, { conditions: [condition('args.amount', 'exists', false)] }] },
    ],
    [
      'a rule that names its presence',
      { deny_if: [{ conditions: [condition('args.amount', 'exists', true), amountOver] }] },
    ],
    ['a rule about presence alone', { deny_if: [{ conditions: [condition('args.policy', 'exists', true)] }] }],
    ['a tool that is denied anyway', { deny_if: [...deny_if, { conditions: [] }] }],
    ['a tool that is denied in short', { action: 'deny', deny_if }],
    ['require rules', { require: [{ conditions: [amountOver] }] }],
  ])('%s', (_name, tool) => expect(leftOut(tool)).toEqual([]));
});

describe('names', () => {
  test('unknown tools are told the nearest, unless that one is listed already', () => {
    const text = JSON.stringify({
      version: '1',
      default: 'deny',
      hide: ['guard_inptu', 'zzz', '*'],
      tools: { create_escow: {}, create_escrow: {}, issue_audit_tickets: {} },
    });
    const remarks = read(text, KNOWN).diagnostics.filter(({ code }) => code === 'unknown-tool');
    expect(remarks.map(({ pointer, message, fixes = [] }) => [pointer, message, fixes.length])).toEqual([
      ['/hide/0', 'the server has no tool `guard_inptu`; write `guard_input`', 1],
      ['/hide/1', 'the server has no tool `zzz`; check the name', 0],
      ['/tools/create_escow', 'the server has no tool `create_escow`; write `create_escrow`', 0],
      ['/tools/issue_audit_tickets', 'the server has no tool `issue_audit_tickets`; write `issue_audit_ticket`', 1],
    ]);
  });

  test('tools are not checked without the list of the server', () => {
    expect(codesOf(read(JSON.stringify({ version: '1', default: 'deny', tools: { nobody: {} } })))).toEqual([]);
  });

  test('a policy that hides everything is not told that every listed tool is hidden', () => {
    const text = JSON.stringify({ version: '1', default: 'deny', hide: ['*'], tools: { a: {} } });
    expect(codesOf(read(text))).toEqual(['hide-everything']);
  });

  test.each([
    ['{ "version": "1", "default": "deny" }', ['nothing-allowed']],
    ['{ "version": "1", "default": "deny", "tools": {} }', ['nothing-allowed']],
    ['{ "version": "1", "default": "allow" }', []],
    ['{ "version": "1", "default": "allow", "tools": {} }', []],
  ])('%s', (text, codes) => expect(codesOf(read(text))).toEqual(codes));
});

describe('limits', () => {
  test('a max of 0 is told by what it lets through', () => {
    const limits = [
      { counter: 'a', window: 'day', max: 0 },
      { counter: 'b', window: 'day', max: 0, increment_from: 'args.amount' },
      { counter: 'c', window: 'day', max: 1 },
    ];
    const text = JSON.stringify({
      version: '1',
      default: 'allow',
      all_tools: { limits: limits.slice(0, 1) },
      tools: { x: { limits, rate_limit: { max: 0, window: 7 } } },
    });
    const remarks = read(text).diagnostics.filter(({ code }) => code === 'max-zero');
    expect(remarks.map(({ pointer }) => pointer)).toEqual([
      '/all_tools/limits/0/max',
      '/tools/x/limits/0/max',
      '/tools/x/limits/1/max',
      '/tools/x/rate_limit/max',
    ]);
    expect(remarks[2]?.message).toContain('`args.amount` 0');
  });
});

describe('short forms', () => {
  test('without a long form are not remarked on', () => {
    expect(codesOf(read(withTool({ action: 'require_approval', reason: 'ask' })))).toEqual([]);
    expect(codesOf(read(withTool({ rate_limit: { max: 1, window: 90 } })))).toEqual([]);
  });

  test('are notes, each with its rewrite', () => {
    const { diagnostics } = read(withTool({ action: 'deny', reason: 'no', rate_limit: { max: 1, window: 3600 } }));
    const notes = diagnostics.filter(({ code }) => code === 'shorthand');
    expect(notes.map(({ severity, pointer, fixes = [] }) => [severity, pointer, fixes[0]?.title])).toEqual([
      ['note', '/tools/create_escrow/action', 'Use `deny_if`'],
      ['note', '/tools/create_escrow/rate_limit', 'Use `limits`'],
    ]);
  });
});

test('numbers beyond a double are warned about where digits are lost, inside lists too', () => {
  const value = '[9007199254740993, 9007199254740992, 1e300, "9007199254740993", { "a": -12345678901234567890 }]';
  const text = withTool({ require: [{ conditions: [condition('args.a', 'in', ['VALUE'])] }] }).replace(
    '["VALUE"]',
    value,
  );
  expect(read(text).diagnostics.map(({ code, pointer }) => [code, pointer.split('/value')[1]])).toEqual([
    ['number-rounded', '/0'],
    ['number-rounded', '/4/a'],
  ]);
});
