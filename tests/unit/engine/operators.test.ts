import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { resolveArgument } from '../../../src/core/engine/argument-path.ts';
import { compileCondition, compileTest } from '../../../src/core/engine/operators.ts';
import type { JsonObject, JsonValue } from '../../../src/core/json.ts';
import {
  type Condition,
  type Dialect,
  OPERATORS,
  type Operand,
  type Operator,
} from '../../../src/core/policy/model.ts';
import { condition } from '../../conformance/condition.ts';

function evaluateCondition(condition: Condition, args: JsonObject, dialect: Dialect): boolean {
  return compileCondition(condition, dialect)(args);
}

function holds(op: Operator, value: JsonValue, found: JsonValue | undefined): boolean {
  return evaluateCondition(condition('args.v', op, value), found === undefined ? {} : { v: found }, 'policylayer');
}

function intercept(op: Operator, operand: Operand, found: JsonValue): boolean {
  return evaluateCondition(condition('args.v', op, null, operand), { v: found }, 'intercept');
}

describe('a missing argument', () => {
  test.each(OPERATORS.filter((op) => op !== 'exists'))('makes %s false', (op) => {
    for (const value of [null, 0, '', [], [null], true]) expect(holds(op, value, undefined)).toBe(false);
  });

  test('exists only as false, and so does null', () => {
    expect([holds('exists', true, undefined), holds('exists', false, undefined)]).toEqual([false, true]);
    expect([holds('exists', true, null), holds('exists', false, null)]).toEqual([false, true]);
    for (const found of [0, '', false, [], {}]) expect(holds('exists', true, found)).toBe(true);
  });

  test('null is a value to everything else', () => {
    expect([holds('eq', null, null), holds('neq', 1, null), holds('not_in', [1], null)]).toEqual([true, true, true]);
  });
});

describe('paths', () => {
  const args = JSON.parse(
    '{"a":{"b":1,"__proto__":2},"list":[5],"text":"x","none":null,"__proto__":{"c":3}}',
  ) as JsonObject;

  test.each([
    [['a', 'b'], 1],
    [['a', '__proto__'], 2],
    [['__proto__', 'c'], 3],
    [['none'], null],
    [['list'], [5]],
    [[], args],
  ])('%j is found', (segments, value) => expect(resolveArgument(args, segments)).toEqual({ found: true, value }));

  test.each([
    [['list', '0']],
    [['list', 'length']],
    [['text', 'length']],
    [['text', '0']],
    [['none', 'x']],
    [['toString']],
    [['constructor', 'name']],
    [['a', 'hasOwnProperty']],
    [['A']],
    [['b']],
  ])('%j is missing', (segments) => expect(resolveArgument(args, segments)).toEqual({ found: false }));

  test('a member that only Object.prototype has is missing however it is read', () => {
    for (const key of Object.getOwnPropertyNames(Object.prototype)) {
      expect(evaluateCondition(condition(`args.${key}`, 'exists', false), {}, 'policylayer')).toBe(true);
      const own = Object.defineProperty({}, key, { value: 7, enumerable: true }) as JsonObject;
      expect(evaluateCondition(condition(`args.${key}`, 'eq', 7), own, 'policylayer')).toBe(true);
    }
  });
});

describe('equality', () => {
  test('is by number between numbers, by text otherwise', () => {
    expect(holds('eq', 1, 1.0)).toBe(true);
    expect(holds('eq', '1', 1)).toBe(true);
    expect(holds('eq', 1, '1.0')).toBe(false);
    expect(holds('eq', 0, -0)).toBe(true);
    expect(holds('eq', '-0', -0)).toBe(true);
    expect(holds('eq', '0', -0)).toBe(false);
    expect(holds('eq', 'true', true)).toBe(true);
    expect(holds('eq', '<nil>', null)).toBe(true);
    expect(holds('eq', '[a b]', ['a', 'b'])).toBe(true);
    expect(holds('eq', ['a b'], ['a', 'b'])).toBe(true);
    expect(holds('eq', 'map[a:1 b:[<nil>]]', { b: [null], a: 1 })).toBe(true);
    expect(holds('eq', 'map[]', {})).toBe(true);
    expect(holds('eq', '[]', [])).toBe(true);
    expect(holds('eq', '1e+21', 1e21)).toBe(true);
    expect(holds('eq', '100000000000000000000', 1e20)).toBe(true);
    expect(holds('eq', '1e-05', 0.00001)).toBe(true);
  });

  test('of a list holds for any element, numbers and texts apart', () => {
    expect(holds('in', [1, '2', null, [3]], 1)).toBe(true);
    expect(holds('in', [1, '2', null, [3]], 2)).toBe(true);
    expect(holds('in', [1, '2', null, [3]], '<nil>')).toBe(true);
    expect(holds('in', [1, '2', null, [3]], '[3]')).toBe(true);
    expect(holds('in', [0], false)).toBe(false);
    expect(holds('in', [1e21], '1e+21')).toBe(true);
    expect(holds('in', [], 1)).toBe(false);
    expect(holds('not_in', [], 1)).toBe(true);
  });

  test('survives arguments nested deeper than any stack', () => {
    let deep: JsonValue = 'x';
    for (let level = 0; level < 100_000; level++) deep = [deep];
    expect(holds('eq', 'x', deep)).toBe(false);
    expect(holds('contains', `${'['.repeat(99_999)}x${']'.repeat(99_999)}`, deep)).toBe(true);
  });
});

