import { describe, expect, test } from 'vitest';
import { TOOL_NAMES } from '../../../src/core/catalogue/tools.ts';
import { compilePattern } from '../../../src/core/policy/pattern.ts';
import { applyFix, codesOf, policyOf, read } from './read.ts';

type Condition = readonly [path: string, op: string, value: unknown];

const rule = (...conditions: readonly Condition[]) => ({
  conditions: conditions.map(([path, op, value]) => ({ path: `args.${path}`, op, value })),
});
const limit = (counter: string, window: string, max: number, more: object = {}) => ({ counter, window, max, ...more });

function text(tools: object, more: object = {}): string {
  return JSON.stringify({ version: '1', default: 'deny', tools, ...more });
}

/** Pointers of the remarks of one code. */
function placesOf(code: string, tools: object, more: object = {}): readonly string[] {
  const { diagnostics } = read(text(tools, more), TOOL_NAMES);
  return diagnostics.filter((each) => each.code === code).map(({ pointer }) => pointer);
}

const RULE = '/tools/create_escrow';

describe('a condition', () => {
  const places = (code: string, tool: string, condition: Condition, kind = 'require') =>
    placesOf(code, { [tool]: { [kind]: [rule(condition)] } });

  test.each<[string, Condition]>([
    ['create_escrow', ['amount', 'regex', '1']],
    ['create_escrow', ['amount', 'contains', '1']],
    ['create_escrow', ['amount', 'eq', 'ten']],
    ['create_escrow', ['amount', 'in', ['ten', 'twenty', true, null]]],
    ['create_escrow', ['amount.eur', 'lt', 5]],
    ['create_escrow', ['amount', 'exists', false]],
    ['create_escrow', ['task', 'lt', 5]],
    ['create_escrow', ['task', 'contains', 5]],
    ['create_escrow', ['task', 'in', []]],
    ['get_trust_score', ['includeHealth', 'eq', 'yes']],
    ['get_trust_score', ['includeHealth', 'gt', 0]],
    ['query_agents', ['auditLevel', 'eq', 'gold']],
    ['query_agents', ['auditLevel', 'regex', '^gold']],
    ['query_agents', ['capabilities', 'eq', 'reconcile']],
    ['query_agents', ['capabilities', 'regex', 'reconcile']],
  ])('of %s can never hold: %j', (tool, condition) => {
    expect(places('never-holds', tool, condition)).toHaveLength(1);
  });

  test.each<[string, Condition]>([
    ['create_escrow', ['amount', 'eq', '10']],
    ['create_escrow', ['amount', 'in', ['ten', 10]]],
    ['create_escrow', ['amount', 'lt', 5]],
    ['create_escrow', ['amount', 'exists', true]],
    ['create_escrow', ['task', 'eq', 5]],
    ['create_escrow', ['task', 'regex', '^a$']],
    ['get_trust_score', ['includeHealth', 'eq', 'true']],
    ['query_agents', ['auditLevel', 'in', ['Gold', 'Platinum']]],
    ['query_agents', ['auditLevel', 'regex', '^G.*']],
    ['query_agents', ['capabilities', 'contains', 'reconcile']],
    ['query_agents', ['capabilities', 'eq', ['reconcile']]],
    ['guard_input', ['context.anything', 'lt', 5]],
  ])('of %s may hold: %j', (tool, condition) => {
    expect(places('never-holds', tool, condition)).toEqual([]);
    expect(places('always-holds', tool, condition)).toEqual([]);
    expect(places('unknown-argument', tool, condition)).toEqual([]);
  });

  test.each<[string, Condition]>([
    ['create_escrow', ['amount', 'neq', 'ten']],
    ['create_escrow', ['task', 'not_in', []]],
    ['create_escrow', ['task', 'regex', '.*']],
    ['query_agents', ['auditLevel', 'in', ['Bronze', 'Silver', 'Gold', 'Platinum']]],
    ['query_agents', ['auditLevel', 'neq', 'Diamond']],
  ])('of %s always holds: %j', (tool, condition) => {
    expect(places('always-holds', tool, condition)).toHaveLength(1);
  });

  test('that a required argument is missing guards other rules', () => {
    expect(places('never-holds', 'create_escrow', ['amount', 'exists', false], 'deny_if')).toEqual([]);
  });

  test('is not judged for a tool that is not on the server', () => {
    expect(places('unknown-argument', 'elsewhere', ['x', 'lt', 5])).toEqual([]);
  });
});

