import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { OUTCOME_NAMES } from '../../../src/core/simulator/columns.ts';
import { filterPass, findCall, isOpen, readLog, type LogFilter } from '../../../src/core/simulator/log.ts';
import { complete } from '../../../src/core/simulator/pass.ts';
import { fakeRun, type FakeCall } from './fake-run.ts';

const ANY: LogFilter = { outcomes: [], tools: [], grants: [], rules: [], text: '' };

const calls: FakeCall[] = [
  { atMs: 1, grant: 'planner', session: 's1', tool: 'issue_audit_ticket' },
  { atMs: 2, grant: 'planner', session: 's1', tool: 'create_escrow', outcome: 'deny' },
  {
    atMs: 3,
    grant: 'Settler',
    session: 'Night',
    tool: 'issue_audit_ticket',
    outcome: 'deny',
    rule: '/tools/x/limits/r',
  },
  { atMs: 4, grant: 'Settler', session: 's1', tool: 'guard_input', outcome: 'hidden' },
  {
    atMs: 5,
    grant: 'planner',
    session: 's2',
    tool: 'issue_audit_ticket',
    outcome: 'approval',
    rule: '/tools/x/action',
  },
];
const run = fakeRun(calls);
const matching = (change: Partial<LogFilter>): number[] => [
  ...complete(filterPass(run, { ...ANY, ...change }), run.columns.count),
];

describe('filter', () => {
  test.each<[string, Partial<LogFilter>, number[]]>([
    ['nothing asked', {}, [0, 1, 2, 3, 4]],
    ['outcomes', { outcomes: ['deny', 'hidden'] }, [1, 2, 3]],
    ['tools', { tools: ['issue_audit_ticket'] }, [0, 2, 4]],
    ['grants', { grants: ['Settler'] }, [2, 3]],
    ['rules', { rules: ['(default deny)', '(hidden)'] }, [1, 3]],
    ['allowed calls have the empty rule', { rules: [''] }, [0]],
    ['text in a tool', { text: 'ESCROW' }, [1]],
    ['text in a grant, ignoring case', { text: 'settler' }, [2, 3]],
    ['text in a session', { text: 'night' }, [2]],
    ['text in a rule', { text: 'limits/R' }, [2]],
    ['several at once', { outcomes: ['deny'], grants: ['planner'], text: 'create' }, [1]],
    ['names unknown to the run', { tools: ['no_such_tool'] }, []],
    ['text found nowhere', { text: 'zzz' }, []],
  ])('%s', (_, change, expected) => {
    expect(matching(change)).toEqual(expected);
  });

  test('agrees with a look at every call, wherever it is cut', () => {
    const filter = fc.record({
      outcomes: fc.subarray([...OUTCOME_NAMES]),
      tools: fc.subarray(['issue_audit_ticket', 'create_escrow']),
      grants: fc.subarray(['planner', 'Settler']),
      rules: fc.subarray(['', '(default deny)']),
      text: fc.constantFrom('', 's1', 'PLAN', '/tools'),
    });
    fc.assert(
      fc.property(filter, fc.nat(calls.length), (asked, cut) => {
        const pass = filterPass(run, asked);
        pass.add(0, cut);
        pass.add(cut, calls.length);
        expect([...pass.finish()]).toEqual(calls.flatMap((_, i) => (passesOneByOne(i, asked) ? [i] : [])));
      }),
    );
  });

  function passesOneByOne(i: number, asked: LogFilter): boolean {
    const call = calls[i]!;
    const rule = run.deciders[run.columns.decider[i]!]!.rule;
    const listed = (list: readonly string[], name: string): boolean => list.length === 0 || list.includes(name);
    const names = [call.tool, call.grant, call.session, rule].map((name) => (name ?? '').toLowerCase());
    return (
      listed(asked.outcomes, call.outcome ?? 'allow') &&
      listed(asked.tools, call.tool ?? '') &&
      listed(asked.grants, call.grant ?? '') &&
      listed(asked.rules, rule) &&
      names.some((name) => name.includes(asked.text.toLowerCase()))
    );
  }

  test('an open filter is known as such', () => {
    expect(isOpen(ANY)).toBe(true);
    expect(isOpen({ ...ANY, text: 'a' })).toBe(false);
    expect(isOpen({ ...ANY, outcomes: ['deny'] })).toBe(false);
  });
});

describe('page', () => {
  test('holds rows of the filtered log and only the names they use', () => {
    const page = readLog(run, Uint32Array.from([1, 2, 3]), 1, 2);
    expect([...page.call]).toEqual([2, 3]);
    expect(page).toMatchObject({ total: 3, from: 1 });
    expect(page.tables).toEqual({
      tools: ['issue_audit_ticket', 'guard_input'],
      grants: ['Settler'],
      sessions: ['Night', 's1'],
      rules: ['/tools/x/limits/r', '(hidden)'],
    });
    expect([...page.tool].map((i) => page.tables.tools[i])).toEqual(['issue_audit_ticket', 'guard_input']);
    expect([...page.outcome].map((i) => OUTCOME_NAMES[i])).toEqual(['deny', 'hidden']);
    expect([...page.atMs]).toEqual([3, 4]);
  });

  test.each([
    ['past the end', 5, 10, []],
    ['half beyond the end', 3, 10, [3, 4]],
    ['before the start', -2, 2, [0, 1]],
    ['no rows', 0, 0, []],
    ['a count that is no number', 0, NaN, []],
    ['a negative count', 0, -1, []],
  ])('%s is cut to what there is', (_, from, count, expected) => {
    expect([...readLog(run, null, from, count).call]).toEqual(expected);
  });
});

describe('find', () => {
  test.each([
    ['all calls', null, 3, 3],
    ['a call that passes', [0, 2, 4], 2, 1],
    ['the next that passes', [0, 2, 4], 3, 2],
    ['none left', [0, 2], 3, -1],
    ['beyond the run', null, 5, -1],
    ['before the run', null, -7, 0],
    ['nothing passes', [], 0, -1],
  ])('%s', (_, matches, call, expected) => {
    expect(findCall(run, matches === null ? null : Uint32Array.from(matches), call)).toBe(expected);
  });
});
