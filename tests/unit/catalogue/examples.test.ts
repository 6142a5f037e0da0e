import { describe, expect, test } from 'vitest';
import { EXAMPLES } from '../../../src/core/catalogue/examples.ts';
import { GROUPS } from '../../../src/core/catalogue/gallery/example.ts';
import { MISTAKES } from '../../../src/core/catalogue/gallery/lessons.ts';
import { checkScenario } from '../../../src/core/scenario/check.ts';
import { countsOf, type Counts, each, readAny, runOf } from './gallery-runs.ts';

const once = { 'allow ok': 1 };
const denied = { deny: 1 };
const isTicket = (name: string) => name === 'issue_audit_ticket';

/** What each entry shows, as its text says it. */
const COUNTS: Readonly<Record<string, Counts>> = {
  'runaway-ticket-loop': {
    ...each(({ name }) => !isTicket(name), denied),
    issue_audit_ticket: { 'allow ok': 80, deny: 40 },
  },
  recommended: {
    ...each(() => true, once),
    get_trust_score: { 'allow ok': 101 },
    issue_audit_ticket: { 'allow ok': 31, deny: 30 },
    verify_agent_identity: { 'allow ok': 11, deny: 15 },
  },
  'read-only': {
    ...each(({ category }) => category === 'Read', { 'allow ok': 5 }),
    ...each(({ category }) => category !== 'Read', denied),
  },
  lockdown: { ...each(() => true, denied), activate_kill_switch: { 'allow ok': 8, deny: 6 } },
  approvals: {
    get_trust_score: once,
    create_escrow: { approval: 2, 'allow ok': 2 },
    activate_kill_switch: { approval: 1, 'allow ok': 1 },
  },
  'hidden-tools': {
    get_agent_card: { 'allow ok': 5 },
    issue_audit_ticket: { 'allow ok': 5 },
    create_escrow: { 'allow ok': 2 },
    activate_kill_switch: { hidden: 3 },
    register_agent: { hidden: 2 },
    verify_agent_identity: { hidden: 1 },
  },
  'ticket-hygiene': {
    ...each(({ fields }) => fields.some(({ name }) => name === 'policy'), { 'allow ok': 1, deny: 1 }),
    issue_audit_ticket: { 'allow ok': 10, deny: 6 },
  },
  'dodged-rule': { issue_audit_ticket: { deny: 10, 'allow ok': 10, 'allow rpc_error': 10 } },
  'escrow-budget': { get_trust_score: { 'allow ok': 3 }, create_escrow: { 'allow ok': 53, deny: 13 } },
  'spend-cap': { create_escrow: { 'allow ok': 5, deny: 3 } },
  ceiling: {
    ...each(() => true, { 'allow ok': 3 }),
    get_agent_card: { 'allow ok': 53 },
    is_agent_certified: { 'allow ok': 13, deny: 40 },
  },
  'session-shorthand': {
    get_agent_card: { 'allow ok': 18, deny: 15 },
    create_escrow: { 'allow ok': 3, deny: 2 },
    verify_agent_identity: { deny: 2 },
  },
  'midnight-burst': { create_escrow: { 'allow ok': 80, deny: 20 } },
  'sliding-windows': {
    ...each(({ name }) => !isTicket(name), denied),
    issue_audit_ticket: { 'allow ok': 50, deny: 70 },
  },
  refunds: { create_escrow: { 'allow ok': 10, 'allow timeout': 12, deny: 38 } },
  'late-answers': { create_escrow: { 'allow rpc_error': 3, 'allow ok': 3, deny: 3 } },
  'late-answers-intercept': { create_escrow: { 'allow rpc_error': 3, 'allow ok': 6 } },
  intercept: {
    get_trust_score: once,
    create_escrow: { 'allow ok': 20, deny: 11 },
    issue_audit_ticket: { 'allow ok': 1, deny: 2 },
    activate_kill_switch: denied,
    register_agent: { hidden: 1 },
    verify_agent_identity: denied,
  },
};

/** Remarks that an entry is about; every other policy of the gallery has none. */
const REMARKS: Readonly<Record<string, readonly string[]>> = {
  'dodged-rule': ['no-limit', 'argument-left-out'],
  'spend-cap': ['negative-denied'],
  'session-shorthand': ['shorthand'],
};