describe('conditions together', () => {
  const contradicts = (...conditions: readonly Condition[]) =>
    placesOf('contradiction', { create_escrow: { require: [rule(...conditions)] } }).length === 1;

  test.each<readonly Condition[][]>([
    [
      [
        ['amount', 'gt', 10],
        ['amount', 'lt', 5],
      ],
    ],
    [
      [
        ['amount', 'gt', 5],
        ['amount', 'lte', 5],
      ],
    ],
    [
      [
        ['amount', 'eq', 5],
        ['amount', 'gt', 5],
      ],
    ],
    [
      [
        ['amount', 'eq', 5],
        ['amount', 'eq', 6],
      ],
    ],
    [
      [
        ['amount', 'gte', 5],
        ['amount', 'lte', 5],
        ['amount', 'neq', 5],
      ],
    ],
    [
      [
        ['task', 'in', ['a', 'b']],
        ['task', 'regex', '^c'],
      ],
    ],
    [
      [
        ['task', 'exists', false],
        ['task', 'contains', 'a'],
      ],
    ],
    [
      [
        ['task', 'regex', 'a'],
        ['task', 'lt', 5],
      ],
    ],
  ])('%j cannot hold', (conditions) => expect(contradicts(...conditions)).toBe(true));

  test.each<readonly Condition[][]>([
    [
      [
        ['amount', 'gt', 5],
        ['amount', 'lt', 10],
      ],
    ],
    [
      [
        ['amount', 'gte', 5],
        ['amount', 'lte', 5],
      ],
    ],
    [
      [
        ['amount', 'eq', '5'],
        ['amount', 'gte', 5],
      ],
    ],
    [
      [
        ['amount', 'eq', 5],
        ['amount', 'eq', '5'],
      ],
    ],
    [
      [
        ['amount', 'in', [1, 9]],
        ['amount', 'gt', 5],
      ],
    ],
    [
      [
        ['task', 'eq', null],
        ['task', 'exists', false],
      ],
    ],
    [
      [
        ['task', 'regex', 'a'],
        ['task', 'regex', 'b'],
      ],
    ],
    [
      [
        ['amount', 'gt', 10],
        ['task', 'lt', 5],
      ],
    ],
  ])('%j can', (conditions) => expect(contradicts(...conditions)).toBe(false));

  test.each([
    [-0, '^-0$'],
    [1e-7, '^1e-07$'],
    [1e21, '^1e\\+21$'],
  ])('that ask for the number %s can be met by its text', (value, text) => {
    const conditions = [`{"path":"args.task","op":"regex","value":${JSON.stringify(text)}}`];
    const number = Object.is(value, -0) ? '-0' : String(value);
    conditions.push(`{"path":"args.task","op":"eq","value":${number}}`);
    const rules = `{"require":[{"conditions":[${conditions.join(',')}]}]}`;
    const { diagnostics } = read(`{"version":"1","default":"deny","tools":{"create_escrow":${rules}}}`, TOOL_NAMES);
    expect(diagnostics.map(({ code }) => code)).not.toContain('contradiction');
  });

  test('of several rules are required together, those of deny_if rules are not', () => {
    const low = rule(['amount', 'lt', 5]);
    const high = rule(['amount', 'gt', 10]);
    expect(placesOf('contradiction', { create_escrow: { require: [low, high] } })).toHaveLength(1);
    expect(placesOf('contradiction', { create_escrow: { deny_if: [low, high] } })).toEqual([]);
  });
});

