import { expect, test } from 'vitest';
import { findCall } from '../../../src/core/analysis/argument-search.ts';
import { compilePolicy } from '../../../src/core/engine/compile.ts';
import { readPolicy } from '../simulator/arrange.ts';

const SAMPLE = { agentId: 'agent-7', validitySeconds: 300 };
const condition = (path: string, op: string, value: unknown): object => ({ path: `args.${path}`, op, value });
const rule = (...conditions: object[]): object => ({ conditions });

function search(tool: object): ReturnType<typeof findCall> {
  const policy = readPolicy({ version: '1', default: 'deny', tools: { issue_audit_ticket: tool } });
  return findCall('issue_audit_ticket', compilePolicy(policy).tool('issue_audit_ticket'), policy.dialect);
}

test('without rules the usual call passes', () => {
  expect(search({})).toEqual({ kind: 'found', args: SAMPLE });
});

test.each([
  ['a bound', { require: [rule(condition('validitySeconds', 'lt', 60))] }, { validitySeconds: 60 - 2 ** -47 }],
  ['a list', { require: [rule(condition('agentId', 'in', ['agent-3', 'agent-4']))] }, { agentId: 'agent-3' }],
  ['a pattern', { require: [rule(condition('agentId', 'regex', '^agent-(9|12)$'))] }, { agentId: 'agent-9' }],
  ['a part of the text', { require: [rule(condition('agentId', 'contains', '-12'))] }, { agentId: '-12' }],
  [
    'an argument the tool does not know',
    { require: [rule(condition('note.kind', 'eq', 'ok'))] },
    { note: { kind: 'ok' } },
  ],
  [
    'one of two ways out',
    { deny_if: [rule(condition('agentId', 'eq', 'agent-7'), condition('validitySeconds', 'gt', 0))] },
    {},
  ],
] as const)('%s is met', (_, tool, wanted) => {
  const found = search(tool);
  expect(found.kind).toBe('found');
  if (found.kind === 'found') expect(found.args).toMatchObject(wanted);
});

test.each([
  ['an argument that the tool needs and the policy forbids', { deny_if: [rule(condition('agentId', 'exists', true))] }],
  ['text where the tool takes a number', { require: [rule(condition('validitySeconds', 'regex', '.'))] }],
  [
    'bounds that leave nothing',
    { require: [rule(condition('validitySeconds', 'gt', 9), condition('validitySeconds', 'lte', 9))] },
  ],
] as const)('%s lets none pass', (_, tool) => {
  expect(search(tool).kind).not.toBe('found');
});

test('it is said when nothing was proved', () => {
  const strange = { require: [rule(condition('agentId', 'regex', '^(x[0-9]{3}y){2}$'))] };
  expect(search(strange)).toEqual({ kind: 'unknown' });
});