/** Arguments that an attack gets wrong on purpose. */
const MISFITS: Readonly<Record<string, number>> = { 'dodged-rule': 1, 'ticket-hygiene': 2, 'escrow-budget': 1 };

const RUNNABLE = EXAMPLES.filter((example) => example !== MISTAKES).map((example) => ({ name: example.name, example }));

test('every entry has a name of its own; all but the mistakes have an expected run', () => {
  expect([...Object.keys(COUNTS), 'mistakes']).toEqual(EXAMPLES.map(({ name }) => name));
});

test('entries stand group by group', () => {
  const groups = EXAMPLES.map(({ group }) => GROUPS.indexOf(group));
  expect(groups).toEqual(groups.toSorted((a, b) => a - b));
  expect(new Set(groups).size).toBe(GROUPS.length);
});

describe.each(EXAMPLES.map((example) => ({ name: example.name, example })))('$name', ({ name, example }) => {
  test('its dialect is recognised, and its text is two sentences', () => {
    expect(readAny(example.policyText).dialect).toBe(example.dialect);
    expect(example.about.match(/[.?](?= [A-Z]|$)/g)).toHaveLength(2);
  });

  test('its scenario has no errors, and no warnings but those it is about', () => {
    const { diagnostics } = checkScenario(example.scenario);
    expect(diagnostics.map(({ code }) => code)).toEqual(Array(MISFITS[name] ?? 0).fill('argument-misfit'));
  });
});

describe.each(RUNNABLE)('$name', ({ name, example }) => {
  test('its policy has no errors, and no remarks but those it is about', () => {
    const codes = readAny(example.policyText).diagnostics.map(({ code }) => code);
    expect([...new Set(codes)]).toEqual(REMARKS[name] ?? []);
  });

  test('it comes out as its text says', () => {
    expect(countsOf(runOf(example))).toEqual(COUNTS[name]);
  });
});

test('the opening example gives planner 60 tickets and settler 20', () => {
  const { columns, table } = runOf(EXAMPLES[0]);
  const allowed = [...columns.caller.slice(0, columns.count)].filter((_, call) => columns.outcome[call] === 0);
  const grants = allowed.map((caller) => table.callers[caller]?.grant);
  expect(grants.filter((grant) => grant === 'planner')).toHaveLength(60);
  expect(grants.filter((grant) => grant === 'settler')).toHaveLength(20);
});

describe('the policy full of mistakes', () => {
  const { policyText } = MISTAKES;
  const comments = policyText.split('\n').filter((line) => line.trimStart().startsWith('//'));
  /** What a reader changes, mistake by mistake. */
  const MENDINGS = [
    ['"agentId", "op"', '"args.agentId", "op"'],
    ['"limit":', '"limits":'],
    ['"value": "1000"', '"value": 1000'],
    ['"week"', '"minute"'],
    ['{ "counter": "create_escrow_rate", "window": "day"', '{ "counter": "escrows_a_day", "window": "day"'],
    ['(?!safe)secret', 'secret'],
    ['"reason": "Sec', '"action": "deny", "reason": "Sec'],
  ] as const;
  const mended = MENDINGS.reduce((text, [wrong, right]) => text.replace(wrong, right), policyText);

  test('has exactly these errors, each below a comment that explains it', () => {
    const { policy, diagnostics } = readAny(policyText);
    expect(policy).toBeNull();
    expect(diagnostics.filter(({ severity }) => severity === 'error').map(({ code }) => code)).toEqual([
      'bad-path',
      'unknown-field',
      'wrong-operand',
      'unknown-choice',
      'repeated-counter',
      'bad-pattern',
      'reason-without-action',
    ]);
    expect(comments).toHaveLength(10);
    expect(diagnostics.filter(({ code }) => code === 'comment')).toHaveLength(comments.length);
  });

  test('warns of the rest once the errors are mended, and then runs', () => {
    const warnings = readAny(mended).diagnostics.filter(
      ({ code, severity }) => severity === 'warning' && code !== 'comment',
    );
    expect(warnings.map(({ code }) => code).toSorted()).toEqual([
      'argument-left-out',
      'argument-left-out',
      'hidden-and-listed',
      'never-reached',
      'unknown-tool',
    ]);
    expect(countsOf(runOf(MISTAKES, mended))).toEqual({
      issue_audit_ticket: { 'allow ok': 3 },
      create_escrow: { 'allow ok': 30, deny: 10 },
      guard_input: { deny: 1 },
    });
  });
});