describe('never reached is', () => {
  const places = (tool: object, more: object = {}) => placesOf('never-reached', { create_escrow: tool }, more);

  test('what follows a rule that denies everything', () => {
    const deny_if = [rule(['amount', 'gt', 5]), rule(), rule(['amount', 'gt', 1])];
    expect(places({ deny_if, limits: [limit('a', 'day', 5)], rate_limit: { max: 1, window: 60 } })).toEqual([
      `${RULE}/deny_if/2`,
      `${RULE}/limits/0`,
      `${RULE}/rate_limit`,
    ]);
    expect(places({ action: 'deny', deny_if: [rule(['amount', 'gt', 1])] })).toEqual([`${RULE}/deny_if/0`]);
  });

  test('a rule that an earlier one covers', () => {
    const deny = (...values: readonly number[]) => ({ deny_if: values.map((value) => rule(['amount', 'gt', value])) });
    expect(places(deny(10, 100))).toEqual([`${RULE}/deny_if/1`]);
    expect(places(deny(100, 10))).toEqual([]);
    const need = (...values: readonly number[]) => ({ require: values.map((value) => rule(['amount', 'lte', value])) });
    expect(places(need(100, 1000))).toEqual([`${RULE}/require/1`]);
    expect(places(need(1000, 100))).toEqual([]);
  });

  test('a deny_if rule that what is required leaves nothing to deny', () => {
    const require = [rule(['amount', 'lte', 100])];
    expect(places({ require, deny_if: [rule(['amount', 'gt', 1000])] })).toEqual([`${RULE}/deny_if/0`]);
    expect(places({ require, deny_if: [rule(['amount', 'gt', 50])] })).toEqual([]);
  });

  test('a limit for all tools when no tool is left', () => {
    const all_tools = { limits: [limit('all', 'day', 5)] };
    expect(places({ action: 'deny' }, { all_tools })).toEqual(['/all_tools/limits/0']);
    expect(places({}, { all_tools })).toEqual([]);
    expect(places({ action: 'deny' }, { all_tools, default: 'allow' })).toEqual([]);
  });
});

describe('a limit is never full', () => {
  const places = (limits: readonly object[], more: object = {}) =>
    placesOf('never-binds', { create_escrow: { limits } }, more).map((pointer) => pointer.split('/').at(-2));

  test.each([
    ['in the same window', [limit('a', 'minute', 5), limit('b', 'minute', 6)], ['1']],
    ['when equal, the later one', [limit('a', 'minute', 5), limit('b', 'minute', 5)], ['1']],
    ['in a longer window', [limit('a', 'minute', 10), limit('b', 'hour', 600)], ['1']],
    ['in a shorter window', [limit('a', 'minute', 60), limit('b', 'hour', 50)], ['0']],
    ['of a finer scope', [limit('a', 'day', 5), limit('b', 'day', 9, { scope: 'session' })], ['1']],
    ['with heavier calls', [limit('a', 'day', 10, { increment: 3 }), limit('b', 'day', 12, { increment: 4 })], ['1']],
    [
      'adding up the same argument',
      [
        limit('a', 'minute', 10, { increment_from: 'args.amount' }),
        limit('b', 'hour', 600, { increment_from: 'args.amount' }),
      ],
      ['1'],
    ],
  ])('%s', (_words, limits, found) => expect(places(limits)).toEqual(found));

  test.each([
    ['a longer window with less', [limit('a', 'minute', 10), limit('b', 'hour', 599)]],
    ['a coarser scope', [limit('a', 'day', 5, { scope: 'session' }), limit('b', 'day', 9)]],
    ['other amounts', [limit('a', 'day', 5), limit('b', 'day', 9, { increment_from: 'args.amount' })]],
    ['fractions', [limit('a', 'day', 1, { increment: 0.1 }), limit('b', 'day', 2, { increment: 0.2 })]],
    ['sizes beyond a double', [limit('a', 'minute', 2 ** 52), limit('b', 'day', 2 ** 53 - 1)]],
  ])('but not with %s', (_words, limits) => expect(places(limits)).toEqual([]));

  test('when the limit for all tools is tighter, and never the other way round', () => {
    const all_tools = (max: number) => ({ all_tools: { limits: [limit('all', 'minute', max)] } });
    expect(places([limit('a', 'minute', 9)], all_tools(5))).toEqual(['0']);
    expect(places([limit('a', 'minute', 5)], all_tools(9))).toEqual([]);
  });
});

