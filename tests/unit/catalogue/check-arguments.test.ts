import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { acceptsArguments, checkArguments } from '../../../src/core/catalogue/check-arguments.ts';
import { inputSchema } from './input-schema.ts';
import { TOOLS } from '../../../src/core/catalogue/tools.ts';
import type { JsonObject, JsonValue } from '../../../src/core/json.ts';

test.each<[string, JsonValue, string, string]>([
  ['issue_audit_ticket', {}, '/agentId', '`agentId` is missing; add text'],
  ['issue_audit_ticket', { agentId: 7 }, '/agentId', '`agentId` must be text, not a number'],
  ['issue_audit_ticket', { agentId: null }, '/agentId', '`agentId` must be text, not null'],
  [
    'issue_audit_ticket',
    { agentId: 'a', validitySeconds: '300' },
    '/validitySeconds',
    '`validitySeconds` must be a number, not text',
  ],
  [
    'issue_audit_ticket',
    { agentId: 'a', validitySeconds: null },
    '/validitySeconds',
    '`validitySeconds` must be a number, not null',
  ],
  [
    'issue_audit_ticket',
    { agentId: 'a', validitySeconds: Infinity },
    '/validitySeconds',
    '`validitySeconds` must be a number, not a number without end',
  ],
  [
    'query_agents',
    { auditLevel: 'gold' },
    '/auditLevel',
    '`auditLevel` must be one of `Bronze`, `Silver`, `Gold`, `Platinum`, not `gold`',
  ],
  ['query_agents', { auditLevel: 3 }, '/auditLevel', '`auditLevel` must be text, not a number'],
  ['query_agents', { capabilities: 'trade' }, '/capabilities', '`capabilities` must be a list of texts, not text'],
  [
    'query_agents',
    { capabilities: ['a', {}, 5] },
    '/capabilities/1',
    '`capabilities` must hold texts only; entry 1 is an object',
  ],
  [
    'get_trust_score',
    { agentId: 'a', includeHealth: 'yes' },
    '/includeHealth',
    '`includeHealth` must be true or false, not text',
  ],
  ['guard_tool', { tool: 't' }, '/args', '`args` is missing; add any value'],
  ['get_agent_card', [], '', 'the arguments must be an object, not a list'],
  ['get_agent_card', null, '', 'the arguments must be an object, not null'],
])('%s %j: %s', (tool, args, path, message) => {
  expect(checkArguments(tool, args).map((problem) => [problem.path, problem.message])).toEqual([[path, message]]);
});

test('every problem is given, in the order of the fields', () => {
  const problems = checkArguments('create_escrow', { task: 1, amount: '5' });
  expect(problems.map(({ field }) => field)).toEqual(['agentId', 'target', 'amount', 'task']);
});

test('extra arguments, null for any value and unknown tools are accepted', () => {
  expect(checkArguments('get_agent_card', { agentId: 'a', more: 1 })).toEqual([]);
  expect(checkArguments('guard_tool', { tool: 't', args: null, policy: null })).toEqual([]);
  expect(checkArguments('rm', { anything: 1 })).toEqual([]);
  expect(checkArguments('__proto__', {})).toEqual([]);
});

test('inherited names do not stand for arguments', () => {
  const args = JSON.parse('{"__proto__":{"agentId":"agent-1"}}') as JsonObject;
  expect(checkArguments('get_agent_card', args).map(({ field }) => field)).toEqual(['agentId']);
});

describe('the quick check, the words and the zod schema agree', () => {
  const value = fc.oneof(
    fc.constantFrom<JsonValue>(
      'agent-1',
      'Gold',
      '',
      5,
      -0.5,
      Infinity,
      NaN,
      true,
      null,
      [],
      ['a'],
      ['a', 1],
      {},
      { a: 1 },
    ),
    fc.string(),
  );
  test.each(TOOLS.map((tool) => ({ name: tool.name, tool })))('$name', ({ tool }) => {
    const schema = inputSchema(tool);
    const names = fc.constantFrom(...tool.fields.map(({ name }) => name), 'extra');
    const args = fc.dictionary(names, value, { maxKeys: 7 }).map((entry): JsonObject => ({ ...entry }));
    fc.assert(
      fc.property(args, (given) => {
        const accepted = schema.safeParse(given).success;
        expect(acceptsArguments(tool, given)).toBe(accepted);
        expect(checkArguments(tool.name, given).length === 0).toBe(accepted);
      }),
      { numRuns: 200 },
    );
  });
});
