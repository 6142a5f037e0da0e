import { describe, expect, test } from 'vitest';
import { decidingRule, inputTakes } from '../../../src/core/analysis/argument-search.ts';
import { findSloppiness, type Sloppiness } from '../../../src/core/analysis/sloppiness.ts';
import { compilePolicy } from '../../../src/core/engine/compile.ts';
import type { JsonObject } from '../../../src/core/json.ts';
import type { Policy } from '../../../src/core/policy/model.ts';
import { readPolicy } from '../simulator/arrange.ts';
import { drain } from '../drain.ts';

interface Calls {
  readonly denied?: readonly JsonObject[];
  readonly allowed?: readonly JsonObject[];
}

function policyOf(tool: string, rules: object): Policy {
  return readPolicy({ version: '1', default: 'deny', tools: { [tool]: rules } });
}

function sloppinessOf(tool: string, rules: object, { denied = [], allowed = [] }: Calls = {}): Sloppiness[] {
  const calls = (list: readonly JsonObject[]) => list.map((args) => ({ tool, args }));
  return drain(findSloppiness(policyOf(tool, rules), { denied: calls(denied), allowed: calls(allowed) }));
}

function rule(path: string, op: string, value: unknown): object {
  return { conditions: [{ path: `args.${path}`, op, value }] };
}

function shortOf({ kind, before, after, inRun }: Sloppiness): object {
  return { kind, before, after, inRun };
}

describe('a text that stands in a longer word', () => {
  const rules = { deny_if: [rule('input', 'contains', 'pass')] };

  test('is found in a call of the run', () => {
    const [found] = sloppinessOf('guard_input', rules, { denied: [{ input: 'my passport, please' }] });
    expect(found).toMatchObject({ kind: 'inside-a-word', before: 'pass', after: 'passport', inRun: true });
    expect(found?.args).toEqual({ input: 'my passport, please' });
    expect(found?.pointer).toBe('/tools/guard_input/deny_if/0');
  });

  test('is made up where the run has none', () => {
    const found = sloppinessOf('guard_input', rules);
    expect(found.map(shortOf)).toEqual([{ kind: 'inside-a-word', before: 'pass', after: 'xpassx', inRun: false }]);
  });

  test('counts for an expression that is not held to whole words, and not for one that is', () => {
    expect(sloppinessOf('guard_input', { deny_if: [rule('input', 'regex', 'drop')] }).map(shortOf)).toEqual([
      { kind: 'inside-a-word', before: 'drop', after: 'xdropx', inRun: false },
    ]);
    const whole = { deny_if: [rule('input', 'regex', '\\bdrop\\b')] };
    expect(sloppinessOf('guard_input', whole, { denied: [{ input: 'drop it' }] })).toEqual([]);
  });

  test('says nothing about letters that any text has, nor about texts compared whole', () => {
    expect(sloppinessOf('guard_input', { deny_if: [rule('input', 'regex', '[a-z]')] })).toEqual([]);
    expect(sloppinessOf('guard_input', { deny_if: [rule('input', 'eq', 'drop')] })).toEqual([]);
  });
});

describe('a call of the run, written a little differently', () => {
  test('is denied without an argument that the tool does not ask for', () => {
    const found = sloppinessOf(
      'issue_audit_ticket',
      { require: [rule('validitySeconds', 'lte', 900)] },
      { allowed: [{ agentId: 'agent-1', validitySeconds: 300 }] },
    );
    expect(found.map(shortOf)).toEqual([{ kind: 'left-out', before: 300, after: undefined, inRun: true }]);
    expect(found[0]?.args).toEqual({ agentId: 'agent-1' });
  });

  test('may be denied where the rule asks for the argument', () => {
    const rules = { require: [rule('validitySeconds', 'exists', true)] };
    expect(
      sloppinessOf('issue_audit_ticket', rules, { allowed: [{ agentId: 'agent-1', validitySeconds: 300 }] }),
    ).toEqual([]);
  });

  test('is denied with white space behind a text, unless the text names something', () => {
    const rules = { require: [rule('input', 'regex', '^[a-z]+$')] };
    expect(sloppinessOf('guard_input', rules, { allowed: [{ input: 'hello' }] }).map(shortOf)).toEqual([
      { kind: 'white-space', before: 'hello', after: 'hello ', inRun: true },
    ]);
    const named = { require: [rule('agentId', 'eq', 'agent-1')] };
    expect(sloppinessOf('get_agent_card', named, { allowed: [{ agentId: 'agent-1' }] })).toEqual([]);
  });

  test('is denied with an argument that the server does not look at', () => {
    const rules = { deny_if: [rule('note', 'exists', true)] };
    expect(sloppinessOf('get_agent_card', rules, { allowed: [{ agentId: 'agent-1' }] }).map(shortOf)).toEqual([
      { kind: 'extra-argument', before: undefined, after: 'x', inRun: true },
    ]);
  });

  test('is made up where the run has none', () => {
    const [found] = sloppinessOf('issue_audit_ticket', { require: [rule('validitySeconds', 'lte', 900)] });
    expect(found).toMatchObject({ kind: 'left-out', inRun: false });
  });
});

test('every find is denied by its rule and taken by the server', () => {
  const rules = {
    require: [rule('validitySeconds', 'lte', 900)],
    deny_if: [rule('agentId', 'contains', 'agent'), rule('note', 'exists', true)],
  };
  const policy = policyOf('issue_audit_ticket', rules);
  const tool = compilePolicy(policy).tool('issue_audit_ticket');
  const found = sloppinessOf('issue_audit_ticket', rules, {
    allowed: [{ agentId: 'planner', validitySeconds: 300 }],
  });
  expect(found.map(({ kind }) => kind)).toEqual(['left-out', 'inside-a-word', 'extra-argument']);
  for (const { args, pointer } of found) {
    expect(tool.rules[decidingRule(tool, args)]?.rule.pointer).toBe(pointer);
    expect(inputTakes('issue_audit_ticket', args)).toBe(true);
  }
});

test('nothing is looked for in tools that are hidden', () => {
  const tools = { guard_input: { deny_if: [rule('input', 'contains', 'pass')] } };
  const policy = readPolicy({ version: '1', default: 'allow', hide: ['guard_input'], tools });
  expect(drain(findSloppiness(policy, { denied: [], allowed: [] }))).toEqual([]);
});
