import { describe, expect, test } from 'vitest';
import type { Attack, AttackVerdict } from '../../../src/core/attacks/attack.ts';
import { judgeAttack, judgeWork } from '../../../src/core/attacks/judge.ts';
import { LEGITIMATE_WORK } from '../../../src/core/catalogue/attacks/legitimate.ts';
import { ATTACKS } from '../../../src/core/catalogue/attacks/list.ts';
import type { WindowMode } from '../../../src/core/engine/decision.ts';
import type { JsonObject } from '../../../src/core/json.ts';
import { readPolicy } from './read-policy.ts';

const attackOf = (name: string): Attack => ATTACKS.find((attack) => attack.name === name)!;

function judge(
  name: string,
  tools: JsonObject,
  windows: WindowMode = 'calendar',
  more: JsonObject = {},
): AttackVerdict {
  const policy = readPolicy(JSON.stringify({ version: '1', default: 'allow', tools, ...more }));
  return judgeAttack(policy, windows, attackOf(name));
}

const denyIf = (path: string, op: string, value: unknown): JsonObject => ({
  deny_if: [{ conditions: [{ path, op, value: value as number }] }],
});
const limits = (window: string, max: number, scope = 'grant'): JsonObject => ({
  limits: [{ counter: 'c', window, max, scope }],
});

describe('ways round a rule', () => {
  test('an argument left out', () => {
    const verdict = judge('ticket-hoarding', { issue_audit_ticket: denyIf('args.validitySeconds', 'gt', 900) });
    expect(verdict).toMatchObject({
      kind: 'got-through',
      words: 'Got through: 60 tickets issued, by leaving out `validitySeconds`',
      harm: 60,
      harmfulCalls: 60,
      firstRefused: 0,
      rule: '/tools/issue_audit_ticket/deny_if/args.validitySeconds-gt',
      pointer: '/tools/issue_audit_ticket/deny_if/0',
      evidence: 45,
    });
  });

  test('an amount of 0 where only negative ones are denied', () => {
    expect(judge('negative-escrow', { create_escrow: denyIf('args.amount', 'lt', 0) }).words).toBe(
      'Got through: 2 escrows of 0 or less, with an amount of 0',
    );
  });

  test('the guards that a rule forgot', () => {
    const closed = denyIf('args.policy', 'exists', true);
    expect(judge('weakened-guard', { guard_input: closed }).words).toBe(
      'Got through: 4 checks under the agent’s own rules, through `redact_output` and through `guard_tool`',
    );
    expect(judge('weakened-guard', { guard_input: closed, guard_tool: closed })).toMatchObject({
      kind: 'limited',
      words: 'Limited: 2 of 6 checks under the agent’s own rules, through `redact_output`',
    });
  });

  test('look-alike names, when only one is hidden', () => {
    expect(judge('name-squatting', {}, 'calendar', { hide: ['Issue_audit_ticket'] })).toMatchObject({
      kind: 'got-through',
      words:
        'Got through: 15 calls passed on under a look-alike name, with a look-alike letter and with an invisible character',
      firstRefused: 5,
      rule: '(hidden)',
      pointer: '/hide/0',
    });
  });
});

describe('how limits count', () => {
  test('a limit for a minute lets a boundary burst through, sliding windows do not', () => {
    const tools = { issue_audit_ticket: limits('minute', 30) };
    expect(judge('boundary-burst', tools).kind).toBe('got-through');
    expect(judge('boundary-burst', tools, 'sliding').words).toBe('Stopped at call 31: 30 tickets issued');
    expect(judge('boundary-burst', tools, 'anchored').kind).toBe('stopped');
  });

  test('a limit for each session is dodged by new sessions', () => {
    const shorthand = { issue_audit_ticket: { rate_limit: { max: 10, window: 60 } } };
    expect(judge('session-hopping', shorthand).words).toBe('Got through: 200 tickets issued');
    expect(judge('session-hopping', { issue_audit_ticket: limits('hour', 4, 'session') })).toMatchObject({
      kind: 'limited',
      words: 'Limited: 80 of 200 tickets issued',
      harm: 80,
    });
  });

  test('an Intercept limit adds all grants up', () => {
    const text =
      'version: "1"\ntools:\n  issue_audit_ticket:\n    rules:\n      - name: few\n        rate_limit: 30/minute\n';
    expect(judgeAttack(readPolicy(text), 'calendar', attackOf('grant-hopping'))).toMatchObject({
      words: 'Stopped at call 31: 30 tickets issued',
      rule: 'few',
    });
  });

  test('harm is what the server accepted, so a switch thrown before a ticket is not undone by denying the ticket', () => {
    const verdict = judge('kill-switch-abuse', { issue_audit_ticket: denyIf('args.agentId', 'exists', true) });
    expect(verdict).toMatchObject({ kind: 'got-through', harm: 10, firstRefused: null, rule: '' });
  });

  test('exactly half of the harm is no limit worth the name', () => {
    expect(judge('boundary-burst', { issue_audit_ticket: limits('hour', 31) }).kind).toBe('got-through');
    expect(judge('retry-storm', { create_escrow: limits('day', 199) }).kind).toBe('limited');
    expect(judge('retry-storm', { create_escrow: limits('day', 200) }).kind).toBe('got-through');
  });
});

describe('legitimate work', () => {
  const workOf = (name: string) => LEGITIMATE_WORK.find((work) => work.name === name)!;
  const judgeFor = (name: string, tools: JsonObject) =>
    judgeWork(readPolicy(JSON.stringify({ version: '1', default: 'allow', tools })), 'calendar', workOf(name));

  test('that waits for a person who says yes is let through', () => {
    expect(judgeFor('ticket-use', { issue_audit_ticket: { action: 'require_approval' } })).toMatchObject({
      kind: 'through',
      words: 'Let through: all 24 calls',
      allowed: 24,
      firstRefused: null,
      rule: '',
    });
  });

  test('names the first call that is denied, and its rule', () => {
    expect(judgeFor('settlement-morning', { create_escrow: denyIf('args.amount', 'gte', 250) })).toMatchObject({
      kind: 'partly',
      words: 'Hindered: 24 of 32 calls let through, call 3 is the first that is not',
      firstRefused: 2,
      pointer: '/tools/create_escrow/deny_if/0',
    });
  });
});

test('an attack that breaks off at an earlier step was stopped there', () => {
  const steps = [
    { call: 'get_agent_card', args: { agentId: 'agent-1' } },
    { call: 'register_agent', args: { name: 'x' } },
  ];
  const attack: Attack = {
    ...attackOf('reads-into-writes'),
    scenario: { version: '1', start: '2026-03-02T09:00:00.000Z', agents: [{ name: 'a', onDenied: 'stop', steps }] },
  };
  const policy = readPolicy('{ "version": "1", "default": "allow", "hide": ["get_agent_card"] }');
  expect(judgeAttack(policy, 'calendar', attack)).toMatchObject({
    words: 'Stopped at call 1: 0 writes after the injection',
    harm: 0,
    calls: 1,
    rule: '(hidden)',
    evidence: 0,
  });
});

test('the same policy gets the same verdict', () => {
  const policy = readPolicy(attackOf('escrow-drain').stoppedBy);
  for (const attack of ATTACKS) {
    expect(judgeAttack(policy, 'calendar', attack)).toEqual(judgeAttack(policy, 'calendar', attack));
  }
});
