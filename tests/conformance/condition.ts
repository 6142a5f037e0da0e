import type { Condition, Operand, Operator } from '../../src/core/policy/model.ts';
import { compilePattern } from '../../src/core/policy/pattern.ts';

/** A condition as a reader would build it. */
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