describe('an expression', () => {
  const remark = (source: string) => {
    const written = text({
      register_agent: { require: [rule(['name', 'regex', source])], limits: [limit('a', 'day', 5)] },
    });
    const found = read(written, TOOL_NAMES).diagnostics.find(({ code }) => code === 'unanchored-pattern');
    const fix = found?.fixes?.[0];
    const after = fix && policyOf(applyFix(written, fix)).tools.get('register_agent')?.rules[0]?.conditions[0]?.value;
    return found === undefined ? null : after;
  };

  test.each([
    ['agent', '^agent$'],
    ['^agent', '^agent$'],
    ['agent$', '^agent$'],
    ['^a|b$', '^(?:^a|b$)$'],
    ['(?i)a|b', '(?i)^(?:a|b)$'],
    ['(?m)^a$', '^a$'],
    ['^a\\$', '^a\\$$'],
    ['[|]', '^[|]$'],
  ])('%s that is looked for anywhere becomes %s', (source, better) => {
    expect(remark(source)).toBe(better);
    expect(compilePattern(better).ok).toBe(true);
  });

  test.each(['^agent$', '\\Aagent\\z', '^(?:a|b)$', '(?i)^a$', '.*agent.*', '^agent.*', '^a\\\\$'])(
    '%s is bound, or open on purpose',
    (source) => expect(remark(source)).toBeNull(),
  );

  test('that denies may be looked for anywhere', () => {
    const deny_if = [rule(['input', 'exists', true], ['input', 'regex', '(?i)secret'])];
    expect(codesOf(read(text({ guard_input: { deny_if } }), TOOL_NAMES))).toEqual([]);
  });
});

describe('letters', () => {
  const count = (condition: Condition, kind = 'deny_if') =>
    placesOf('case-sensitive', { register_agent: { [kind]: [rule(condition)] } }).length;

  test.each<[Condition, string?]>([
    [['name', 'eq', 'admin']],
    [['name', 'in', ['admin', 'root']]],
    [['name', 'contains', 'admin']],
    [['name', 'regex', '^admin']],
    [['name', 'neq', 'admin'], 'require'],
  ])('are chosen by the agent in %j', (condition, kind) => expect(count(condition, kind)).toBe(1));

  test.each<[Condition, string?]>([
    [['name', 'eq', 'agent-12']],
    [['name', 'regex', '(?i)^admin']],
    [['name', 'regex', '^[a-z]+\\d$']],
    [['name', 'eq', 'admin'], 'require'],
    [['agentId', 'eq', 'admin']],
  ])('make no difference in %j', (condition, kind) => expect(count(condition, kind)).toBe(0));
});

describe('money', () => {
  const codes = (counter: string, more: object = {}, tool: object = {}) =>
    codesOf(read(text({ create_escrow: { limits: [limit(counter, 'day', 5000, more)], ...tool } }), TOOL_NAMES));

  test.each(['daily_spend', 'budget', 'escrow-value', 'escrowAmount', 'usd'])('%s counts calls', (counter) => {
    expect(codes(counter)).toEqual(['spend-uncounted']);
  });
  test.each(['escrows', 'create_escrow_rate', 'valued_customers', 'calls'])('%s may', (counter) => {
    expect(codes(counter)).toEqual([]);
  });
  test.each([
    [{ require: [rule(['amount', 'gt', 0])] }],
    [{ require: [rule(['amount', 'gte', 1], ['amount', 'lte', 9])] }],
    [{ require: [rule(['amount', 'in', [1, 5]])] }],
    [{ require: [rule(['amount', 'exists', true])], deny_if: [rule(['amount', 'lt', 0])] }],
  ])('a floor is %j', (tool) => {
    expect(codes('spend', { increment_from: 'args.amount' }, tool)).toEqual([]);
  });
  test('a ceiling is no floor', () => {
    const tool = { require: [rule(['amount', 'lte', 100])] };
    expect(codes('spend', { increment_from: 'args.amount' }, tool)).toEqual(['negative-denied']);
  });
});

test('tools that may be called freely by default are counted in one note', () => {
  const open = read('{ "version": "1", "default": "allow" }', TOOL_NAMES).diagnostics;
  expect(open.map(({ code, pointer }) => [code, pointer])).toEqual([['no-limit', '/default']]);
  expect(open[0]?.message).toContain('5 tools');
  const ceiling = { default: 'allow', all_tools: { limits: [limit('all', 'minute', 60)] } };
  expect(codesOf(read(text({}, ceiling), TOOL_NAMES))).toEqual([]);
  expect(placesOf('no-limit', { create_escrow: { action: 'require_approval' } })).toEqual([]);
});
