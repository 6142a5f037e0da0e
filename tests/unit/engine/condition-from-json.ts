import { parseTree, type Node } from 'jsonc-parser';
import { compileCondition } from '../../../src/core/engine/operators.ts';
import type { JsonObject } from '../../../src/core/json.ts';
import type { Condition, Dialect, Operand, Operator } from '../../../src/core/policy/model.ts';
import { compilePattern } from '../../../src/core/policy/pattern.ts';

/** A condition for tests, as a reader would build it. */
export function condition(path: string, op: Operator, value: Condition['value'], operand?: Operand): Condition {
  const compiled = op === 'regex' && typeof value === 'string' ? compilePattern(value) : null;
  return {
    source: 'args',
    segments: path.split('.').slice(1),
    counterKey: '',
    path,
    op,
    value,
    pattern: compiled?.ok === true ? compiled.pattern : null,
    pointer: '',
    ...(operand === undefined ? {} : { operand }),
  };
}

/** Whether a condition holds for these arguments. */
export function evaluateCondition(condition: Condition, args: JsonObject, dialect: Dialect): boolean {
  return compileCondition(condition, dialect)(args);
}

/** The member `name` of a JSON object's text, with numbers written without point or exponent kept as bigint. */
export function operandOf(text: string, ...names: string[]): Operand {
  let node = parseTree(text);
  for (const name of names) node = node?.children?.find((child) => child.children?.[0]?.value === name)?.children?.[1];
  if (node === undefined) throw new Error(`no member ${names.join('.')}`);
  return operandAt(text, node);
}

function operandAt(text: string, node: Node): Operand {
  if (node.type === 'array') return (node.children ?? []).map((child) => operandAt(text, child));
  if (node.type === 'object') {
    return new Map((node.children ?? []).map(({ children }) => [children?.[0]?.value, operandAt(text, children![1]!)]));
  }
  const written = text.slice(node.offset, node.offset + node.length);
  return node.type === 'number' && /^-?\d+$/.test(written) ? BigInt(written) : (node.value as Operand);
}
