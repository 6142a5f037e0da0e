import { describe, expect, test } from 'vitest';
import { findEvasions, type Evasion, type SampleCall } from '../../../src/core/analysis/evasion.ts';
import { compilePattern } from '../../../src/core/policy/pattern.ts';
import type { JsonObject } from '../../../src/core/json.ts';
import { readPolicy } from '../simulator/arrange.ts';
import { drain } from '../drain.ts';

const TOOL = 'issue_audit_ticket';
const NONE: readonly SampleCall[] = [];

function evasionsOf(rules: object, denied: readonly JsonObject[] = [], allowed: readonly JsonObject[] = []): Evasion[] {
  const policy = readPolicy({ version: '1', default: 'deny', tools: { [TOOL]: rules } });
  const calls = (list: readonly JsonObject[]): SampleCall[] => list.map((args) => ({ tool: TOOL, args }));
  return drain(findEvasions(policy, { denied: calls(denied), allowed: calls(allowed) }, compilePattern));
}

function rule(path: string, op: string, value: unknown): object {
  return { conditions: [{ path: `args.${path}`, op, value }] };
}

/** Kinds of the ways, those that the server accepts marked. */
function kindsOf(evasion: Evasion | undefined): string[] {
  return (evasion?.ways ?? []).map(({ mutation, accepted }) => (accepted ? `${mutation.kind} !` : mutation.kind));
}

test('a bound in deny_if is dodged by leaving the argument out; requiring the bound closes every way', () => {
  const [evasion] = evasionsOf({ deny_if: [rule('validitySeconds', 'gt', 900)] }, [
    { agentId: 'agent-1', validitySeconds: 3600 },
  ]);
  expect(kindsOf(evasion)).toEqual([
    'left-out !',
    'negative !',
    'null',
    'number-as-text',
    'exponent-text',
    'in-a-list',
    'empty-list',
    'in-an-object',
  ]);
  expect(evasion?.inRun).toBe(true);
  expect(evasion?.ways[0]?.mutation).toMatchObject({ before: 3600, after: undefined, args: { agentId: 'agent-1' } });
  const at = { segments: ['validitySeconds'] };
  const conditions = [
    { ...at, op: 'exists', value: true },
    { ...at, op: 'lte', value: 900 },
    { ...at, op: 'gte', value: 0 },
  ];
  expect(evasion?.closing).toEqual({ rules: [{ list: 'require', conditions }], closes: 8, open: [], others: 0 });
});

test('a required bound has no way around it but a negative number', () => {
  expect(kindsOf(evasionsOf({ require: [rule('validitySeconds', 'lte', 900)] })[0])).toEqual(['negative !']);
});

test('text in a deny list is dodged by case, white space and letters that look alike', () => {
  const [evasion] = evasionsOf({ deny_if: [rule('agentId', 'eq', 'agent-12')] });
  expect(evasion?.inRun).toBe(false);
  expect(evasion?.args).toMatchObject({ agentId: 'agent-12' });
  expect(kindsOf(evasion).slice(0, 5)).toEqual([
    'case !',
    'white-space !',
    'white-space !',
    'zero-width !',
    'look-alike !',
  ]);
  expect(evasion?.closing).toMatchObject({ closes: evasion?.ways.length, open: [], others: 0 });
});

test('doing what a rule asks for is no way around it', () => {
  expect(kindsOf(evasionsOf({ deny_if: [rule('policy', 'exists', true)] })[0])).toEqual(['null !']);
  expect(evasionsOf({ require: [rule('policy', 'exists', true)] }, [{ agentId: 'agent-1' }])).toEqual([]);
});

test('a rule that is closed has no evasion', () => {
  const closed = {
    require: [rule('validitySeconds', 'lte', 900), rule('validitySeconds', 'gte', 1)],
  };
  expect(evasionsOf(closed)).toEqual([]);
});

test('a closing rule leaves the run’s allowed calls alone', () => {
  const calls = [{ agentId: 'agent-1' }];
  const [evasion] = evasionsOf(
    { deny_if: [rule('validitySeconds', 'gt', 900)] },
    [{ agentId: 'agent-1', validitySeconds: 901 }],
    calls,
  );
  const kinds = evasion?.closing.open.map(({ way, why }) => [evasion.ways[way]?.mutation.kind, why]);
  expect(kinds).toEqual(
    ['left-out', 'in-a-list', 'empty-list', 'in-an-object'].map((kind) => [kind, 'denies-allowed']),
  );
  expect(evasion?.closing.rules.map(({ list }) => list)).toEqual(['deny_if', 'deny_if', 'deny_if']);
});

describe('nothing is looked for', () => {
  test('in tools that are hidden or denied', () => {
    const tools = { [TOOL]: { deny_if: [rule('validitySeconds', 'gt', 900)] } };
    const policy = readPolicy({ version: '1', default: 'allow', hide: [TOOL], tools });
    expect(drain(findEvasions(policy, { denied: NONE, allowed: NONE }, compilePattern))).toEqual([]);
  });

  test('in rules without conditions', () => {
    expect(evasionsOf({ deny_if: [{ conditions: [] }] })).toEqual([]);
  });
});

test('the same input gives the same answer', () => {
  const rules = { deny_if: [rule('agentId', 'in', ['agent-1', 'agent-2']), rule('validitySeconds', 'gte', 10)] };
  expect(evasionsOf(rules)).toEqual(evasionsOf(rules));
});
