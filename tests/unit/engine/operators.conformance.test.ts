import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { JsonObject, JsonValue } from '../../../src/core/json.ts';
import type { Dialect, Operator } from '../../../src/core/policy/model.ts';
import { condition, operandOf, evaluateCondition } from './condition-from-json.ts';

interface OperatorCase {
  readonly id: string;
  readonly dialect?: Dialect;
  readonly condition: { readonly path: string; readonly op: Operator; readonly value: JsonValue };
  readonly args: JsonObject;
  readonly expect: { readonly holds: boolean };
}

const LINES = readFileSync(new URL('../../conformance/operators.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n');

function disagreements(dialect: Dialect): string[] {
  return LINES.flatMap((line) => {
    const case_ = JSON.parse(line) as OperatorCase;
    if (case_.dialect !== undefined && case_.dialect !== dialect) return [];
    const { path, op, value } = case_.condition;
    const operand = dialect === 'intercept' ? operandOf(line, 'condition', 'value') : undefined;
    const holds = evaluateCondition(condition(path, op, value, operand), case_.args, dialect);
    return holds === case_.expect.holds ? [] : [case_.id];
  });
}

test('every public operator case agrees in both dialects', () => {
  expect(LINES.length).toBe(743);
  expect(disagreements('policylayer')).toEqual([]);
  expect(disagreements('intercept')).toEqual([]);
});