describe('numbers', () => {
  test.each([
    ['lt', [false, false, true]],
    ['lte', [false, true, true]],
    ['gt', [true, false, false]],
    ['gte', [true, true, false]],
  ] as const)('%s compares above, equal, below', (op, [above, equal, below]) => {
    expect([holds(op, 5, 6), holds(op, 5, 5), holds(op, 5, 4.9)]).toEqual([above, equal, below]);
    for (const found of ['5', true, null, [5], { a: 5 }]) expect(holds(op, 5, found)).toBe(false);
    expect(holds(op, '5', 5)).toBe(false);
  });

  test('beyond JSON compare as doubles and print as Go prints them', () => {
    expect([holds('gt', 5, Infinity), holds('lt', 5, -Infinity), holds('gte', 5, NaN)]).toEqual([true, true, false]);
    expect(['+Inf', '-Inf', 'NaN'].map((text, at) => holds('eq', text, [Infinity, -Infinity, NaN][at]))).toEqual([
      true,
      true,
      true,
    ]);
  });
});

test('contains looks into text for text, into lists for equal elements', () => {
  expect(holds('contains', 'b', 'abc')).toBe(true);
  expect(holds('contains', 1, '123')).toBe(false);
  expect(holds('contains', '1', [1, 2])).toBe(true);
  expect(holds('contains', 1, ['1'])).toBe(true);
  expect(holds('contains', 'a', { a: 'a' })).toBe(false);
});

test('regex is asked of text alone, and a condition without a pattern never holds', () => {
  expect(holds('regex', '^p', 'pay')).toBe(true);
  expect(holds('regex', '1', 1)).toBe(false);
  expect(evaluateCondition({ ...condition('args.v', 'regex', 'a'), pattern: null }, { v: 'a' }, 'policylayer')).toBe(
    false,
  );
});

describe('intercept', () => {
  test('arguments print like floats, the policy’s whole numbers as digits, its decimals like floats', () => {
    expect(intercept('eq', '1e+06', 1_000_000)).toBe(true);
    expect(intercept('eq', '999999', 999_999)).toBe(true);
    expect(intercept('eq', 1_000_000n, '1000000')).toBe(true);
    expect(intercept('eq', 1_000_000, '1e+06')).toBe(true);
    expect(intercept('eq', 1n, 1)).toBe(true);
    expect(intercept('eq', 1, '1')).toBe(true);
    expect(intercept('eq', [1_000_000n], [1_000_000])).toBe(false);
    expect(
      intercept(
        'eq',
        new Map([
          ['b', 2_000_000n],
          ['a', null],
        ]),
        'map[a:<nil> b:2000000]',
      ),
    ).toBe(true);
  });

  test('whole numbers without their exact form print as digits up to 64 bits', () => {
    const plain = (value: JsonValue, found: JsonValue) =>
      evaluateCondition(condition('args.v', 'eq', value), { v: found }, 'intercept');
    expect(plain(1_000_000, '1000000')).toBe(true);
    expect(plain(1_000_000.5, '1.0000005e+06')).toBe(true);
    expect(plain(2 ** 63, '9.223372036854776e+18')).toBe(true);
  });

  test('a whole number beyond 64 bits signed is no number', () => {
    expect(intercept('eq', 2n ** 63n - 1n, 2 ** 63)).toBe(true);
    expect(intercept('eq', 2n ** 63n, 2 ** 63)).toBe(false);
    expect(intercept('gt', 2n ** 63n, 2 ** 64)).toBe(false);
    expect(intercept('lt', -(2n ** 63n), -(2 ** 64))).toBe(true);
    expect(intercept('eq', 2n ** 63n, '9223372036854775808')).toBe(true);
  });

  test('a counter prints as digits', () => {
    const counter = { ...condition('args.v', 'eq', null, '1000000'), source: 'counter' as const };
    expect(compileTest(counter, 'intercept')(1_000_000)).toBe(true);
    expect(compileTest(counter, 'intercept')(undefined)).toBe(false);
  });
});

describe('whatever the values', () => {
  const value = fc.jsonValue() as fc.Arbitrary<JsonValue>;

  test('neq and not_in are the opposite of eq and in', () => {
    fc.assert(
      fc.property(value, value, (expected, found) => {
        expect(holds('neq', expected, found)).toBe(!holds('eq', expected, found));
        expect(holds('in', [expected], found)).toBe(holds('eq', expected, found));
        expect(holds('not_in', [expected], found)).toBe(!holds('in', [expected], found));
      }),
    );
  });

  test('a value is equal to itself, and equality goes both ways', () => {
    fc.assert(
      fc.property(value, value, (left, right) => {
        expect(holds('eq', left, left)).toBe(true);
        expect(holds('eq', left, right)).toBe(holds('eq', right, left));
        expect(holds('contains', left, [right, left])).toBe(true);
      }),
    );
  });

  test('a compiled condition can be asked again and again', () => {
    fc.assert(
      fc.property(fc.constantFrom(...OPERATORS), value, fc.array(value), (op, expected, all) => {
        const each = condition('args.v', op, expected);
        const compiled = compileCondition(each, 'policylayer');
        const once = all.map((v) => compiled({ v }));
        expect(all.map((v) => compiled({ v }))).toEqual(once);
        expect(all.map((v) => evaluateCondition(each, { v }, 'policylayer'))).toEqual(once);
      }),
    );
  });
});
